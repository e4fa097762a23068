"""Which of many mails belong together: the same evidence as for a mail that just came, without tickets."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handrail.channels.email import evidence
from handrail.channels.email.evidence import Sign
from handrail.channels.email.inbound import ReadMail

#: So many earlier mails of one subject are looked at.
LOOKED_BACK = 60
_WROTE = re.compile(
    r"(?im)^(.{0,200}(?:wrote|writes|said|schrieb|escribi[óo]|a écrit|ha scritto|skrev).{0,60})$"
)


def threads_of(mails: Sequence[ReadMail], *, with_headers: bool) -> list[list[int]]:
    """The places of mails that belong together, for each conversation of two or more.

    with_headers: by Message-ID, References and In-Reply-To; else as if all of these were lost.
    """
    links = _by_headers(mails) if with_headers else _by_words(mails)
    return _joined(len(mails), links)


def _by_headers(mails: Sequence[ReadMail]) -> Iterator[tuple[int, int]]:
    """Two mails that name the same third belong together, even when that one is not here."""
    first_with: dict[str, int] = {}
    for place, mail in enumerate(mails):
        for name in filter(None, (mail.message_id, *mail.references)):
            yield place, first_with.setdefault(name, place)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one mail offers as evidence."""

    place: int
    at: datetime
    author: tuple[str, str]
    people: frozenset[str]
    answers: bool
    own: frozenset[int]
    quoted: frozenset[int]
    introductions: str


def _by_words(mails: Sequence[ReadMail]) -> Iterator[tuple[int, int]]:
    subjects: dict[str, list[_Said]] = defaultdict(list)
    for place, mail in enumerate(mails):
        if mail.date and (key := evidence.subject_key(mail.subject)):
            subjects[key].append(_said(place, mail, mail.date))
    for said in subjects.values():
        said.sort(key=lambda each: each.at)
        for index, later in enumerate(said):
            for earlier in said[max(0, index - LOOKED_BACK) : index]:
                if evidence.points_of(_signs(later, earlier)) >= evidence.JOINS_FROM:
                    yield earlier.place, later.place


def _said(place: int, mail: ReadMail, at: datetime) -> _Said:
    people = {each.normal for each in (*mail.to, *mail.cc)}
    author = (mail.sender.normal, mail.sender.name.lower()) if mail.sender else ("", "")
    return _Said(
        place=place,
        at=at,
        author=author,
        people=frozenset(people | {author[0]}),
        answers=evidence.is_answer(mail.subject),
        own=evidence.rows_of(evidence.own_words_in(mail.reply or mail.text)),
        quoted=evidence.rows_of(evidence.quoted_in(mail.text, history=mail.quoted)),
        introductions="\n".join(_WROTE.findall(mail.text[:3_000])).lower(),
    )


def _signs(later: _Said, earlier: _Said) -> set[Sign]:
    """Of the same subject already."""
    signs = {Sign.SUBJECT}
    if later.people & earlier.people:
        signs.add(Sign.SENDER)
    if later.at - earlier.at <= timedelta(days=evidence.SOON_DAYS):
        signs.add(Sign.SOON)
    if evidence.quotes(later.quoted, earlier.own) or evidence.quotes(later.quoted, earlier.quoted):
        signs.add(Sign.QUOTE)
    if later.answers and any(name and name in later.introductions for name in earlier.author):
        signs.add(Sign.NAMED)
    return signs


def _joined(count: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Those that are linked, directly or through others."""
    leader = list(range(count))

    def leader_of(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, other in links:
        leader[leader_of(one)] = leader_of(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(count):
        groups[leader_of(place)].append(place)
    return [group for group in groups.values() if len(group) > 1]
