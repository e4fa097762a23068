"""The big noun, put together from its traits."""

from handrail.knowledge.models.article.archiving import Archiving
from handrail.knowledge.models.article.base import ArticleBase, Audience, State
from handrail.knowledge.models.article.publishing import Publishing
from handrail.knowledge.models.article.queryset import Articles
from handrail.knowledge.models.article.verifying import Verifying
from handrail.knowledge.models.article.writing import Sheet, Writing

__all__ = ["Article", "Audience", "Sheet", "State"]


class Article(Writing, Publishing, Archiving, Verifying, ArticleBase):
    """Something we know, in words for those who may read it."""

    objects = Articles.as_manager()

    class Meta(ArticleBase.Meta):
        abstract = False
