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
#: Honest lessons together count so many times as much as spam, however many there are of each: a lost
#: customer costs more than spam that gets through, and answers teach more than people have patience to.
HONEST_COUNTS = 2.5
#: What a mail must have against it beyond the balance while nothing honest was learned, as the logarithm of
#: the odds; after so many honest lessons it is a quarter of that.
CAUTION, QUARTERED_BY = 1.0, 300
#: What the signs of plain rules add where they alone would call it spam, and at most.
RULES_ADD, RULES_ADD_AT_MOST = 1.0, 2.0
#: Beyond these odds nothing more can be told.
LARGEST_ODDS = 700.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """How many mails were learned, and in how many of each kind a trait was: (spam, honest)."""

    spam: int
    honest: int
    seen: Mapping[int, tuple[int, int]]

    @property
    def weights(self) -> tuple[float, float]:
        """What a sighting in spam weighs, and what one in an honest mail."""
        spam, honest = max(1, self.spam), max(1, self.honest)
        return min(1.0, honest / (HONEST_COUNTS * spam)), min(1.0, HONEST_COUNTS * spam / honest)

    @property
    def caution(self) -> float:
        return CAUTION * (QUARTERED_BY / (QUARTERED_BY + self.honest)) ** 2


def likelihood(traits: Iterable[int], learned: Learned, *, rules: float = 0.0) -> float:
    """0.0 honest to 1.0 spam. Some of both kinds must have been learned.

    rules: what plain rules say, from 0.0 for no sign; 1.0 where they would call it spam.
    """
    votes = sorted(_votes(traits, learned), key=_loudness, reverse=True)[:MOST_VOICES]
    odds = _odds(votes) - learned.caution + min(RULES_ADD * rules, RULES_ADD_AT_MOST)
    return 1 / (1 + exp(-max(-LARGEST_ODDS, min(LARGEST_ODDS, odds))))


def _odds(votes: list[float]) -> float:
    """The logarithm of how much more likely these votes are on spam than on honest mail."""
    count = len(votes)
    for_spam = _log_chance(-2 * sum(log(1 - vote) for vote in votes), pairs=count)
    for_honest = _log_chance(-2 * sum(map(log, votes)), pairs=count)
    return for_honest - for_spam


def _votes(traits: Iterable[int], learned: Learned) -> list[float]:
    seen, spam_mails, honest_mails = learned.seen, max(1, learned.spam), max(1, learned.honest)
    spam_weighs, honest_weighs = learned.weights
    votes = []
    for counts in filter(None, map(seen.get, traits)):
        spam, honest = counts[0] / spam_mails, counts[1] / honest_mails
        sightings = counts[0] * spam_weighs + counts[1] * honest_weighs
        if not sightings:
            continue
        vote = (WEIGHT_OF_UNKNOWN * UNKNOWN + sightings * spam / (spam + honest)) / (
            WEIGHT_OF_UNKNOWN + sightings
        )
        if abs(vote - 0.5) >= WHISPER:
            votes.append(vote)
    return votes


def _loudness(vote: float) -> float:
    return abs(vote - 0.5)


def _log_chance(chi_squared: float, *, pairs: int) -> float:
    """The logarithm of the chance of a chi-squared value at least this large; 2 × pairs degrees of freedom.

    Summed around the largest term, so that neither end leaves the range of numbers.
    """
    half = chi_squared / 2
    if half <= 0:
        return 0.0
    log_half = log(half)
    terms = [step * log_half - half - _LOG_FACTORIAL[step] for step in range(pairs)]
    largest = max(terms)
    return min(0.0, largest + log(sum(exp(term - largest) for term in terms)))


_LOG_FACTORIAL = [lgamma(count + 1) for count in range(MOST_VOICES)]
