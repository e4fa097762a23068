"""What every worker does for the index again and again."""

from datetime import datetime, timedelta

from handrail.kit import upkeep
from handrail.search import indexing
from handrail.search.vocabulary import count_some

#: So many texts at once; what is left waits for the next minute.
AT_ONCE = 20_000


@upkeep.every(timedelta(minutes=1))
def count_new_words(_at: datetime) -> None:
    count_some(limit=AT_ONCE)


@upkeep.every(timedelta(seconds=20))
def merge_new_texts(_at: datetime) -> None:
    indexing.merge_new_texts()
