"""Which fields a form has, and what may be kept: one pure function for page and verb."""

from decimal import Decimal
from uuid import UUID

import pytest

from handrail.fields import choice_lines
from handrail.fields.checking import checked, with_defaults
from handrail.fields.choice_lines import Unreadable
from handrail.fields.cleaning import Wrong, cleaned
from handrail.fields.field import Choice, Field, Kind, Value
from handrail.fields.foreseeing import foreseen
from handrail.fields.forming import Circumstances, Condition, Effect, Rule, form_of

NOBODY = UUID(int=7)


def nothing(_noun, _text):
    return None


def field(key, kind=Kind.TEXT, **changes):
    return Field(**{"key": key, "kind": kind, "labels": {"en": key}, "helps": {}, **changes})


def choices(*keys, retired=()):
    return tuple(Choice(key=key, labels={"en": key.title()}, retired=key in retired) for key in keys)


def rule(*effects, when=()):
    return Rule(name="rule", conditions=tuple(when), effects=tuple(effects))


def when(about, test, *values):
    return Condition(about=about, test=test, values=values)


def keys(form):
    return [entry.field.key for entry in form]


ORDER = field("order")
REASON = field("reason", Kind.CHOICE, choices=choices("damaged", "late", "lost"))
PLACE = field("place", Kind.TREE, choices=choices("harbour", "harbour/pier", "office"))
AGENT = Circumstances(role="agent")


@pytest.mark.parametrize(
    ("of", "given", "kept"),
    [
        (field("t"), "  a\nb ", "a b"),
        (field("t", Kind.LONG), "a\nb", "a\nb"),
        (field("n", Kind.NUMBER), "12,50", 12.5),
        (field("n", Kind.NUMBER), "1200", 1200),
        (field("n", Kind.NUMBER), 7, 7),
        (field("d", Kind.DATE), "2026-11-30", "2026-11-30"),
        (REASON, "late", "late"),
        (PLACE, "harbour/pier", "harbour/pier"),
        (field("m", Kind.MANY, choices=choices("a", "b", "c")), ["c", "a"], ["a", "c"]),
        (field("m", Kind.MANY, choices=choices("a", "b")), [], None),
        (ORDER, "", None),
        (ORDER, "a\x00b", "ab"),
    ],
)
def test_a_value_is_kept_in_one_shape(of, given, kept):
    assert cleaned(of, given, find=nothing) == kept


@pytest.mark.parametrize(
    ("of", "given"),
    [
        (ORDER, "x" * 501),
        (ORDER, {"a": 1}),
        (ORDER, ["a", "b"]),
        (ORDER, True),
        (field("n", Kind.NUMBER), "twelve"),
        (field("n", Kind.NUMBER), "NaN"),
        (field("n", Kind.NUMBER), "Infinity"),
        (field("n", Kind.NUMBER), "1e400"),
        (field("n", Kind.NUMBER), "1234567890123456"),
        (field("n", Kind.NUMBER, least=Decimal(3)), "2"),
        (field("n", Kind.NUMBER, most=Decimal(3)), "4"),
        (field("d", Kind.DATE), "2026-02-30"),
        (REASON, "stolen"),
        (field("m", Kind.MANY, choices=choices("a")), ["a", "z"]),
        (field("m", Kind.MANY, choices=choices("a")), [{"a": 1}]),
        (field("r", Kind.RELATION, to="ticket"), "#1"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(of, given):
    with pytest.raises(Wrong) as refusal:
        cleaned(of, given, find=nothing)

    assert str(refusal.value.args[0])


def test_a_relation_keeps_the_id_of_what_is_found():
    find = {("ticket", "#1002"): NOBODY}.get

    found = cleaned(field("r", Kind.RELATION, to="ticket"), "#1002", find=lambda *asked: find(asked))

    assert found == str(NOBODY)


def test_a_field_shows_to_its_roles_and_to_those_who_may_do_everything():
    secret = field("secret", visible_to=frozenset({"lead"}))

    for asking, shown in [
        (AGENT, ["order"]),
        (Circumstances(role="lead"), ["order", "secret"]),
        (Circumstances(role="agent", sees_all=True), ["order", "secret"]),
        (Circumstances(), ["order", "secret"]),
        (Circumstances(customer=True), []),
    ]:
        assert keys(form_of([ORDER, secret], [], {}, asking)) == shown


def test_customers_see_public_fields_alone():
    public = field("public", public=True)

    assert keys(form_of([ORDER, public], [], {}, Circumstances(customer=True))) == ["public"]


def test_a_field_that_a_rule_shows_is_hidden_until_then():
    shows = rule(Effect(field="order", deed="show"), when=[when("field.reason", "is", "late", "lost")])

    assert keys(form_of([REASON, ORDER], [shows], {}, AGENT)) == ["reason"]
    assert keys(form_of([REASON, ORDER], [shows], {"reason": "late"}, AGENT)) == ["reason", "order"]


def test_what_hangs_on_a_hidden_field_is_hidden_too():
    third = field("third")
    chain = [
        rule(Effect(field="order", deed="show"), when=[when("field.reason", "is", "late")]),
        rule(Effect(field="third", deed="show"), when=[when("field.order", "filled")]),
    ]
    kept = {"order": "4471"}

    assert keys(form_of([REASON, ORDER, third], chain, kept, AGENT)) == ["reason"]
    assert keys(form_of([REASON, ORDER, third], chain, {**kept, "reason": "late"}, AGENT))[1:] == [
        "order",
        "third",
    ]


def test_rules_that_hang_on_each_other_in_a_circle_come_to_an_end():
    circle = [
        rule(Effect(field="order", deed="show"), when=[when("field.reason", "filled")]),
        rule(Effect(field="reason", deed="show"), when=[when("field.order", "filled")]),
    ]

    assert keys(form_of([REASON, ORDER], circle, {}, AGENT)) == []
    assert keys(form_of([REASON, ORDER], circle, {"order": "1", "reason": "late"}, AGENT)) == [
        "reason",
        "order",
    ]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (when("status", "is", "hold"), True),
        (when("status", "is", "at-customs"), True),
        (when("status", "is_not", "hold"), False),
        (when("team", "empty"), True),
        (when("role", "is", "agent"), True),
        (when("field.amount", "over", "9"), True),
        (when("field.amount", "under", "9"), False),
        (when("field.day", "under", "2026-12-01"), True),
        (when("field.place", "is", "harbour"), True),
        (when("field.place", "is", "harb"), False),
        (when("field.unknown", "filled"), False),
    ],
)
def test_conditions_ask_about_what_is_built_in_and_what_is_filled_in(condition, holds):
    fields = [ORDER, field("amount", Kind.NUMBER), field("day", Kind.DATE), PLACE]
    values: dict[str, Value] = {"amount": 10, "day": "2026-11-30", "place": "harbour/pier"}
    asking = Circumstances(role="agent", facts={"status": ("at-customs", "hold")})
    shows = rule(Effect(field="order", deed="show"), when=[condition])

    assert ("order" in keys(form_of(fields, [shows], values, asking))) == holds


def test_choices_are_limited_and_of_a_tree_a_branch_brings_its_leaves():
    limits = rule(
        Effect(field="reason", deed="limit", choices=("late",)),
        Effect(field="place", deed="limit", choices=("harbour",)),
    )

    reason, place = form_of([REASON, PLACE], [limits], {}, AGENT)

    assert [choice.key for choice in reason.choices] == ["late"]
    assert [choice.key for choice in place.choices] == ["harbour", "harbour/pier"]


def test_a_retired_choice_is_kept_by_whoever_has_it_and_chosen_by_nobody():
    old = field("reason", Kind.CHOICE, choices=choices("late", "lost", retired=["lost"]))

    kept = checked(
        [old], [], now={"reason": "lost"}, wanted={"reason": "lost"}, circumstances=AGENT, find=nothing
    )
    new = checked([old], [], now={}, wanted={"reason": "lost"}, circumstances=AGENT, find=nothing)

    assert kept.problems == {}
    assert form_of([old], [], {"reason": "lost"}, AGENT)[0].choices == old.choices
    assert [choice.key for choice in form_of([old], [], {}, AGENT)[0].choices] == ["late"]
    assert set(new.problems) == {"reason"}


def test_what_the_page_would_not_show_cannot_be_changed():
    shows = rule(Effect(field="order", deed="show"), when=[when("field.reason", "is", "late")])
    locked = field("locked", editable_by=frozenset({"lead"}))
    secret = field("secret", visible_to=frozenset({"lead"}))
    fields = [REASON, ORDER, locked, secret]

    done = checked(
        fields,
        [shows],
        now={},
        wanted={"order": "1", "locked": "1", "secret": "1", "nothing": "1"},
        circumstances=AGENT,
        find=nothing,
    )

    assert set(done.problems) == {"order", "locked", "secret", "nothing"}
    assert done.problems["secret"] == done.problems["locked"]


def test_a_required_field_is_asked_of_those_who_can_fill_it():
    required = field("must", required=True, editable_by=frozenset({"lead"}))

    for role, problems in (("agent", {}), ("lead", {"must": "Fill this in."})):
        done = checked(
            [required, ORDER],
            [],
            now={},
            wanted={"order": "1"},
            circumstances=Circumstances(role=role),
            find=nothing,
        )
        assert done.problems == problems


def test_values_nobody_defines_any_more_stay_when_others_change():
    old = field("old", retired=True)

    done = checked(
        [old, ORDER],
        [],
        now={"old": "1", "older": "2"},
        wanted={"order": "3"},
        circumstances=AGENT,
        find=nothing,
    )

    assert done.values == {"old": "1", "older": "2", "order": "3"}


def test_something_new_brings_its_usual_values():
    usual = field("usual", default="x")

    assert with_defaults([usual, ORDER, field("old", default="y", retired=True)], {"order": "1"}) == {
        "usual": "x",
        "order": "1",
    }


def test_lines_of_choices_are_read_and_written():
    text = "hardware = Hardware | Geräte\nhardware/printer = Printer\nSomething else"

    read = choice_lines.read(text, former=choices("gone"), tree=True)

    assert [(each.key, each.retired) for each in read] == [
        ("hardware", False),
        ("hardware/printer", False),
        ("something-else", False),
        ("gone", True),
    ]
    assert read[0].labels == {"en": "Hardware", "de": "Geräte"}
    assert choice_lines.written(read).splitlines()[0] == "hardware = Hardware | Geräte"


@pytest.mark.parametrize(
    ("text", "tree"), [("a = A\na = B", False), ("a/b = B", True), ("a = A\na/b = B", False), ("= A", False)]
)
def test_lines_that_make_no_sense_are_named(text, tree):
    with pytest.raises(Unreadable):
        choice_lines.read(text, former=(), tree=tree)


def test_what_a_rule_would_do_is_told_before_it_counts():
    late = rule(
        Effect(field="order", deed="show"),
        Effect(field="order", deed="require"),
        when=[when("field.reason", "is", "late"), when("status", "is", "hold")],
    )

    told = foreseen([REASON, ORDER], [], late)

    assert [(each.label, each.shown_else, each.shown_then, each.required_then) for each in told] == [
        ("order", False, True, True)
    ]
