"""Which of many mails belong together: by the ids they name, or by what their words tell of these."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from handrail.channels.email import evidence
from handrail.channels.email.conversing.letters import Letter, letters_of
from handrail.channels.email.conversing.likeness import Node
from handrail.channels.email.conversing.people import People
from handrail.channels.email.conversing.trees import grown, hang, named_by
from handrail.channels.email.inbound import ReadMail


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


def _by_words(mails: Sequence[ReadMail]) -> Iterator[tuple[int, int]]:
    """The same with the mails that each would have named."""
    letters = letters_of(mails)
    people = People(letters)
    for subject in _by_subject(letters, mails):
        nodes = grown(subject, people)
        hang(nodes)
        first_with: dict[Node, int] = {}
        for letter, node in zip(subject, nodes, strict=True):
            for named in (node, *named_by(node)):
                yield letter.place, first_with.setdefault(named, letter.place)


def _by_subject(letters: Iterable[Letter], mails: Sequence[ReadMail]) -> Iterable[list[Letter]]:
    subjects: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        if key := evidence.subject_key(mails[letter.place].subject):
            subjects[key].append(letter)
    return subjects.values()


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
