"""How likely a mail is spam, by what was learned: the words of a mail vote, and votes are joined by Fisher.

Source: Gary Robinson, "A Statistical Approach to the Spam Problem", 2003, as SpamBayes and bogofilter use it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, lgamma, log

#: From here on a mail is spam.
SPAM_FROM = 0.5
#: What a trait that was never seen says, and how many sightings that opinion weighs.
UNKNOWN, WEIGHT_OF_UNKNOWN = 0.5, 0.45
#: Traits that say less than this are not heard, and only the loudest so many are.
WHISPER, MOST_VOICES = 0.02, 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """How many mails were learned, and in how many of each kind a trait was: (spam, honest)."""

    spam: int
    honest: int
    seen: Mapping[int, tuple[int, int]]


def likelihood(traits: Iterable[int], learned: Learned) -> float:
    """0.0 honest to 1.0 spam; 0.5 where nothing is known. Some of both kinds must have been learned."""
    votes = sorted(_votes(traits, learned), key=_loudness, reverse=True)[:MOST_VOICES]
    if not votes:
        return UNKNOWN
    count = len(votes)
    for_spam = _chance(-2 * sum(log(1 - vote) for vote in votes), pairs=count)
    for_honest = _chance(-2 * sum(map(log, votes)), pairs=count)
    return (1 - for_spam + for_honest) / 2


def _votes(traits: Iterable[int], learned: Learned) -> list[float]:
    seen, spam_mails, honest_mails = learned.seen, max(1, learned.spam), max(1, learned.honest)
    votes = []
    for counts in filter(None, map(seen.get, traits)):
        spam, honest = counts[0] / spam_mails, counts[1] / honest_mails
        sightings = counts[0] + counts[1]
        vote = (WEIGHT_OF_UNKNOWN * UNKNOWN + sightings * spam / (spam + honest)) / (
            WEIGHT_OF_UNKNOWN + sightings
        )
        if abs(vote - 0.5) >= WHISPER:
            votes.append(vote)
    return votes


def _loudness(vote: float) -> float:
    return abs(vote - 0.5)


def _chance(chi_squared: float, *, pairs: int) -> float:
    """The chance of a chi-squared value at least this large with twice `pairs` degrees of freedom.

    Summed around the largest term, so that neither end leaves the range of numbers.
    """
    half = chi_squared / 2
    if half <= 0:
        return 1.0
    log_half = log(half)
    terms = [step * log_half - half - _LOG_FACTORIAL[step] for step in range(pairs)]
    largest = max(terms)
    return min(1.0, exp(largest) * sum(exp(term - largest) for term in terms)) if largest > -700 else 0.0


_LOG_FACTORIAL = [lgamma(count + 1) for count in range(MOST_VOICES)]
