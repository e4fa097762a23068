"""What can be done to a ticket by HTTP, and what the second of two is told."""

import re

import pytest

from handrail.kit import clock
from handrail.tickets.models import Ticket

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def act(nadia, lost_parcel, client_of):
    """Post to a part of the ticket as Nadia: `act("closure", reason="solved")`."""
    browser = client_of(nadia)

    def post(part, *, headers=BY_SCRIPT, **fields):
        return browser.post(f"/tickets/{lost_parcel.number}/{part}", fields, headers=headers)

    return post


def test_closing_answers_with_the_changed_panels(act, lost_parcel):
    page = act("closure", reason="Found in the van").content.decode()

    panels = re.findall(rf'<hx-partial hx-target="#ticket-{lost_parcel.number}-(\w+)"', page)
    assert panels == ["head", "timeline", "details", "fields", "checklists", "shared"]
    assert "<b>Nadia Haddad</b> closed it: Found in the van" in page
    assert Ticket.objects.get().closure.reason == "Found in the van"


def test_R_058_who_closes_second_is_told_who_was_faster(act, omar, lost_parcel):
    lost_parcel.close(by=omar, reason="duplicate", at=clock.now())

    refused = act("closure", reason="solved")

    assert refused.status_code == 409
    assert "Omar Benali was faster and closed it: Duplicate" in refused.content.decode()
    assert Ticket.objects.get().closure.reason == "duplicate"


def test_a_closure_without_a_reason_is_refused_in_words(act):
    refused = act("closure", reason=" ")

    assert refused.status_code == 422
    assert "Say why, in a word or two." in refused.content.decode()


def test_a_plain_form_opens_a_closed_ticket_again(act, nadia, lost_parcel):
    lost_parcel.close(by=nadia, reason="solved", at=clock.now())

    answer = act("closure", headers={}, _method="delete")

    assert answer.status_code == 303
    assert Ticket.objects.get().status == Ticket.Status.OPEN


def test_R_058_opening_an_open_ticket_is_a_conflict_in_words(act):
    refused = act("closure", _method="delete")

    assert refused.status_code == 409
    assert "Somebody was faster: it is open already." in refused.content.decode()


def test_nadia_takes_a_ticket(act, nadia):
    page = act("assignment", owner=nadia.pk, seen="").content.decode()

    assert "It is yours." in page
    assert Ticket.objects.get().owner == nadia


def test_R_058_who_acts_on_an_old_picture_is_told_who_has_it(act, nadia, omar, iris, lost_parcel):
    lost_parcel.assign(omar, by=iris, at=clock.now())

    refused = act("assignment", owner=nadia.pk, seen="")

    assert refused.status_code == 409
    assert "Somebody was faster: it is with Omar Benali now." in refused.content.decode()
    assert Ticket.objects.get().owner == omar


def test_a_ticket_cannot_be_given_to_somebody_of_another_brand(act, piet):
    refused = act("assignment", owner=piet.pk)

    assert refused.status_code == 422
    assert Ticket.objects.get().owner is None


def test_a_suspended_colleague_is_not_offered_and_cannot_be_given_anything(
    act, omar, nadia, lost_parcel, client_of
):
    omar.user.is_active = False
    omar.user.save()

    menu = client_of(nadia).get(f"/tickets/{lost_parcel.number}/assignment", headers=BY_SCRIPT)

    assert "Omar Benali" not in menu.content.decode()
    assert act("assignment", owner=omar.pk).status_code == 422


def test_the_menu_offers_colleagues_and_teams_of_the_brand(nadia, omar, piet, lost_parcel, client_of):
    menu = client_of(nadia).get(f"/tickets/{lost_parcel.number}/assignment", headers=BY_SCRIPT)

    page = menu.content.decode()
    assert [name in page for name in ("Omar Benali", "Billing", "Piet Jansen", "Office desk")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_ticket_moves_to_another_team_of_its_brand_only(act, house):
    assert act("team", team=house.office_desk.pk).status_code == 422
    assert act("team", team=house.billing.pk).status_code == 200

    assert Ticket.objects.get().team == house.billing


def test_the_priority_is_one_of_four(act):
    assert act("priority", priority="9").status_code == 422
    assert act("priority", priority="4").status_code == 200

    assert Ticket.objects.get().priority == Ticket.Priority.URGENT


def test_tags_are_put_on_and_taken_off_again(act, lost_parcel):
    act("tags", name="Late Delivery")
    assert list(lost_parcel.taggings.values_list("tag__name", flat=True)) == ["late delivery"]

    act("tags", name="late delivery", _method="delete")
    assert lost_parcel.taggings.count() == 0


def test_a_tag_needs_letters(act):
    assert act("tags", name="   ").status_code == 422


def test_only_tags_of_visible_tickets_are_suggested(act, piet, nadia, lost_parcel, client_of):
    act("tags", name="secret project")
    address = f"/tickets/{lost_parcel.number}/tags"

    assert "secret project" in client_of(nadia).get(address, headers=BY_SCRIPT).content.decode()
    assert client_of(piet).get(address, headers=BY_SCRIPT).status_code == 404


def test_a_light_agent_may_do_none_of_it(lena, lost_parcel, client_of):
    browser = client_of(lena)
    parts = {"closure": {"reason": "solved"}, "assignment": {}, "team": {}, "priority": {}, "tags": {}}

    answers = [
        browser.post(f"/tickets/{lost_parcel.number}/{part}", fields, headers=BY_SCRIPT).status_code
        for part, fields in parts.items()
    ]

    assert answers == [403] * 5
    assert Ticket.objects.get().status == Ticket.Status.NEW


def test_a_form_without_script_returns_to_the_list_it_stood_in(act, nadia, lost_parcel):
    came_from = f"http://testserver/inbox/mine/{lost_parcel.number}"

    answer = act("priority", priority="3", headers={"Referer": came_from})

    assert answer["Location"] == f"/inbox/mine/{lost_parcel.number}"


def test_a_form_from_elsewhere_returns_to_the_ticket(act, lost_parcel):
    answer = act("priority", priority="3", headers={"Referer": "https://evil.example/inbox/x"})

    assert answer["Location"] == f"/tickets/{lost_parcel.number}"
