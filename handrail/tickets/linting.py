"""What is wrong with a set of statuses and moves: a pure look at the graph, told while somebody edits it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handrail.tickets.models.categories import Category
from handrail.tickets.models.status import Move
from handrail.tickets.stages import Stage


@dataclass(frozen=True, kw_only=True)
class Finding:
    """kind: dead-end | unreachable | never-done | powerless. about: the key of a status, or of a role."""

    kind: str
    about: str


def findings(
    stages: Iterable[Stage], *, roles: Iterable[str], forbidden: Mapping[str, Iterable[Move]]
) -> list[Finding]:
    """What an admin should know. roles: the keys of those whose people may move tickets at all.

    A merged ticket is moved by no hand, and a new one comes by itself, so neither is looked at so.
    """
    nodes = [each for each in stages if not each.retired and each.category != Category.MERGED]
    roles = list(roles)
    barred = {role: set(forbidden.get(role, ())) for role in roles}
    onward = {each.key: _onward(each.key, nodes, barred) for each in nodes}
    return [
        *_dead_ends(nodes, onward),
        *_unreachable(nodes, onward),
        *_never_done(nodes, onward),
        *_powerless(nodes, barred),
    ]


def _onward(key: str, nodes: list[Stage], barred: Mapping[str, set[Move]]) -> set[str]:
    """Where somebody can move a ticket from here."""
    others = [each.key for each in nodes if each.key != key and each.key != Category.NEW]
    return {other for other in others if any((key, other) not in moves for moves in barred.values())}


def _dead_ends(nodes: list[Stage], onward: Mapping[str, set[str]]) -> list[Finding]:
    return [
        Finding(kind="dead-end", about=each.key)
        for each in nodes
        if not each.is_done and not onward[each.key]
    ]


def _unreachable(nodes: list[Stage], onward: Mapping[str, set[str]]) -> list[Finding]:
    """A category's own word is reached by the verbs of the desk, so only named ones can be out of reach."""
    reached = {Category.NEW.value}
    while True:
        further = reached | {other for key in reached for other in onward.get(key, ())}
        if further == reached:
            break
        reached = further
    return [
        Finding(kind="unreachable", about=each.key) for each in nodes if each.id and each.key not in reached
    ]


def _never_done(nodes: list[Stage], onward: Mapping[str, set[str]]) -> list[Finding]:
    """Work from which no way leads to an end; a dead end is told already."""
    ending = {each.key for each in nodes if each.is_done}
    while True:
        further = ending | {key for key, others in onward.items() if others & ending}
        if further == ending:
            break
        ending = further
    return [
        Finding(kind="never-done", about=each.key)
        for each in nodes
        if each.key not in ending and onward[each.key]
    ]


def _powerless(nodes: list[Stage], barred: Mapping[str, set[Move]]) -> list[Finding]:
    keys = [each.key for each in nodes]
    pairs = {(was, now) for was in keys for now in keys if was != now and now != Category.NEW}
    return [Finding(kind="powerless", about=role) for role, moves in barred.items() if pairs <= moves]
