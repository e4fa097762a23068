"""Views, forms, receivers, jobs, urls and admin belong to their room alone, like names with _."""

import ast
from collections.abc import Iterator

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import Source, made_up, python, room_of

RULE = "private modules"
MEND = (
    "Use the public face of the other room: models, events, queries, or a verb module. "
    "If what you need is missing there, add it there."
)
PRIVATE = {"views", "forms", "receivers", "jobs", "urls", "admin"}
#: kit/jobs.py is the façade of the job library, not a list of jobs.
PUBLIC = {"handrail.kit.jobs"}


def found_in(source: Source) -> Iterator[Finding]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            if is_private(name) and room_of(name) != source.room:
                yield Finding(source.path, f"line {node.lineno} imports {name}, private to {room_of(name)}")


def is_private(name: str) -> bool:
    """Whether a dotted name leads into a private module of a room, or to a private name of it."""
    room = room_of(name)
    if not room or any(name == public or name.startswith(f"{public}.") for public in PUBLIC):
        return False
    inside = name.split(".")[1 + len(room.split(".")) :]
    hidden = any(part.startswith("_") and not part.startswith("__") for part in inside)
    return hidden or bool(inside and inside[0] in PRIVATE)


def test_private_modules_stay_in_their_room():
    expect_none((finding for source in python() for finding in found_in(source)), rule=RULE, mend=MEND)


def test_a_look_into_the_views_of_another_room_is_noticed():
    source = made_up(
        "from handrail.tickets.views.closure import ClosureView\n", "handrail/workbench/queries.py"
    )

    assert len(list(found_in(source))) == 1


def test_the_jobs_of_another_room_and_its_underscored_names_are_noticed():
    text = "from handrail.accounts import jobs\nfrom handrail.tickets.models.draft import _secret\n"

    assert len(list(found_in(made_up(text, "handrail/portal/queries.py")))) == 2


def test_a_channel_is_a_room_of_its_own():
    inside = made_up("from handrail.channels.email.forms import X\n", "handrail/channels/email/views.py")
    outside = made_up("from handrail.channels.email.forms import X\n", "handrail/channels/contract.py")

    assert list(found_in(inside)) == []
    assert len(list(found_in(outside))) == 1


def test_the_own_views_and_the_facade_of_jobs_are_fine():
    text = "from handrail.tickets.views.base import TicketView\nfrom handrail.kit.jobs import job\n"

    assert list(found_in(made_up(text))) == []
