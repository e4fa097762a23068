"""Names say what a thing is for: modules, tests, constraints."""

import ast
import re
from collections.abc import Iterator

from django.db import models

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import Source, made_up, python
from tests.architecture.test_foreign_keys import our_models

VAGUE = {"services", "service", "utils", "util", "helpers", "helper", "managers", "misc", "common", "mixins"}
SENTENCE_WORDS = 4
#: A constraint's name is read by whoever broke it: words in lower case, none of Django's made-up endings.
READABLE = re.compile(r"[a-z0-9]+(_[a-z0-9]+){2,}")
MADE_UP_ENDING = re.compile(r"_([0-9a-f]{8}|uniq|check|chk|key|idx|fk)$")


def vague_modules(source: Source) -> Iterator[Finding]:
    parts = source.module.split(".")
    if source.path.startswith("handrail/") and VAGUE & set(parts):
        yield Finding(source.path, "has a name that fits anything")


def short_test_names(source: Source) -> Iterator[Finding]:
    if not source.is_test:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            words = [word for word in node.name.removeprefix("test_").split("_") if word]
            if len(words) < SENTENCE_WORDS:
                yield Finding(f"{source.path}::{node.name}", f"says only “{' '.join(words)}”")


def unreadable_constraints(model: type[models.Model]) -> Iterator[Finding]:
    for constraint in model._meta.constraints:
        if not READABLE.fullmatch(constraint.name) or MADE_UP_ENDING.search(constraint.name):
            where = f"{model.__module__}.{model.__name__}"
            yield Finding(where, f"has a constraint called {constraint.name}")


def test_no_module_is_called_services_or_utils():
    expect_none(
        (finding for source in python() for finding in vague_modules(source)),
        rule="vague names",
        mend="Put the behaviour on its noun, or name the module after its verb: merging.py, receiving.py.",
    )


def test_the_name_of_every_test_is_a_sentence():
    expect_none(
        (finding for source in python() for finding in short_test_names(source)),
        rule="test names",
        mend="Say who does what and what follows: test_closing_a_ticket_stops_its_clock.",
    )


def test_every_constraint_says_in_words_what_it_holds():
    expect_none(
        (finding for model in our_models() for finding in unreadable_constraints(model)),
        rule="constraint names",
        mend="Name the invariant: closed_ticket_has_no_snooze.",
    )


def test_a_module_of_helpers_is_noticed():
    assert len(list(vague_modules(made_up("", "handrail/tickets/helpers.py")))) == 1
    assert len(list(vague_modules(made_up("", "handrail/tickets/utils/dates.py")))) == 1
    assert list(vague_modules(made_up("", "handrail/tickets/merging.py"))) == []


def test_a_test_called_by_one_word_is_noticed():
    source = made_up("def test_close():\n    pass\n", "handrail/tickets/tests/test_x.py")

    assert [finding.what for finding in short_test_names(source)] == ["says only “close”"]


def test_a_constraint_named_by_django_is_noticed():
    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(a=1), name="tickets_ticket_status_3fa85f64"),
            models.CheckConstraint(condition=models.Q(a=1), name="closed_ticket_has_no_snooze"),
        ]

    made_up_model = type("MadeUp", (), {"_meta": Meta, "__module__": "handrail.tickets.models"})

    assert [finding.what for finding in unreadable_constraints(made_up_model)] == [
        "has a constraint called tickets_ticket_status_3fa85f64"
    ]
