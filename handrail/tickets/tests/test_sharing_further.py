"""What goes with a shared draft: macros, the closing, a moment, time; none of it is lost on the way."""

from typing import Any
from uuid import uuid4

import pytest

from handrail.kit import clock
from handrail.tickets import linking, sharing
from handrail.tickets.models import Draft, Message, SharedDraft, Ticket, TimeEntry
from handrail.tickets.models.macro import Macro, Recipe, Wording

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def macro(nadia):
    """Make a macro for everybody, or with `owner=` for one: it answers and makes the ticket urgent."""

    def make(**other: Any) -> Macro:
        recipe: dict[str, Any] = {
            "name": "Look for it",
            "actions": [["priority", "4"]],
            "wordings": {"": Wording(text="We look for it.")},
        }
        return Macro.make(Recipe(**recipe | other), by=nadia, at=clock.now())

    return make


@pytest.fixture
def shared(nadia, lost_parcel) -> SharedDraft:
    words: dict[str, Any] = {"mode": "reply", "text": "It is in the van.", "html": ""}
    return sharing.share(lost_parcel, **words, by=nadia, at=clock.now())


@pytest.fixture
def here(lost_parcel, shared):
    return f"/tickets/{lost_parcel.number}/shared/{shared.pk}"


def sending(**more: Any) -> dict[str, Any]:
    return {"body": "It is in the van.", "version": 1, "key": uuid4(), **more}


def test_a_macro_chosen_before_sharing_goes_along_and_is_done_for_whoever_sends(
    macro, nadia, omar, lost_parcel, client_of
):
    urgent = macro()
    Draft.take_macro(ticket_id=lost_parcel.pk, by=nadia, macro=urgent, at=clock.now())
    words: dict[str, Any] = {"mode": "reply", "text": "It is in the van.", "html": ""}
    draft = sharing.share(lost_parcel, **words, by=nadia, at=clock.now())
    here, omars = f"/tickets/{lost_parcel.number}/shared/{draft.pk}", client_of(omar)
    page = omars.get(here).content.decode()
    assert f'name="macro" value="{urgent.pk}"' in page

    omars.post(f"{here}/sending", sending(macro=urgent.pk), headers=BY_SCRIPT)

    assert Ticket.objects.get(pk=lost_parcel.pk).priority == Ticket.Priority.URGENT
    assert Message.objects.get(kind="reply").agent == omar


def test_a_macro_is_put_into_a_shared_answer_and_taken_off_again(
    macro, omar, shared, here, lost_parcel, client_of
):
    urgent, browser = macro(), client_of(omar)
    taken = f"/tickets/{lost_parcel.number}/draft/macros/{urgent.pk}?shared={shared.pk}"

    said = browser.post(taken, headers=BY_SCRIPT).content.decode()

    assert ("We look for it." in said, SharedDraft.objects.get().macro) == (True, urgent)
    assert not Draft.objects.exists()
    browser.delete(taken, headers=BY_SCRIPT)
    assert SharedDraft.objects.get().macro is None


def test_words_for_colleagues_are_not_offered_for_a_shared_answer_and_not_put_into_it(
    macro, omar, shared, lost_parcel, client_of
):
    inside, browser, ticket = macro(mode="note"), client_of(omar), f"/tickets/{lost_parcel.number}"

    offered = browser.get(f"{ticket}/macros?shared={shared.pk}", headers=BY_SCRIPT).content.decode()
    put = browser.post(f"{ticket}/draft/macros/{inside.pk}?shared={shared.pk}", headers=BY_SCRIPT)

    assert "Look for it" not in offered
    assert (put.status_code, SharedDraft.objects.get().macro) == (404, None)


def test_a_macro_that_the_reader_cannot_use_is_told_and_stays_undone(
    macro, nadia, omar, lost_parcel, shared, here, client_of
):
    sharing.take_macro(shared.pk, macro(owner=nadia), by=nadia)
    browser = client_of(omar)

    assert "a macro that you cannot use" in browser.get(here).content.decode()
    browser.post(f"{here}/sending", sending(), headers=BY_SCRIPT)

    assert Message.objects.filter(kind="reply").exists()
    assert Ticket.objects.get(pk=lost_parcel.pk).priority != Ticket.Priority.URGENT


def test_it_is_sent_and_closes_the_ticket_with_the_time_that_was_spent(omar, here, lost_parcel, client_of):
    browser = client_of(omar)
    assert 'name="closing"' in browser.get(here).content.decode()

    browser.post(f"{here}/sending", sending(closing="solved", spent="20m"), headers=BY_SCRIPT)

    assert Ticket.objects.get(pk=lost_parcel.pk).is_done
    assert TimeEntry.objects.get().minutes == 20


def test_it_leaves_later_and_a_moment_that_is_over_is_refused_with_the_words_kept(omar, here, client_of):
    browser, typed = client_of(omar), {"later": "typed", "later_at": "2020-01-01T08:00"}

    refused = browser.post(
        f"{here}/sending", sending(**typed, body="In the blue van.", closing="solved"), headers=BY_SCRIPT
    )
    draft = SharedDraft.objects.get()
    browser.post(f"{here}/sending", sending(later="tomorrow", version=draft.version), headers=BY_SCRIPT)

    assert (refused.status_code, draft.text) == (422, "In the blue van.")
    assert Message.objects.get(kind="reply").planned is not None


def test_what_is_open_is_asked_about_before_it_closes_the_ticket(
    iris, shared, here, lost_parcel, write, client_of
):
    part = write(external_id="part@nordlys.example").ticket
    linking.link(lost_parcel, part, way="parent-of", by=iris, at=clock.now())

    asked = client_of(iris).post(f"{here}/sending", sending(closing="solved"), headers=BY_SCRIPT)

    assert (asked.status_code, 'name="despite"' in asked.content.decode()) == (409, True)
    client_of(iris).post(
        f"{here}/sending",
        sending(
            closing="solved", despite="The part waits for spring.", version=SharedDraft.objects.get().version
        ),
        headers=BY_SCRIPT,
    )
    assert Ticket.objects.get(pk=lost_parcel.pk).is_done


def test_articles_and_macros_are_offered_for_a_shared_draft(omar, shared, here, lost_parcel, client_of):
    page = client_of(omar).get(here).content.decode()

    assert f'popovertarget="ticket-{lost_parcel.number}-articles"' in page
    assert f"/tickets/{lost_parcel.number}/macros?shared={shared.pk}" in page


def test_who_was_put_in_copy_goes_along_and_comes_back(nadia, omar, lost_parcel, client_of):
    ticket, nadias = f"/tickets/{lost_parcel.number}", client_of(nadia)
    chosen = {"cc": "anna@nordlys.example", "bcc": "boss@harbour.example"}
    nadias.post(f"{ticket}/draft/sharing", {"mode": "reply", "body": "It is in the van.", **chosen})
    here = f"{ticket}/shared/{SharedDraft.objects.get().pk}"

    seen = client_of(omar).get(here).content.decode()
    fewer = {"body": "It is in the van.", "version": 1, "cc": "", "bcc": "boss@harbour.example"}
    client_of(omar).post(here, fewer, headers=BY_SCRIPT)
    nadias.post(here, {"_method": "delete"})

    assert all(f'value="{address}"' in seen for address in chosen.values())
    assert Draft.objects.get().copies == {"cc": None, "bcc": ["boss@harbour.example"]}
