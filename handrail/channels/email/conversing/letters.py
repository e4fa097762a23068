"""A mail as evidence of a conversation: who wrote when to whom, what it says, and what it quotes."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handrail.channels.email.conversing.introductions import Introduction, read_introduction, words_in
from handrail.channels.email.conversing.layers import layers_of
from handrail.channels.email.conversing.naming import Naming, naming_of
from handrail.channels.email.evidence import is_answer
from handrail.channels.email.inbound import ReadMail

#: What more mails than so many say themselves is a footer.
SAID_BY_FEW = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """One layer of what a mail quotes: rows of its words, and what is told about it."""

    rows: frozenset[int]
    told: Introduction


@dataclass(frozen=True, slots=True)
class Letter:
    """place: where the mail stands among the others; at: the moment on the clock of its writer.

    quotations: what it answers first, then what that answered, and so on.
    """

    place: int
    at: datetime
    author: str
    name: tuple[str, ...]
    people: frozenset[str]
    message_id: str
    answers: bool
    naming: Naming
    own: frozenset[int]
    quotations: tuple[Quotation, ...]

    def without(self, rows: Collection[int]) -> "Letter":
        """The same without rows of words that tell nothing."""
        rows = frozenset(rows)
        quotations = tuple(replace(each, rows=each.rows - rows) for each in self.quotations)
        return replace(self, own=self.own - rows, quotations=quotations)


def letters_of(mails: Sequence[ReadMail]) -> list[Letter]:
    """Those that have a date, the oldest first, without the footers that many of them share."""
    dated = [(mail.fields.local_moment("date"), place, mail) for place, mail in enumerate(mails)]
    letters = [_letter(place, mail, at) for at, place, mail in dated if at]
    said = Counter(row for letter in letters for row in letter.own)
    footers = {row for row, times in said.items() if times > SAID_BY_FEW}
    return sorted((letter.without(footers) for letter in letters), key=lambda letter: letter.at)


def _letter(place: int, mail: ReadMail, at: datetime) -> Letter:
    layers = layers_of(mail.text)
    author = mail.sender
    return Letter(
        place=place,
        at=at,
        author=author.normal if author else "",
        name=words_in(author.name) if author else (),
        people=frozenset(each.normal for each in (*mail.to, *mail.cc)),
        message_id=mail.message_id,
        answers=is_answer(mail.subject),
        naming=naming_of(mail),
        own=next((layer.rows for layer in layers if not layer.depth), frozenset()),
        quotations=tuple(
            Quotation(rows=layer.rows, told=read_introduction(layer.introduction))
            for layer in layers
            if layer.depth
        ),
    )
