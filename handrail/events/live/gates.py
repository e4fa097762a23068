"""Who may open a stream, and who may watch which topic. Rooms above register the answers."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A person at one browser: the user and the session that let the stream in."""

    user_id: UUID
    session_key: str


#: Takes the value of the Cookie header; answers who that is, or None.
WhoIs = Callable[[str], Viewer | None]
#: Takes all open viewers; answers those whose session or account no longer counts.
Expired = Callable[[Collection[Viewer]], set[Viewer]]
#: Takes the viewer and the key of a topic; answers whether this viewer may watch it.
MayWatch = Callable[[Viewer, str], bool]

_doorkeepers: list[tuple[WhoIs, Expired]] = []
_gates: dict[str, MayWatch] = {}


def doorkeeper(*, who_is: WhoIs, expired: Expired) -> None:
    """Register how viewers are known. One room does this: accounts."""
    _doorkeepers[:] = [(who_is, expired)]


def gate(kind: str, may_watch: MayWatch) -> None:
    """Register who may watch topics of a kind; a kind without a gate is closed to everybody."""
    _gates[kind] = may_watch


def kinds() -> set[str]:
    """Every kind of topic that has a gate."""
    return set(_gates)


def who_is(cookies: str) -> Viewer | None:
    return _doorkeepers[0][0](cookies) if _doorkeepers else None


def expired(viewers: Collection[Viewer]) -> set[Viewer]:
    return _doorkeepers[0][1](viewers) if _doorkeepers and viewers else set()


def open_topics(viewer: Viewer, topics: Collection[str]) -> list[str]:
    """Those of the asked topics that this viewer may watch."""
    return [topic for topic in topics if _may_watch(viewer, topic)]


def _may_watch(viewer: Viewer, topic: str) -> bool:
    kind, _, key = topic.partition(":")
    return kind in _gates and bool(key) and _gates[kind](viewer, key)
