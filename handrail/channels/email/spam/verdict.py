"""Whether a mail is spam: by the lists of its brand, by what was learned, by rules until then."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.models import ListedSender, SpamLesson, SpamTrait
from handrail.channels.email.spam import rules
from handrail.channels.email.spam.judging import SPAM_FROM, Learned, likelihood
from handrail.channels.email.spam.traits import traits_of

#: So many mails of each kind must have been learned before that counts.
ENOUGH_SPAM, ENOUGH_HONEST = 5, 20


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """likelihood: 0.0 honest to 1.0 spam. signs: what decided, by name."""

    likelihood: float
    signs: tuple[str, ...]

    @property
    def is_spam(self) -> bool:
        return self.likelihood >= SPAM_FROM


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the filter knows at the moment. listed: (brand, address or domain) → allowed or blocked."""

    spam: int
    honest: int
    listed: Mapping[tuple[UUID, str], str]

    @classmethod
    def now(cls, listed: Mapping[tuple[UUID, str], str]) -> "Filter":
        spam, honest = SpamLesson.counts()
        return cls(spam=spam, honest=honest, listed=listed)

    @property
    def has_learned(self) -> bool:
        return self.spam >= ENOUGH_SPAM and self.honest >= ENOUGH_HONEST

    def judge(self, mail: ReadMail, *, brand_id: UUID, sender: str) -> Verdict:
        """One query where the filter has learned enough, else none."""
        if listed_as := self.listing(brand_id, sender):
            return Verdict(likelihood=1.0 if listed_as == "blocked" else 0.0, signs=(listed_as,))
        signs = rules.signs_of(mail)
        ruled = sum(signs.values()) / rules.SPAM_POINTS
        if self.has_learned:
            traits = traits_of(mail)
            learned = Learned(spam=self.spam, honest=self.honest, seen=SpamTrait.seen(traits))
            return Verdict(likelihood=likelihood(traits, learned, rules=ruled), signs=("learned", *signs))
        return Verdict(likelihood=min(1.0, ruled / 2), signs=tuple(signs))

    def listing(self, brand_id: UUID, sender: str) -> str:
        """What the lists of the brand say of an address: itself, then its domain, then what that is below."""
        found = (self.listed.get((brand_id, name)) for name in ListedSender.names_of(sender))
        return next(filter(None, found), "")
