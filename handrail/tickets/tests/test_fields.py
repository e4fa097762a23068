"""Custom fields on a ticket: filled by one verb, shown on its page, told on its timeline."""

import pytest

from handrail.events.queries import facts_about
from handrail.fields.checking import NotFitting
from handrail.fields.field import Kind, Noun
from handrail.fields.forming import Condition, Effect, Rule
from handrail.fields.models import Definition, FormRule
from handrail.fields.queries import compared, setup_of
from handrail.tickets.events import FieldChanged
from handrail.tickets.models import Ticket
from handrail.tickets.models.categories import Category
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true"}
REASONS = [
    {"key": "late", "labels": {"en": "Late", "de": "Verspätet"}},
    {"key": "lost", "labels": {"en": "Lost", "de": "Verloren"}},
]


@pytest.fixture
def define(ada):
    def make(key, kind=Kind.TEXT, **settings):
        settings.setdefault("labels", {"en": key.title()})
        return Definition.define(noun=Noun.TICKET, key=key, kind=kind, by=ada.user, at=NINE, **settings)

    return make


@pytest.fixture
def reason(define):
    return define("reason", Kind.CHOICE, choices=REASONS)


def rule(ada, effects, *conditions):
    made = Rule(name="Rule", conditions=conditions, effects=tuple(effects))
    return FormRule.make(noun=Noun.TICKET, rule=made, by=ada.user, at=NINE)


def sent(**values):
    return {"stood": list(values), **{f"field.{key}": value for key, value in values.items()}}


def test_filling_a_field_is_a_fact_with_what_was_and_what_is(nadia, lost_parcel, reason):
    lost_parcel.fill({"reason": "late"}, by=nadia, at=NINE)
    lost_parcel.fill({"reason": "lost"}, by=nadia, at=NINE)
    lost_parcel.fill({"reason": "lost"}, by=nadia, at=NINE)

    lost_parcel.refresh_from_db()
    assert lost_parcel.fields == {"reason": "lost"}
    told = {"ticket_id": lost_parcel.pk, "by_agent_id": nadia.pk, "field": "reason", "at": NINE}
    assert facts_about(lost_parcel.pk, kinds=[FieldChanged]) == [
        FieldChanged(**told, was=None, now="late"),
        FieldChanged(**told, was="late", now="lost"),
    ]


def test_two_who_fill_different_fields_at_once_lose_nothing(nadia, omar, lost_parcel, reason, define):
    define("order")
    same = Ticket.objects.get(pk=lost_parcel.pk)

    lost_parcel.fill({"reason": "late"}, by=nadia, at=NINE)
    same.fill({"order": "4471"}, by=omar, at=NINE)

    assert Ticket.objects.get(pk=lost_parcel.pk).fields == {"reason": "late", "order": "4471"}


def test_all_or_nothing_is_kept(nadia, lost_parcel, reason, define):
    define("order")

    with pytest.raises(NotFitting) as refusal:
        lost_parcel.fill({"reason": "stolen", "order": "4471"}, by=nadia, at=NINE)

    assert refusal.value.problems == {"reason": "Choose one of the list."}
    assert Ticket.objects.get(pk=lost_parcel.pk).fields == {}


def test_a_retired_field_keeps_its_values_and_says_so(nadia, ada, lost_parcel, reason, client_of):
    lost_parcel.fill({"reason": "late"}, by=nadia, at=NINE)
    reason.retire(by=ada.user, at=NINE)

    page = client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()

    assert Ticket.objects.get(pk=lost_parcel.pk).fields == {"reason": "late"}
    assert "no longer defined" in page
    with pytest.raises(NotFitting):
        lost_parcel.fill({"reason": "lost"}, by=nadia, at=NINE)
    reason.restore(by=ada.user, at=NINE)
    lost_parcel.fill({"reason": "lost"}, by=nadia, at=NINE)


def test_renaming_changes_words_and_no_value(nadia, ada, lost_parcel, reason, client_of):
    lost_parcel.fill({"reason": "late"}, by=nadia, at=NINE)
    named = [{"key": "late", "labels": {"en": "Delayed"}}, REASONS[1]]

    reason.edit(by=ada.user, at=NINE, labels={"en": "Cause"}, choices=named)

    page = client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()
    assert '<dt>Cause</dt><dd dir="auto">Delayed</dd>' in page
    assert "set <b>Cause</b> to <b>Delayed</b>" in page


def test_the_page_saves_through_the_same_verb(nadia, lost_parcel, reason, client_of):
    browser, address = client_of(nadia), f"/tickets/{lost_parcel.number}/fields"
    assert 'name="field.reason"' in browser.get(address, headers=BY_SCRIPT).content.decode()

    refused = browser.post(address, sent(reason="stolen"), headers=BY_SCRIPT)
    saved = browser.post(address, sent(reason="late"), headers=BY_SCRIPT)

    assert (refused.status_code, saved.status_code) == (422, 200)
    assert "Choose one of the list." in refused.content.decode()
    assert Ticket.objects.get(pk=lost_parcel.pk).fields == {"reason": "late"}


def test_nothing_is_saved_that_the_page_would_not_show(nadia, ada, lost_parcel, reason, define, client_of):
    define("order")
    rule(
        ada,
        [Effect(field="order", deed="show"), Effect(field="order", deed="require")],
        Condition(about="field.reason", test="is", values=("lost",)),
    )
    browser, address = client_of(nadia), f"/tickets/{lost_parcel.number}/fields"

    late = browser.post(address, {**sent(reason="late"), "preview": "1"}, headers=BY_SCRIPT).content.decode()
    lost = browser.post(address, {**sent(reason="lost"), "preview": "1"}, headers=BY_SCRIPT).content.decode()

    assert ('name="field.order"' in late, 'name="field.order"' in lost) == (False, True)
    assert Ticket.objects.get(pk=lost_parcel.pk).fields == {}
    for wanted in ({"reason": "late", "order": "1"}, {"order": "1"}, {"reason": "lost"}):
        with pytest.raises(NotFitting):
            lost_parcel.fill(wanted, by=nadia, at=NINE)
        assert browser.post(address, sent(**wanted), headers=BY_SCRIPT).status_code == 422
    lost_parcel.fill({"reason": "lost", "order": "1"}, by=nadia, at=NINE)


def test_a_status_can_demand_a_field(nadia, ada, lost_parcel, reason, client_of):
    rule(
        ada,
        [Effect(field="reason", deed="require")],
        Condition(about="status", test="is", values=("closed",)),
    )
    browser = client_of(nadia)

    with pytest.raises(Ticket.FieldsMissing):
        lost_parcel.close(by=nadia, reason="Delivered", at=NINE)
    refused = browser.post(f"/tickets/{lost_parcel.number}/closure", {"reason": "Found"}, headers=BY_SCRIPT)

    assert refused.status_code == 422
    assert "Fill in first: Reason" in refused.content.decode()
    lost_parcel.fill({"reason": "late"}, by=nadia, at=NINE)
    lost_parcel.close(by=nadia, reason="Delivered", at=NINE)
    assert lost_parcel.status == Category.CLOSED


def test_nobody_learns_from_the_timeline_what_their_role_does_not_see(
    nadia, iris, lost_parcel, define, client_of
):
    define("margin", Kind.NUMBER, visible_to=["lead"], labels={"en": "Margin"})
    lost_parcel.fill({"margin": "12345"}, by=iris, at=NINE)

    pages = {
        who: client_of(who).get(f"/tickets/{lost_parcel.number}").content.decode() for who in (nadia, iris)
    }

    assert ("Margin" in pages[iris], "12,345" in pages[iris]) == (True, True)
    assert ("Margin" in pages[nadia], "12,345" in pages[nadia]) == (False, False)
    assert "Margin" not in client_of(nadia).get(f"/tickets/{lost_parcel.number}/fields").content.decode()


def test_S_020_a_relation_to_a_foreign_ticket_is_one_to_nothing(
    nadia, piet, house, lost_parcel, define, write
):
    define("twin", Kind.RELATION, to="ticket")
    mine = write(external_id="other@nordlys.example").ticket
    foreign = Ticket.objects.create(
        subject="Secret",
        channel="email",
        brand=house.office,
        requester=lost_parcel.requester,
        created_at=NINE,
        updated_at=NINE,
    )

    problems = []
    for wanted in (str(foreign.number), str(foreign.pk), "999999"):
        with pytest.raises(NotFitting) as refusal:
            lost_parcel.fill({"twin": wanted}, by=nadia, at=NINE)
        problems.append(refusal.value.problems)
    assert problems[0] == problems[1] == problems[2]
    lost_parcel.fill({"twin": f"#{mine.number}"}, by=nadia, at=NINE)
    assert lost_parcel.fields == {"twin": str(mine.pk)}


def test_fields_are_found_by_value_and_compared_by_kind(nadia, lost_parcel, reason, define):
    define("amount", Kind.NUMBER)
    define("day", Kind.DATE)
    define("marks", Kind.MANY, choices=REASONS)
    lost_parcel.fill(
        {"reason": "late", "amount": "9.5", "day": "2026-11-30", "marks": ["lost"]}, by=nadia, at=NINE
    )
    setup = setup_of(Noun.TICKET)

    def finds(key, how, value):
        field = setup.field(key)
        assert field
        return Ticket.objects.filter(compared(field, how, value)).exists()

    found = {
        case: finds(*case)
        for case in [
            ("reason", "=", "late"),
            ("reason", "=", "lost"),
            ("amount", ">", "9"),
            ("amount", ">", "10"),
            ("day", "<", "2026-12-01"),
            ("day", ">", "2026-12-01"),
            ("marks", "=", "lost"),
            ("marks", "=", "late"),
        ]
    }
    assert list(found.values()) == [True, False, True, False, True, False, True, False]


def test_three_hundred_fields_cost_the_page_no_further_query(
    nadia, lost_parcel, define, client_of, django_assert_num_queries
):
    browser, address = client_of(nadia), f"/tickets/{lost_parcel.number}"
    define("field_7")
    lost_parcel.fill({"field_7": "six"}, by=nadia, at=NINE)
    browser.get(address, headers=BY_SCRIPT)
    with django_assert_num_queries(10):
        few = browser.get(address, headers=BY_SCRIPT)
    for n in range(8, 308):
        define(f"field_{n}", labels={"en": f"Field {n}"})
    lost_parcel.fill({"field_7": "seven"}, by=nadia, at=NINE)
    browser.get(address, headers=BY_SCRIPT)

    with django_assert_num_queries(10):
        many = browser.get(address, headers=BY_SCRIPT)

    assert "300 more" in many.content.decode()
    assert len(many.content) - len(few.content) < 3_000
