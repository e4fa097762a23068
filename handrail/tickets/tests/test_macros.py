"""Macros: who is offered them, what they would do, and that all of it happens or nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from handrail.events.queries import facts_about
from handrail.kit import clock
from handrail.tickets import answering
from handrail.tickets.doing import Change, MoveTo, Unfit, read
from handrail.tickets.events import MacroTakenBack, MacroUsed
from handrail.tickets.macros.applying import use
from handrail.tickets.macros.choosing import macros_for, use_from
from handrail.tickets.macros.laying_out import laid_out, steps_of
from handrail.tickets.macros.reporting import Outcome, outcomes_of
from handrail.tickets.models import Draft, Macro, Message, Ticket
from handrail.tickets.models.macro import Recipe, Wording

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
LATE = Recipe(
    name="Parcel is late",
    actions=[["priority", "3"], ["tag", "late"], ["status", "closed:solved"]],
    wordings={
        "": Wording(text="Hello {{customer.first_name|there}}, we look for it. {{agent.first_name}}"),
        "de": Wording(text="Hallo {{customer.first_name|Sie}}, wir suchen es."),
    },
)


@pytest.fixture
def macro(nadia):
    """Make a macro of Nadia's: `macro(name="…")` changes the recipe."""

    def make(**other):
        plan = {name: getattr(LATE, name) for name in LATE.__dataclass_fields__} | other
        return Macro.make(Recipe(**plan), by=nadia, at=clock.now())

    return make


def _offered(ticket, agent, words=""):
    return [each.name for each in macros_for(ticket, agent=agent, words=words, at=clock.now())]


def test_everybodys_macros_are_offered_and_those_of_ones_teams_and_ones_own(
    macro, nadia, omar, house, lost_parcel
):
    macro(name="For all")
    macro(name="For parcels", team=house.parcels)
    macro(name="For me", owner=nadia)
    macro(name="Other brand", brand=house.office)

    assert _offered(lost_parcel, nadia) == ["For all", "For me", "For parcels"]
    assert _offered(lost_parcel, omar) == ["For all"]


def test_a_macro_is_offered_where_its_condition_is_fulfilled(macro, nadia, lost_parcel):
    macro(name="Urgent ones", condition="priority:urgent")
    macro(name="Ours", condition="team:mine status:new,open")
    macro(name="Nonsense", condition="colour:blue")

    assert _offered(lost_parcel, nadia) == ["Ours"]


def test_macros_are_found_by_name_and_by_what_they_say(macro, nadia, lost_parcel):
    macro(name="Parcel is late")
    macro(name="Refund", wordings={"": Wording(text="Your money is on its way.")})

    assert _offered(lost_parcel, nadia, "late") == ["Parcel is late"]
    assert _offered(lost_parcel, nadia, "money") == ["Refund"]


def test_a_retired_macro_is_offered_to_nobody_until_it_is_brought_back(macro, nadia, lost_parcel):
    late = macro()
    late.retire(at=clock.now())
    assert _offered(lost_parcel, nadia) == []

    late.bring_back(at=clock.now())
    assert _offered(lost_parcel, nadia) == ["Parcel is late"]


def test_it_says_beforehand_what_it_would_say_and_change(macro, nadia, lost_parcel):
    layout = laid_out(macro(), lost_parcel, by=nadia, at=clock.now())

    assert layout.text == "Hello Vera, we look for it. Nadia"
    assert [step.change for step in layout.steps] == [
        Change(what="Priority", was="Normal", now="High"),
        Change(what="Tags", was="", now="+ late"),
        Change(what="Status", was="New", now="Closed"),
    ]
    assert Ticket.objects.get(pk=lost_parcel.pk).status == "new"


def test_it_speaks_the_customers_language(macro, nadia, lost_parcel):
    lost_parcel.language = "de-AT"

    assert laid_out(macro(), lost_parcel, by=nadia, at=clock.now()).text == "Hallo Vera, wir suchen es."


def test_an_unknown_value_is_asked_for_and_what_was_typed_is_used(macro, nadia, lost_parcel):
    plan = macro(wordings={"": Wording(text="Your plan is {{customer.plan}}.")})
    lost_parcel.requester.organisation = None

    asked = laid_out(plan, lost_parcel, by=nadia, at=clock.now())
    told = laid_out(plan, lost_parcel, by=nadia, answers={"customer.plan": "<b>Gold</b>"}, at=clock.now())

    assert list(asked.missing) == ["customer.plan"]
    assert (told.missing, told.text) == ({}, "Your plan is <b>Gold</b>.")
    assert "<b>" not in told.html


def test_what_somebody_typed_never_takes_the_place_of_a_known_value(macro, nadia, lost_parcel):
    layout = laid_out(macro(), lost_parcel, by=nadia, answers={"customer.first_name": "Boss"}, at=clock.now())

    assert "Hello Vera" in layout.text


def test_all_of_it_happens_or_nothing(macro, nadia, lost_parcel, monkeypatch, house):
    layout = laid_out(macro(), lost_parcel, by=nadia, at=clock.now())
    wrong = read("team", str(house.billing.pk), by=nadia)
    assert isinstance(wrong, MoveTo)
    wrong.team.brand_id = uuid4()  # the team went to another brand meanwhile
    using = use_from(layout.macro, layout.steps)
    using = type(using)(macro=using.macro, actions=[*using.actions, wrong])

    with pytest.raises(Unfit, match="another brand"):
        use(lost_parcel, using, by=nadia, at=clock.now())

    fresh = Ticket.objects.get(pk=lost_parcel.pk)
    assert (fresh.priority, fresh.status, fresh.taggings.count()) == (2, "new", 0)


def _send(client, ticket, macro, **fields):
    fields = {"body": "We look for it.", "key": uuid4(), "macro": macro.pk, **fields}
    return client.post(f"/tickets/{ticket.number}/replies", fields, headers=BY_SCRIPT)


def test_sending_the_words_does_the_rest_in_the_same_moment(macro, nadia, lost_parcel, client_of):
    late = macro()

    assert _send(client_of(nadia), lost_parcel, late).status_code == 200

    ticket = Ticket.objects.get(pk=lost_parcel.pk)
    assert (ticket.status, ticket.priority) == ("closed", 3)
    message = Message.objects.get(kind="reply")
    (told,) = facts_about(ticket.pk, kinds=[MacroUsed])
    assert isinstance(told, MacroUsed)
    assert (told.macro_id, told.message_id) == (late.pk, message.pk)


def test_what_was_struck_out_is_not_done(macro, nadia, lost_parcel, client_of):
    _send(client_of(nadia), lost_parcel, macro(), struck="0,2")

    ticket = Ticket.objects.get(pk=lost_parcel.pk)
    assert (ticket.status, ticket.priority) == ("waiting", 2)
    assert [each.tag.name for each in ticket.taggings.all()] == ["late"]


def test_pressed_twice_it_is_used_once(macro, nadia, lost_parcel, client_of):
    late, key = macro(), uuid4()

    for _press in range(2):
        _send(client_of(nadia), lost_parcel, late, key=key)

    assert len(facts_about(lost_parcel.pk, kinds=[MacroUsed])) == 1


def test_a_macro_that_is_gone_sends_nothing_and_keeps_the_words(macro, nadia, lost_parcel, client_of):
    late = macro()
    late.retire(at=clock.now())

    refused = _send(client_of(nadia), lost_parcel, late)

    assert refused.status_code == 409
    assert "We look for it.</textarea>" in refused.content.decode()
    assert not Message.objects.filter(kind="reply").exists()


def test_a_macro_without_words_is_done_at_once(macro, nadia, lost_parcel, client_of):
    quiet = macro(wordings={})
    address = f"/tickets/{lost_parcel.number}/macros/{quiet.pk}"

    shown = client_of(nadia).get(address, headers=BY_SCRIPT).content.decode()
    done = client_of(nadia).post(address, headers=BY_SCRIPT)

    assert "Do it" in shown
    assert "Set the priority to High" in shown
    assert done.status_code == 200
    assert Ticket.objects.get(pk=lost_parcel.pk).priority == 3


def test_without_script_the_words_are_in_the_draft_with_what_they_do(macro, nadia, lost_parcel, client_of):
    late = macro()

    client_of(nadia).post(f"/tickets/{lost_parcel.number}/draft/macros/{late.pk}")
    page = client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()

    assert Draft.objects.get().macro == late
    assert "Hello Vera, we look for it. Nadia" in page
    assert f'name="macro" value="{late.pk}"' in page


def test_a_value_that_is_missing_is_asked_for_before_anything_is_taken(macro, nadia, lost_parcel, client_of):
    from handrail.customers.models import Person

    Person.objects.filter(pk=lost_parcel.requester_id).update(organisation=None)
    plan = macro(wordings={"": Wording(text="Your plan is {{customer.plan}}.")})
    address = f"/tickets/{lost_parcel.number}/draft/macros/{plan.pk}"

    asked = client_of(nadia).post(address, headers=BY_SCRIPT)
    given = client_of(nadia).post(address, {"value.customer.plan": "Gold"}, headers=BY_SCRIPT)

    assert asked.status_code == 422
    assert 'name="value.customer.plan"' in asked.content.decode()
    assert "Your plan is Gold." in given.content.decode()


def test_colleagues_cannot_use_or_change_somebodys_own_macro(
    macro, nadia, omar, iris, lost_parcel, client_of
):
    mine = macro(owner=nadia)

    assert client_of(omar).get(f"/macros/{mine.pk}").status_code == 404
    assert client_of(iris).get(f"/macros/{mine.pk}").status_code == 404
    use_it = f"/tickets/{lost_parcel.number}/macros/{mine.pk}"
    assert client_of(omar).post(use_it, headers=BY_SCRIPT).status_code == 404


def test_only_who_may_share_makes_macros_for_others(nadia, iris, client_of):
    fields = {"name": "Refund", "whose": "everyone", "mode": "reply", "text_": "Money comes back."}

    assert client_of(nadia).post("/macros/new", fields).status_code == 422
    assert client_of(iris).post("/macros/new", fields).status_code == 303
    assert Macro.objects.get().scope == "everyone"


def test_a_wrong_name_a_wrong_condition_and_an_empty_macro_are_said_beside_their_fields(nadia, client_of):
    fields = {
        "name": "X",
        "whose": "mine",
        "mode": "reply",
        "text_": "{{customer.age}}",
        "condition": "colour:blue",
    }

    page = client_of(nadia).post("/macros/new", fields)
    empty = client_of(nadia).post("/macros/new", {"name": "X", "whose": "mine", "mode": "reply"})

    assert page.status_code == 422
    assert "There is no “customer.age”." in page.content.decode()
    assert "There is no field “colour”." in page.content.decode()
    assert "A macro says something or does something" in empty.content.decode()


def test_a_macro_is_tried_on_a_ticket_without_touching_it(macro, iris, lost_parcel, client_of):
    late = macro()

    page = client_of(iris).get(f"/macros/{late.pk}?ticket=%23{lost_parcel.number}").content.decode()

    assert "Hello Vera, we look for it. Iris" in page
    assert Ticket.objects.get(pk=lost_parcel.pk).priority == 2


def test_what_became_of_a_macro_is_counted(macro, nadia, lost_parcel):
    late, now = macro(), clock.now()
    using = use_from(late, steps_of(late, lost_parcel, by=nadia))
    use(lost_parcel, using, by=nadia, at=now)
    Ticket.objects.get(pk=lost_parcel.pk).reopen(by=None, at=now + timedelta(days=1))

    assert outcomes_of([late.pk], at=now + timedelta(days=2)) == {late.pk: Outcome(used=1, reopened=1)}


@pytest.fixture
def answered(macro, nadia, lost_parcel):
    """An answer that carries a macro, and can still be taken back."""

    def send(**recipe):
        used = macro(**recipe)
        at = clock.now()
        using = use_from(used, steps_of(used, lost_parcel, by=nadia))
        words: dict[str, Any] = {"text": "We look for it.", "html": "", "key": uuid4(), "seen": None}
        return answering.answer(lost_parcel, **words, by=nadia, at=at, undo=timedelta(minutes=1), using=using)

    return send


def test_with_an_answer_goes_back_what_its_macro_did(answered, nadia, lost_parcel):
    was = (lost_parcel.priority, lost_parcel.waiting_since)
    message = answered()

    undone = answering.take_back(lost_parcel, message, by=nadia, at=clock.now())

    ticket = Ticket.objects.get(pk=lost_parcel.pk)
    assert undone is not None
    assert (undone.back, undone.stays) == (3, 0)
    assert (ticket.priority, ticket.waiting_since, ticket.status) == (*was, Ticket.Status.OPEN)
    assert ticket.taggings.count() == 0
    (fact,) = facts_about(ticket.pk, kinds=[MacroTakenBack])
    assert (fact.name, fact.by_agent_id) == ("Parcel is late", nadia.pk)


def test_what_somebody_touched_since_stays_as_it_is(answered, nadia, omar, lost_parcel):
    message = answered(actions=[["priority", "3"], ["tag", "late"]])
    lost_parcel.prioritise(Ticket.Priority.URGENT, by=omar, at=clock.now())

    undone = answering.take_back(lost_parcel, message, by=nadia, at=clock.now())

    ticket = Ticket.objects.get(pk=lost_parcel.pk)
    assert undone is not None
    assert (undone.back, undone.stays) == (1, 1)
    assert (ticket.priority, ticket.taggings.count()) == (Ticket.Priority.URGENT, 0)


def test_the_draft_carries_the_macro_again(answered, nadia, lost_parcel):
    message = answered()

    answering.take_back(lost_parcel, message, by=nadia, at=clock.now())

    assert Draft.objects.get(macro__name="Parcel is late")


def test_once_it_has_left_nothing_goes_back(answered, nadia, lost_parcel):
    message = answered()

    with pytest.raises(Ticket.AlreadySent):
        answering.take_back(lost_parcel, message, by=nadia, at=clock.now() + timedelta(minutes=2))

    assert Ticket.objects.get(pk=lost_parcel.pk).priority == 3


def test_the_toast_says_what_went_back(answered, nadia, lost_parcel, client_of):
    message = answered()

    page = client_of(nadia).delete(f"/tickets/{lost_parcel.number}/replies/{message.pk}", headers=BY_SCRIPT)

    assert "Taken back, with what “Parcel is late” had changed." in page.content.decode()
