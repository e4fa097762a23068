"""The guard on ending a ticket is overridden with a reason wherever a ticket can end."""

from uuid import uuid4

import pytest

from handrail.events.queries import facts_about
from handrail.kit import clock, drains
from handrail.tickets.bulk.choosing import Choice, order
from handrail.tickets.bulk.foreseeing import foreseen
from handrail.tickets.checklists import putting, writing
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.doing import kept, read_all
from handrail.tickets.events import EndedDespite
from handrail.tickets.models import ChecklistTemplate, Macro, Ticket
from handrail.tickets.models.checklist_template import Step
from handrail.tickets.models.macro import Recipe, Wording

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
CLOSING = [["status", "closed:solved"]]


def with_a_task(ticket, *, by):
    checklist = putting.add(ticket, title="Parcel", by=by, at=clock.now())
    writing.write(checklist, Wanted(text="Call the van"), by=by, at=clock.now())
    return ticket


@pytest.fixture
def held(nadia, lost_parcel):
    """Vera's ticket with an open task."""
    return with_a_task(lost_parcel, by=nadia)


@pytest.fixture
def closing_macro(nadia):
    def make(text=""):
        wordings = {"": Wording(text=text)} if text else {}
        return Macro.make(
            Recipe(name="Done", actions=[["tag", "late"], *CLOSING], wordings=wordings),
            by=nadia,
            at=clock.now(),
        )

    return make


def reasons_on(ticket):
    return [fact.why for fact in facts_about(ticket.pk) if isinstance(fact, EndedDespite)]


def is_closed(ticket):
    return Ticket.objects.get(pk=ticket.pk).status == "closed"


def test_a_macro_asks_once_before_anything_happens(iris, held, closing_macro, client_of):
    here, browser = f"/tickets/{held.number}/macros/{closing_macro().pk}", client_of(iris)

    laid_out = browser.get(here, headers=BY_SCRIPT).content.decode()
    asked = browser.post(here, headers=BY_SCRIPT)
    tags = held.taggings.count()
    browser.post(here, {"despite": "The van is sold"}, headers=BY_SCRIPT)

    assert "Call the van" in laid_out
    assert (asked.status_code, 'name="despite"' in asked.content.decode(), tags) == (422, True, 0)
    assert (is_closed(held), reasons_on(held)) == (True, ["The van is sold"])


def test_a_macro_of_who_may_not_override_does_nothing(nadia, held, closing_macro, client_of):
    here = f"/tickets/{held.number}/macros/{closing_macro().pk}"

    refused = client_of(nadia).post(here, headers=BY_SCRIPT)
    insists = client_of(nadia).post(here, {"despite": "I want to"}, headers=BY_SCRIPT)

    assert (refused.status_code, insists.status_code) == (409, 409)
    assert "Call the van" in refused.content.decode()
    assert (is_closed(held), held.taggings.count()) == (False, 0)


@pytest.mark.parametrize("with_macro", [True, False], ids=["macro", "send-and-close"])
def test_an_answer_that_would_close_asks_why_and_keeps_the_words(
    iris, held, closing_macro, client_of, with_macro
):
    macro = closing_macro("It is on its way.")
    ends = {"macro": str(macro.pk)} if with_macro else {"closing": "solved"}
    words = {"body": "It is on its way.", "key": str(uuid4()), **ends}
    here, browser = f"/tickets/{held.number}/replies", client_of(iris)

    asked = browser.post(here, words, headers=BY_SCRIPT)
    sent_before = held.messages.filter(kind="reply").count()
    browser.post(here, {**words, "despite": "Sold"}, headers=BY_SCRIPT)

    page = asked.content.decode()
    assert (asked.status_code, sent_before) == (409, 0)
    assert ("It is on its way." in page, 'name="despite"' in page) == (True, True)
    assert (is_closed(held), reasons_on(held)) == (True, ["Sold"])


def _planned(by, *tickets):
    made = order(Choice(numbers=[each.number for each in tickets]), by=by, at=clock.now())
    made.plan(kept(read_all(CLOSING, by=by)))
    return made


def test_work_on_many_says_which_are_held_up(iris, held, write):
    free = write(external_id="free@x").ticket
    made = _planned(iris, held, free)

    foresight = foreseen(made, read_all(CLOSING, by=iris), by=iris)

    assert (foresight.changing, foresight.held, foresight.refused) == (1, 1, 0)
    assert [each.trouble for each in foresight.held_up] == ["“Call the van”"]


def test_work_on_many_knows_the_tasks_that_it_puts_on_itself(iris, lost_parcel):
    steps = [Step(text="Pay"), Step(text="Ask how it went", required=False)]
    claims = ChecklistTemplate.make(name="Claims", steps=steps, team=None, by=iris, at=clock.now())
    made = _planned(iris, lost_parcel)

    foresight = foreseen(made, read_all([*CLOSING, ["checklist", str(claims.pk)]], by=iris), by=iris)

    assert (foresight.held, foresight.changing) == (1, 0)
    assert [each.trouble for each in foresight.held_up] == ["“Pay”"]


def test_work_on_many_leaves_them_or_ends_them_with_the_reason(iris, held, write, client_of):
    other = write(external_id="other@x").ticket
    left, ended = _planned(iris, held, other), _planned(iris, held)
    browser = client_of(iris)

    browser.post(f"/tickets/bulk/{left.pk}/run", {"despite": ""})
    drains.empty("bulk")
    before = is_closed(held), is_closed(other)
    browser.post(f"/tickets/bulk/{ended.pk}/run", {"despite": "Season is over"})
    drains.empty("bulk")

    assert before == (False, True)
    assert (is_closed(held), reasons_on(held)) == (True, ["Season is over"])


def test_work_on_many_is_overridden_only_by_who_may(nadia, held, client_of):
    made = _planned(nadia, held)
    browser = client_of(nadia)

    plan = browser.post(f"/tickets/bulk/{made.pk}", {"status": "closed:solved"}).content.decode()
    refused = browser.post(f"/tickets/bulk/{made.pk}/run", {"despite": "I want to"})

    assert ("Call the van" in plan, 'name="despite"' in plan) == (True, False)
    assert refused.status_code == 403
    assert not is_closed(held)


def test_foreseeing_costs_the_same_for_one_that_is_held_up_and_for_three(
    iris, held, write, django_assert_num_queries
):
    more = [with_a_task(write(external_id=f"more-{n}@x").ticket, by=iris) for n in range(2)]
    (action,) = read_all(CLOSING, by=iris)

    for tickets in ([held], [held, *more]):
        with django_assert_num_queries(5):
            found = action.held_among(tickets)

        assert found == {ticket.pk for ticket in tickets}
