"""Rooms import lower floors only. `lint-imports` is the law; this is its quick word, with the line."""

import ast
from collections.abc import Iterator

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import ROOT, Source, floor_of, floors, made_up, python, room_of

RULE = "floors"
MEND = "Import lower floors only. What a lower room wants a higher one to know, it publishes as a fact."
#: What stands beside the rooms: it may import all of them, none of them may import it.
BESIDE = {"handrail.settings", "handrail.urls", "handrail.wsgi", "handrail.asgi", "handrail.cli"}


def imports_of(source: Source) -> Iterator[tuple[int, str]]:
    """Each imported name of ours, dotted, with its line; imports inside functions count too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def found_in(source: Source) -> Iterator[Finding]:
    if not source.room:
        return
    for line, name in imports_of(source):
        if any(name == beside or name.startswith(f"{beside}.") for beside in BESIDE) and not source.is_test:
            yield Finding(source.path, f"line {line} imports {name}, which stands beside the rooms")
        room = room_of(name)
        if room and not may_import(source.room, room):
            yield Finding(source.path, f"line {line} imports {name}: {source.room} may not see {room}")


def may_import(room: str, other: str) -> bool:
    """A room sees itself, the corridor it lies in, and lower floors."""
    return other == room or other == room.split(".")[0] or floor_of(other) < floor_of(room)


def test_rooms_import_lower_floors_only():
    expect_none((finding for source in python() for finding in found_in(source)), rule=RULE, mend=MEND)


def test_every_room_that_exists_has_declared_its_floor():
    there = {folder.parent.name for folder in (ROOT / "handrail").glob("*/apps.py")}

    assert there - set(floors()) == set(), "Declare a new room in .importlinter before its first file."


def test_the_guard_of_the_build_says_what_the_plan_of_the_house_says():
    """The plan knows twelve floors; decision 0014 put the room of fields on one of its own between them."""
    assert (floors()["kit"], floors()["fields"], floors()["tickets"], floors()["demo"]) == (0, 3, 5, 13)


def test_an_import_upward_is_noticed_even_inside_a_function():
    text = "def later():\n    from handrail.workbench import queries\n"

    assert [finding.what for finding in found_in(made_up(text))] == [
        "line 2 imports handrail.workbench.queries: tickets may not see workbench"
    ]


def test_a_stranger_on_the_same_floor_is_noticed():
    source = made_up("from handrail.team.models import Agent\n", "handrail/customers/models.py")

    assert len(list(found_in(source))) == 1


def test_an_import_downward_is_fine():
    assert list(found_in(made_up("from handrail.team.models import Agent\nimport ast\n"))) == []
