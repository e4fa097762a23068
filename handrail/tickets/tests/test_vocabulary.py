"""Asking for tickets in the language of filters: what each word finds, for whom, and what breaks nothing."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.search.language import Malformed, parse, proposals
from handrail.tickets.models import Draft, Ticket, Visit
from handrail.tickets.queries.asking import asker_of
from handrail.tickets.queries.vocabulary import SORTS, TICKETS, order_of
from tests.cast import NINE

LATER = NINE + timedelta(hours=5)


@pytest.fixture
def ask(nadia):
    """The subjects of what Nadia finds, in the order of their numbers."""

    def found(text, *, by=nadia, at=LATER):
        condition = TICKETS.condition(parse(text), asker_of(by, at=at))
        return list(
            Ticket.objects.visible_to(by)
            .filter(condition)
            .order_by("number")
            .values_list("subject", flat=True)
        )

    return found


@pytest.fixture
def desk(write, nadia, omar, house):
    """Three tickets: a parcel that is Nadia's and urgent, an invoice for billing, and an old greeting."""
    parcel = write(subject="Late parcel", text="Where is the parcel?", external_id="1@x").ticket
    parcel.assign(nadia, by=nadia, at=NINE)
    parcel.prioritise(Ticket.Priority.URGENT, by=nadia, at=NINE)
    parcel.tag("refund", by=nadia, at=NINE)
    invoice = write(subject="Invoice 2291", text="Charged twice", external_id="2@x").ticket
    invoice.move(house.billing, by=nadia, at=NINE)
    old = write(subject="Grüße", text="Thank you", external_id="3@x").ticket
    old.close(by=nadia, reason="solved", at=NINE)
    Ticket.objects.filter(pk=old.pk).update(
        created_at=NINE - timedelta(days=40), updated_at=NINE - timedelta(days=9)
    )
    return parcel, invoice, old


PARCEL, INVOICE, OLD = "Late parcel", "Invoice 2291", "Grüße"


FINDS = {
    "": [PARCEL, INVOICE, OLD],
    "status:closed": [OLD],
    "status:live": [PARCEL, INVOICE],
    "-status:closed": [PARCEL, INVOICE],
    "owner:me": [PARCEL],
    "owner:nobody status:live": [INVOICE],
    "owner:nadia": [PARCEL],
    "owner:nadia@harbour.example": [PARCEL],
    "team:mine": [PARCEL, OLD],
    "team:billing": [INVOICE],
    "team:Billing OR owner:me": [PARCEL, INVOICE],
    "team:none": [],
    "brand:harbour priority:urgent": [PARCEL],
    "priority>=high": [PARCEL],
    "priority:low..normal": [INVOICE, OLD],
    "priority:4,1": [PARCEL],
    "tag:refund": [PARCEL],
    "tag:ref*": [PARCEL],
    "-tag:refund is:live": [INVOICE],
    "customer:vera@nordlys.example is:mine": [PARCEL],
    "customer:lindqvist tag:refund": [PARCEL],
    "from:VERA@nordlys.example tag:refund": [PARCEL],
    "created>30d": [OLD],
    "created<30d": [PARCEL, INVOICE],
    "created:today": [PARCEL, INVOICE],
    "created:2026-11-16": [PARCEL, INVOICE],
    "created:2026-11-16..2026-11-17": [PARCEL, INVOICE],
    "created<2026-11-16": [OLD],
    "created>2026-11-16": [],
    "created:2026-10": [OLD],
    "updated:7d..10d": [OLD],
    "updated:..10d": [PARCEL, INVOICE, OLD],
    "waiting>4h": [PARCEL, INVOICE],
    "waiting>6h": [],
    "closed:today": [OLD],
    "is:unread": [INVOICE],
    "is:unanswered": [PARCEL, INVOICE],
    "is:unassigned is:done": [OLD],
    "has:draft": [INVOICE],
    "has:tag": [PARCEL],
    "has:file": [],
    "subject:parcel": [PARCEL],
    'subject:"late parcel"': [PARCEL],
    "subject:grüße": [OLD],
    "parcel": [PARCEL],
    '"the parcel"': [PARCEL],
    '"parcel the"': [],
    "charged twi": [INVOICE],
    "charged -twice": [],
    "(parcel OR charged) is:mine": [PARCEL],
    "channel:email language:en owner:me": [PARCEL],
}


def test_each_word_finds_what_it_says(desk, ask, nadia):
    parcel, invoice, _old = desk
    Visit.note(ticket_id=parcel.pk, agent=nadia, at=LATER)
    Draft.keep(ticket_id=invoice.pk, by=nadia, mode="note", text="x", html="", at=NINE)

    assert {text: ask(text) for text in FINDS} == FINDS


def test_a_number_finds_its_ticket_with_and_without_its_sign(desk, ask):
    number = desk[1].number

    assert [ask(text) for text in (f"#{number}", f"{number}", f"number:{number}")] == [[INVOICE]] * 3


def test_days_begin_where_the_asker_is(desk, ask, nadia):
    Ticket.objects.filter(pk=desk[0].pk).update(created_at=NINE.replace(hour=23, minute=30))
    nadia.user.timezone = "Europe/Berlin"

    assert ask("created:2026-11-16") == [INVOICE]
    assert ask("created:2026-11-17") == [PARCEL]


def test_S_021_a_filter_finds_nothing_of_another_brand(desk, ask, piet):
    assert ask("status:live,done", by=piet) == ask("parcel", by=piet) == ask("tag:refund", by=piet) == []


@pytest.mark.parametrize(
    ("text", "wrong", "nearest"),
    [
        ("statsu:open", "statsu", "status"),
        ("owner:me status:opne", "opne", "open"),
        ("is:unred", "unred", "unread"),
        ("has:fiel", "fiel", "file"),
        ("priority>=hihg", "hihg", ""),
        ("sort:wating", "wating", "waiting"),
        ("created>someday", "someday", "today"),
        ("created:7d..2026-11-01", "7d..2026-11-01", ""),
        ("owner>me", "owner>me", ""),
        ("number:99999999999999999999", "99999999999999999999", ""),
        ("colour:red", "colour", ""),
    ],
)
def test_an_error_points_at_the_word_and_names_the_nearest(nadia, text, wrong, nearest):
    with pytest.raises(Malformed) as refused:
        TICKETS.condition(parse(text), asker_of(nadia, at=NINE))

    assert text[refused.value.start : refused.value.end] == wrong
    assert refused.value.nearest == nearest


ATOMS = st.sampled_from(
    [
        "status:",
        "owner:",
        "tag:",
        "created>",
        "created:",
        "number:",
        "subject:",
        "is:",
        "has:",
        "(",
        ")",
        "OR",
        "-",
    ]
) | st.text(max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ATOMS, max_size=6).map(" ".join) | st.lists(ATOMS, max_size=6).map("".join))
def test_S_075_no_filter_breaks_the_database(ask, text):
    assert found_or_refused(ask, text) == []


def found_or_refused(ask, text):
    """Nothing is there to be found; a refusal is as good."""
    try:
        return ask(text)
    except Malformed:
        return []


HOSTILE = [
    "'; DROP TABLE tickets_ticket; --",
    "%' OR '1'='1",
    "\\",
    "a\x00b",
    "\ud800",
    "')) UNION SELECT 1--",
    "9" * 40,
    "%s%(x)s",
    "*",
    "_%",
]


def test_S_075_no_value_of_any_field_breaks_the_database(ask):
    forms = ("{0}:{1}", '{0}:"{1}"', "{0}>{1}", "{0}:{1}..{1}")
    texts = [form.format(name, bad) for form in forms for name in TICKETS.fields for bad in HOSTILE]

    assert [text for text in texts if found_or_refused(ask, text)] == []


def test_every_example_of_the_reference_can_be_asked_and_every_order_sorted_by(ask, nadia, lost_parcel):
    for field in TICKETS.fields.values():
        ask(field.example)
    for name in SORTS:
        assert Ticket.objects.visible_to(nadia).order_by(order_of(name, backwards=True)).count() == 1


PROPOSED = {
    "sta": ["status:"],
    "owner:me -ta": ["tag:", "tasks:"],
    "status:o": ["open"],
    "status:open,wa": ["waiting"],
    "owner:nad": ['"Nadia Haddad"'],
    "owner:me": ["me"],
    "tag:ref": ["refund"],
    "team:b": ["billing"],
    "sort:wai": ["waiting"],
    '"owner:': [],
}


def test_what_can_follow_is_proposed(desk, nadia):
    def proposed(text):
        found = proposals(text, len(text), vocabulary=TICKETS, asker=asker_of(nadia, at=NINE))
        return [each.text for each in found]

    assert {text: proposed(text) for text in PROPOSED} == PROPOSED


def test_S_021_no_tag_of_a_foreign_ticket_is_proposed(desk, piet):
    assert proposals("tag:", 4, vocabulary=TICKETS, asker=asker_of(piet, at=NINE)) == []
