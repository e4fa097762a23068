"""Setting a status on a ticket's page, and the pages where admins name statuses and moves."""

import pytest

from handrail.events.queries import facts_about
from handrail.tickets import linting, retiring
from handrail.tickets.events import StatusSet
from handrail.tickets.linting import Finding
from handrail.tickets.models import ForbiddenMove, Status, Ticket
from handrail.tickets.models.categories import Category
from handrail.tickets.stages import Stage, stages
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def customs(ada) -> Status:
    return Status.make(
        key="at-customs", category=Category.HOLD, labels={"en": "At customs"}, by=ada.user, at=NINE
    )


def test_the_menu_offers_what_the_role_may_choose(nadia, ada, house, lost_parcel, customs, client_of):
    browser, address = client_of(nadia), f"/tickets/{lost_parcel.number}"
    assert 'name="to" value="solved"' in browser.get(address).content.decode()

    ForbiddenMove.set_for(house.roles["agent"], [("new", "solved")], by=ada.user, at=NINE)

    page = browser.get(address).content.decode()
    assert ('name="to" value="solved"' in page, 'value="at-customs"' in page) == (False, True)
    refused = browser.post(f"{address}/status", {"to": "solved"}, headers=BY_SCRIPT)
    assert refused.status_code == 409
    assert Ticket.objects.get().status == Category.NEW


def test_a_status_is_set_from_the_head(nadia, lost_parcel, customs, client_of):
    browser, address = client_of(nadia), f"/tickets/{lost_parcel.number}/status"

    answer = browser.post(address, {"to": "at-customs", "reason": "Papers"}, headers=BY_SCRIPT)
    unknown = browser.post(address, {"to": "no-such"}, headers=BY_SCRIPT)

    assert (answer.status_code, unknown.status_code) == (200, 422)
    assert "set the status to <b>At customs</b>" in answer.content.decode()
    assert Ticket.objects.get().held.reason == "Papers"


def test_an_end_is_for_those_who_may_close(nadia, house, lost_parcel, client_of):
    role = house.roles["agent"]
    role.rights = [right for right in role.rights if right != "tickets.close"]
    role.save()
    browser, address = client_of(nadia), f"/tickets/{lost_parcel.number}/status"

    assert browser.post(address, {"to": "solved"}, headers=BY_SCRIPT).status_code == 403
    assert browser.post(address, {"to": "waiting"}, headers=BY_SCRIPT).status_code == 200


def test_an_admin_adds_a_status_and_takes_it_away(ada, nadia, lost_parcel, client_of):
    browser = client_of(ada)
    sent = {"label_en": "At customs", "label_de": "Beim Zoll", "key": "at-customs", "category": "hold"}
    browser.post("/settings/statuses", sent)
    made = Status.objects.get()
    lost_parcel.set_status("at-customs", by=nadia, at=NINE)
    assert "1 ticket has this status." in browser.get(f"/settings/statuses/{made.pk}").content.decode()

    browser.post(f"/settings/statuses/{made.pk}/retirement", {"into": ""})

    retired = stages().by_key("at-customs")
    assert retired
    assert retired.retired
    assert retiring.move_some(made.pk, at=NINE) == 1
    assert retiring.move_some(made.pk, at=NINE) == 0
    lost_parcel.refresh_from_db()
    assert (lost_parcel.status, lost_parcel.stage_id) == (Category.HOLD, None)
    assert facts_about(lost_parcel.pk, kinds=[StatusSet])[-1] == StatusSet(
        ticket_id=lost_parcel.pk, by_agent_id=None, was="at-customs", now="hold", at=NINE
    )


def test_tickets_of_a_retired_status_stay_within_their_category(ada, customs):
    other = Status.make(key="lost", category=Category.CLOSED, labels={"en": "Lost"}, by=ada.user, at=NINE)

    with pytest.raises(Status.AnotherCategory):
        retiring.retire(customs, into=other, by=ada.user, at=NINE)


def test_the_matrix_forbids_what_has_no_tick(ada, house, client_of, lost_parcel):
    browser = client_of(ada)
    keys = [each.key for each in stages().offered]
    ticked = [f"{was}>{now}" for was in keys for now in keys if (was, now) != ("open", "closed")]

    told = browser.post("/settings/moves/agent", {"move": [], "preview": "1"}).content.decode()
    browser.post("/settings/moves/agent", {"move": ticked})

    assert "Agent can move no ticket at all" in told
    assert list(ForbiddenMove.objects.values_list("role__key", "was", "now")) == [("agent", "open", "closed")]


def stage(key, category, **changes):
    return Stage(key=key, category=category, **changes)


NODES = [stage("new", Category.NEW), stage("open", Category.OPEN), stage("closed", Category.CLOSED)]


@pytest.mark.parametrize(
    ("forbidden", "found"),
    [
        ([], []),
        ([("open", "closed")], [Finding(kind="dead-end", about="open")]),
        ([("new", "open"), ("new", "closed")], [Finding(kind="dead-end", about="new")]),
        (
            [("new", "closed"), ("open", "closed")],
            [Finding(kind="dead-end", about="open"), Finding(kind="never-done", about="new")],
        ),
    ],
)
def test_the_lint_finds_dead_ends_and_ways_that_lead_nowhere(forbidden, found):
    assert linting.findings(NODES, roles=["agent"], forbidden={"agent": forbidden}) == found


def test_the_lint_finds_what_cannot_be_reached_and_who_can_do_nothing(customs):
    named = stage("customs", Category.HOLD, id=customs.pk)
    barred = [(each.key, "customs") for each in NODES]
    every = [(was.key, now.key) for was in NODES for now in NODES if was.key != now.key]

    unreachable = linting.findings([*NODES, named], roles=["agent"], forbidden={"agent": barred})
    powerless = linting.findings(NODES, roles=["agent", "lead"], forbidden={"agent": every})

    assert unreachable == [Finding(kind="unreachable", about="customs")]
    assert powerless == [Finding(kind="powerless", about="agent")]
