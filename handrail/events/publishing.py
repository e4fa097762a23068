"""`publish`: a row in the table of facts, the reactions, the followers' jobs; all in one transaction."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction

from handrail.events.facts import Fact, fact_from, payload_of
from handrail.kit import faults
from handrail.kit.jobs import job

F = TypeVar("F", bound=Fact)


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
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{fact.kind} was published outside a transaction")
    payload = payload_of(fact)
    _write(fact, payload)
    faults.point("events.after-fact")  # the fact is written, nobody has reacted
    for reaction in _reactions.get(type(fact), ()):
        reaction(fact)
    faults.point("events.after-reactions")  # all have reacted, no follower is queued
    for follower in _followers.get(type(fact), ()):
        _queue(follower, fact, payload)


def reacts_to(*kinds: type[Fact]) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Run the function in the same transaction as the facts: without it the data would be untrue."""

    def declare(reaction: Callable[[Any], None]) -> Callable[[Any], None]:
        for kind in kinds:
            _reactions.setdefault(kind, []).append(reaction)
        return reaction

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
    return [*_reactions.get(kind, ()), *(each.run for each in _followers.get(kind, ()))]


@job(queue="followers")
def follow(*, follower: str, kind: str, payload: dict[str, Any], **_later: object) -> None:
    """Call one follower with its fact."""
    _by_name[follower].run(fact_from(kind, payload))


def _write(fact: Fact, payload: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_fact (at, kind, subject_id, payload) VALUES (%s, %s, %s, %s::jsonb)",
            (fact.at, fact.kind, fact.subject_id, json.dumps(payload)),
        )


def _queue(follower: Follower, fact: Fact, payload: dict[str, Any]) -> None:
    if follower.when is None or follower.when(fact):
        lane = f"{follower.lane}:{fact.subject_id}" if follower.lane else None
        follow.defer(lane=lane, follower=follower.name, kind=fact.kind, payload=payload)


_reactions: dict[type[Fact], list[Callable[[Any], None]]] = {}
_followers: dict[type[Fact], list[Follower]] = {}
_by_name: dict[str, Follower] = {}
