"""One door to other people's data: in a view, every query starts at `visible_to` or `requested_by`."""

import ast
from collections.abc import Iterator

from django.apps import apps

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import Source, made_up, python, room_of

RULE = "doors"
MEND = (
    "Start with `.objects.visible_to(agent)` or `.objects.requested_by(user)`, or move the read into the "
    "room's queries.py, where the viewer is an argument."
)
DOORS = {"visible_to", "requested_by"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
#: What the parents of our views load through a door before anything else happens.
LOADED = {"self.ticket", "self.agent", "self.user", "self.person"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}
#: Models that say how the desk is set up and nothing about a person; views may read them freely.
SETTINGS = {"Brand", "Role", "Team", "Tag", "Status", "ForbiddenMove", "Definition", "FormRule", "Activity"}


def peoples_data() -> set[str]:
    """The names of our models, without those that only say how the desk is set up."""
    ours = {model.__name__ for model in apps.get_models() if room_of(model.__module__)}
    return ours - SETTINGS


def found_in(source: Source, guarded: set[str]) -> Iterator[Finding]:
    if not is_view(source):
        return
    for function in functions_of(source.tree):
        where = f"{source.path}::{function.name}"
        for node in expressions_of(function):
            if (name := model_asked(node)) in guarded and not has_door(list(chain_above(node, function))):
                yield Finding(where, f"asks {name}.objects without a door (line {node.lineno})")
            if (name := model_fetched(node)) in guarded:
                yield Finding(where, f"fetches any {name} by a shortcut (line {node.lineno})")


def is_view(source: Source) -> bool:
    return bool(source.room) and not source.is_test and "views" in source.module.split(".")


def functions_of(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def expressions_of(function: ast.AST) -> Iterator[ast.expr]:
    return (node for node in ast.walk(function) if isinstance(node, ast.expr))


def model_asked(node: ast.AST) -> str:
    """ "Ticket" for the node `Ticket.objects`, else nothing."""
    if isinstance(node, ast.Attribute) and node.attr in MANAGERS and isinstance(node.value, ast.Name):
        return node.value.id
    return ""


def model_fetched(node: ast.AST) -> str:
    """ "Ticket" for the call `get_object_or_404(Ticket, …)`, else nothing."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORTCUTS:
        first = node.args[0] if node.args else None
        return first.id if isinstance(first, ast.Name) else ""
    return ""


def chain_above(node: ast.AST, function: ast.AST) -> Iterator[ast.Attribute | ast.Call]:
    """What is called one after the other on a manager: `.select_related`, `(…)`, `.filter`, `(…)`."""
    parents = {child: parent for parent in ast.walk(function) for child in ast.iter_child_nodes(parent)}
    while isinstance(above := parents.get(node), ast.Attribute | ast.Call):
        if isinstance(above, ast.Call) and above.func is not node:
            return
        yield above
        node = above


def has_door(chain: list[ast.Attribute | ast.Call]) -> bool:
    """Whether the chain passes a door, or is narrowed to what the view's parent loaded through one."""
    called = {link.attr for link in chain if isinstance(link, ast.Attribute)}
    given = [keyword.value for link in chain if isinstance(link, ast.Call) for keyword in link.keywords]
    return bool(DOORS & called) or any(ast.unparse(each) in LOADED for each in given)


def test_views_reach_objects_only_through_a_door():
    guarded = peoples_data()

    expect_none(
        (finding for source in python() for finding in found_in(source, guarded)), rule=RULE, mend=MEND
    )


def test_tickets_people_and_users_are_guarded():
    assert {"Ticket", "Message", "Attachment", "Person", "User", "StoredFile"} - peoples_data() == set()


def test_a_query_beside_the_door_is_noticed():
    text = "def get(request, number):\n    return Ticket.objects.filter(number=number).first()\n"

    assert [finding.where for finding in found_in(made_up(text), {"Ticket"})] == [
        "handrail/tickets/views/made_up.py::get"
    ]


def test_a_shortcut_without_a_door_is_noticed():
    text = "def get(request, number):\n    return get_object_or_404(Ticket, number=number)\n"

    assert len(list(found_in(made_up(text), {"Ticket"}))) == 1


def test_a_door_in_an_argument_does_not_excuse_the_query_around_it():
    text = "def get(self):\n    Message.objects.filter(ticket__in=Ticket.objects.visible_to(self.agent))\n"

    assert [finding.what for finding in found_in(made_up(text), {"Ticket", "Message"})] == [
        "asks Message.objects without a door (line 2)"
    ]


def test_a_query_through_a_door_is_fine():
    text = (
        "def get(self):\n"
        "    get_object_or_404(Ticket.objects.visible_to(self.agent), number=4)\n"
        "    Ticket.objects.select_related('owner').requested_by(self.user).first()\n"
    )

    assert list(found_in(made_up(text), {"Ticket"})) == []


def test_what_belongs_to_an_object_that_came_through_a_door_is_fine():
    text = "def get(self):\n    Message.objects.filter(ticket=self.ticket, pk=4).first()\n"

    assert list(found_in(made_up(text), {"Message"})) == []


def test_what_is_only_called_like_such_an_object_is_noticed():
    text = "def get(self, ticket):\n    Message.objects.filter(ticket=ticket, pk=4).first()\n"

    assert len(list(found_in(made_up(text), {"Message"}))) == 1


def test_verbs_outside_of_views_may_query_freely():
    source = made_up("def all():\n    return Ticket.objects.all()\n", "handrail/tickets/queries.py")

    assert list(found_in(source, {"Ticket"})) == []
