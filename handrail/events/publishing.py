"""`publish`: a row in the table of facts, the reactions, the followers' jobs; all in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from django.db import connection, transaction

from handrail.events.facts import Fact, fact_from, payload_of
from handrail.kit import faults
from handrail.kit.jobs import job
from handrail.kit.prepared import ask

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """A function that runs in the transaction of its facts. together: it takes a list of them at once."""

    run: Callable[[Any], None]
    together: bool

    def __call__(self, facts: Sequence[Fact]) -> None:
        for given in [facts] if self.together else facts:
            self.run(given)


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A function that is called with the fact by a job, at least once.

    lane: the name of a lane; facts about one subject pass it one at a time and in order.
    when: asked at once, to save the job where nothing would happen.
    """

    name: str
    run: Callable[[Any], None]
    lane: str | None
    when: Callable[[Any], bool] | None


def publish(fact: Fact) -> None:
    """Write the fact, run its reactions, queue its followers. Raises outside a transaction."""
    publish_all([fact])


def publish_all(facts: Sequence[Fact]) -> None:
    """The same for many facts, in their order, with one statement for all rows."""
    if not connection.in_atomic_block:
        kinds = ", ".join({fact.kind for fact in facts})
        raise transaction.TransactionManagementError(f"{kinds} was published outside a transaction")
    _write(facts)
    faults.point("events.after-fact")  # the fact is written, nobody has reacted
    by_kind: dict[type[Fact], list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(type(fact), []).append(fact)
    for kind, same in by_kind.items():
        for reaction in _reactions.get(kind, ()):
            reaction(same)
    faults.point("events.after-reactions")  # all have reacted, no follower is queued
    if _is_history.get():
        return
    for kind, same in by_kind.items():
        for follower in _followers.get(kind, ()):
            _queue(follower, same)


@contextmanager
def as_history() -> Iterator[None]:
    """What is published within happened long ago: it is written and reacted to, and nobody follows it."""
    token = _is_history.set(True)
    try:
        yield
    finally:
        _is_history.reset(token)


def reacts_to(
    *kinds: type[Fact], together: bool = False
) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Run the function in the same transaction as the facts: without it the data would be untrue.

    together: it takes a list of all facts of one kind that were published at once.
    """

    def declare(run: Callable[[Any], None]) -> Callable[[Any], None]:
        for kind in kinds:
            _reactions.setdefault(kind, []).append(Reaction(run=run, together=together))
        return run

    return declare


def follows(
    kind: type[F], *, lane: str | None = None, when: Callable[[F], bool] | None = None
) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Run the function in a job after the commit. It must be harmless when repeated."""

    def declare(run: Callable[[F], None]) -> Callable[[F], None]:
        follower = Follower(name=f"{run.__module__}.{run.__qualname__}", run=run, lane=lane, when=when)
        _followers.setdefault(kind, []).append(follower)
        _by_name[follower.name] = follower
        return run

    return declare


def listeners_of(kind: type[Fact]) -> list[Callable[[Any], None]]:
    """Every reaction and follower of a fact, for the drawn map of the house."""
    return [each.run for each in (*_reactions.get(kind, ()), *_followers.get(kind, ()))]


@job(queue="followers")
def follow(*, follower: str, kind: str, payload: dict[str, Any], **_later: object) -> None:
    """Call one follower with its fact."""
    _by_name[follower].run(fact_from(kind, payload))


_WRITE = """
    INSERT INTO events_fact (at, kind, subject_id, payload)
    SELECT * FROM unnest(%s::timestamptz[], %s::text[], %s::uuid[], %s::jsonb[])
"""


def _write(facts: Sequence[Fact]) -> None:
    columns = (
        [fact.at for fact in facts],
        [fact.kind for fact in facts],
        [fact.subject_id for fact in facts],
        [msgspec.json.encode(fact).decode() for fact in facts],
    )
    ask(_WRITE, columns)


def _queue(follower: Follower, facts: Sequence[Fact]) -> None:
    wanted = [fact for fact in facts if follower.when is None or follower.when(fact)]
    if follower.lane is None:
        follow.defer_many([_call(follower, fact) for fact in wanted])
        return
    for fact in wanted:
        follow.defer(lane=f"{follower.lane}:{fact.subject_id}", **_call(follower, fact))


def _call(follower: Follower, fact: Fact) -> dict[str, Any]:
    return {"follower": follower.name, "kind": fact.kind, "payload": payload_of(fact)}


_is_history: ContextVar[bool] = ContextVar("is_history", default=False)
_reactions: dict[type[Fact], list[Reaction]] = {}
_followers: dict[type[Fact], list[Follower]] = {}
_by_name: dict[str, Follower] = {}
