"""The timeline: everything that happens is a fact, written in the transaction that made it true.

Nouns: fact (what happened, past tense, plain values), reaction (runs in the same transaction, else the data
would be untrue), follower (a job, else somebody would merely wait), address (what open browsers should
fetch again). Every room above publishes here and listens here; this room knows none of them.
"""

from handrail.events.facts import Fact
from handrail.events.publishing import as_history, follows, publish, publish_all, reacts_to

__all__ = ["Fact", "as_history", "follows", "publish", "publish_all", "reacts_to"]
