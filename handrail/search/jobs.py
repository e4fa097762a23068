"""The words of new texts are counted every minute, by whichever worker comes first."""

from datetime import datetime, timedelta

from handrail.kit import upkeep
from handrail.search.vocabulary import count_some

#: So many texts at once; what is left waits for the next minute.
AT_ONCE = 20_000


@upkeep.every(timedelta(minutes=1))
def count_new_words(_at: datetime) -> None:
    count_some(limit=AT_ONCE)
