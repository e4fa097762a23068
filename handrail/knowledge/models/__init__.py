"""What this room keeps."""

from handrail.knowledge.models.article import Article, Audience, Sheet, State
from handrail.knowledge.models.passage import Passage
from handrail.knowledge.models.revision import Revision

__all__ = ["Article", "Audience", "Passage", "Revision", "Sheet", "State"]
