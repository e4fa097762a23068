"""Between our rooms there are facts, never Django's signals: those hide who listens, and when."""

import ast
from collections.abc import Iterator

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import Source, made_up, python

RULE = "signals"
MEND = (
    "Publish a fact in the verb and let the other room react to it or follow it (handrail.events). "
    "Only accounts may listen to the signals of the sign-in library."
)
#: Signals about saving rows, and the tool to make signals of one's own.
FORBIDDEN = ("django.db.models.signals", "django.dispatch.Signal", "django.dispatch.dispatcher")
#: The library of sign-in speaks in signals; one room translates them into facts.
LISTENERS = {"accounts"}


def found_in(source: Source) -> Iterator[Finding]:
    if not source.room or source.is_test:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield from judged(source, node.lineno, f"{node.module}.{alias.name}")


def judged(source: Source, line: int, name: str) -> Iterator[Finding]:
    if name.startswith(FORBIDDEN):
        yield Finding(source.path, f"line {line} imports {name}")
    elif (".signals." in name or name == "django.dispatch.receiver") and source.room not in LISTENERS:
        yield Finding(source.path, f"line {line} listens to {name}")


def test_no_room_makes_or_hears_signals():
    expect_none((finding for source in python() for finding in found_in(source)), rule=RULE, mend=MEND)


def test_a_save_hook_and_an_own_signal_are_noticed():
    text = "from django.db.models.signals import post_save\nfrom django.dispatch import Signal\n"

    assert len(list(found_in(made_up(text)))) == 2


def test_only_accounts_may_hear_the_library_of_sign_in():
    text = "from allauth.account.signals import user_logged_in\nfrom django.dispatch import receiver\n"

    assert list(found_in(made_up(text, "handrail/accounts/receivers.py"))) == []
    assert len(list(found_in(made_up(text, "handrail/portal/receivers.py")))) == 2
