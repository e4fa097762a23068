"""Every fact is frozen, told in the past tense, plain, and comes back from JSON as it went in."""

import dataclasses
import json
import re
import types
import typing
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from handrail.events.facts import Fact, fact_from, known_kinds, payload_of
from tests.architecture.findings import Finding, expect_none

MEND = (
    "A fact is a frozen keyword-only dataclass in the past tense, with ids, words, numbers and times in it."
)
IRREGULAR = {"Begun", "Broken", "Found", "Given", "Gone", "Held", "Known", "Left", "Lost", "Made", "Met"}
IRREGULAR |= {"Put", "Read", "Run", "Seen", "Sent", "Shown", "Split", "Taken", "Told", "Withdrawn", "Written"}
IRREGULAR |= {"Came", "Gave", "Set", "Took", "Undone", "Woke"}
SAMPLES: dict[object, object] = {
    UUID: UUID("01900000-0000-7000-8000-000000000001"),
    datetime: datetime(2026, 11, 16, 9, 0, 0, 123456, tzinfo=UTC),
    str: "“Grüße” \u2028 \x7f",
    int: 2**53 - 1,
    float: 0.1,
    bool: True,
    type(None): None,
}


def told_facts() -> Iterator[type[Fact]]:
    """The facts that rooms publish, without the classes that only gather what facts of a room share."""
    for kind in known_kinds().values():
        if ".tests." not in kind.__module__ and not kind.__name__.endswith("Fact"):
            yield kind


def found_in(kind: type) -> Iterator[Finding]:
    where = f"{kind.__module__}.{kind.__name__}"
    if not dataclasses.is_dataclass(kind) or not is_frozen(kind):
        yield Finding(where, "is not a frozen dataclass")
        return
    if not is_past(kind.__name__):
        yield Finding(where, "is not in the past tense")
    for name, hint in typing.get_type_hints(kind).items():
        if typing.get_origin(hint) is not typing.ClassVar and not list(samples_of(hint)):
            yield Finding(where, f"holds {name}, which is not plain")


def is_frozen(kind: type) -> bool:
    return bool(getattr(kind, "__dataclass_params__").frozen)  # noqa: B009 - typeshed does not know it


def is_past(name: str) -> bool:
    """Whether one of the words of a CamelCase name is a participle: MessageReceived, MailSentAgain."""
    words = re.findall(r"[A-Z][a-z]*", name)
    return any(word.endswith("ed") or word in IRREGULAR for word in words)


def samples_of(hint: object) -> Iterator[object]:
    """A value for each alternative of a type; nothing when a part of it is not plain."""
    if hint in SAMPLES:
        yield SAMPLES[hint]
    elif typing.get_origin(hint) in (types.UnionType, typing.Union):
        for each in typing.get_args(hint):
            yield from samples_of(each)
    elif typing.get_origin(hint) is tuple and typing.get_args(hint)[1:] == (Ellipsis,):
        for sample in samples_of(typing.get_args(hint)[0]):
            yield (sample, sample)


def instances_of(kind: Any) -> Iterator[Fact]:
    """Facts of a kind that together hold every alternative of every field."""
    choices = {
        field.name: list(samples_of(typing.get_type_hints(kind)[field.name]))
        for field in dataclasses.fields(kind)
    }
    for turn in range(max(len(each) for each in choices.values())):
        yield kind(**{name: each[turn % len(each)] for name, each in choices.items()})


def test_facts_are_frozen_and_plain_and_lie_in_the_past():
    expect_none((finding for kind in told_facts() for finding in found_in(kind)), rule="facts", mend=MEND)


ALL = sorted(told_facts(), key=lambda kind: kind.kind)


@pytest.mark.parametrize("kind", ALL, ids=[kind.kind for kind in ALL])
def test_a_fact_comes_back_from_json_as_it_went_in(kind):
    for fact in instances_of(kind):
        stored = json.loads(json.dumps(payload_of(fact)))

        assert fact_from(kind.kind, stored) == fact


def test_every_fact_says_what_it_is_about():
    for kind in told_facts():
        assert kind.about in {field.name for field in dataclasses.fields(kind)}, kind.kind


def test_a_fact_in_the_present_tense_is_noticed():
    made_up = dataclasses.make_dataclass("CloseTicket", [("at", datetime)], frozen=True)

    assert [finding.what for finding in found_in(made_up)] == ["is not in the past tense"]


def test_a_fact_that_can_be_changed_is_noticed():
    made_up = dataclasses.make_dataclass("TicketClosed", [("at", datetime)])

    assert [finding.what for finding in found_in(made_up)] == ["is not a frozen dataclass"]


def test_a_model_object_in_a_fact_is_noticed():
    from handrail.tickets.models import Ticket

    made_up = dataclasses.make_dataclass("TicketClosed", [("ticket", Ticket)], frozen=True)

    assert [finding.what for finding in found_in(made_up)] == ["holds ticket, which is not plain"]


#: Words of facts about tickets that are keys and names of ours, not words of or about people.
IMPERSONAL = {"channel", "automatic", "way", "was_stage", "now_stage", "wakes_on", "why", "field", "state"}
IMPERSONAL |= {"name", "answer", "template", "was_status"}
KEYS_ONLY = {"tickets.StatusChanged", "tickets.StatusSet", "tickets.AnsweringChannelChanged"}


def undecided_words(kind: type[Fact]) -> Iterator[Finding]:
    decided = IMPERSONAL | set(kind.personal)
    for name, hint in typing.get_type_hints(kind).items():
        holds_words = str in (hint, *typing.get_args(hint))
        if holds_words and name not in decided and typing.get_origin(hint) is not typing.ClassVar:
            yield Finding(f"{kind.kind}.{name}", "may hold words of people, which a purge leaves there")


def test_for_every_word_of_a_fact_about_a_ticket_it_is_decided_whether_a_purge_takes_it_out():
    kinds = [kind for kind in ALL if kind.about == "ticket_id" and kind.kind not in KEYS_ONLY]
    findings = [finding for kind in kinds for finding in undecided_words(kind)]
    expect_none(findings, rule="facts", mend="Name the field in `personal` of the fact, or among IMPERSONAL.")


def test_a_fact_without_its_words_can_still_be_read():
    for kind in ALL:
        for fact in instances_of(kind):
            blanked = {**payload_of(fact), **json.loads(json.dumps(dict(kind.personal)))}

            assert fact_from(kind.kind, blanked).at == fact.at
