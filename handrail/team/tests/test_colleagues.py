"""Colleagues: invited, placed, shut out and let in again, never above the giver's own rights."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.accounts import factors
from handrail.accounts.models import AuditEntry, Letter, Role, User
from handrail.accounts.tests.conftest import App
from handrail.events.queries import facts_about
from handrail.kit import clock
from handrail.team import inviting
from handrail.team.inviting import Post
from handrail.team.models import Agent, Team
from tests.cast import NINE


@pytest.fixture
def manager(house, iris):
    """Iris, whose role may manage people, but not everything."""
    rights = [*house.roles["lead"].rights, "accounts.manage"]
    Role.objects.filter(key="lead").update(rights=rights)
    return Agent.objects.select_related("user__role").get(pk=iris.pk)


@pytest.fixture
def ben(house):
    """The form for a new colleague."""
    return {
        "name": "Ben Adler",
        "email": "Ben@harbour.example",
        "role": house.roles["agent"].pk,
        "brands": [house.harbour.pk],
        "teams": [house.parcels.pk],
        "tier": "2",
        "title": "Night desk",
    }


def post_of(house, role="agent", **more) -> Post:
    return Post(**{"role": house.roles[role], "brands": [house.harbour], "teams": [house.parcels]} | more)


def test_ada_invites_a_colleague_who_comes_in_by_the_mailed_link(ada, client_of, ben):
    client_of(ada).post("/settings/colleagues", ben)

    agent = Agent.objects.get(name="Ben Adler")
    letter = Letter.objects.get(to="ben@harbour.example")
    assert (agent.tier, agent.title, [team.key for team in agent.teams.all()]) == (
        2,
        "Night desk",
        ["parcels"],
    )
    assert "Ada Moreno invites you" in letter.text
    browser = Client()
    browser.post(letter.link.removeprefix(settings.BASE_URL))
    assert browser.get("/inbox").status_code == 200


def test_an_address_that_is_taken_is_said_and_nothing_is_made(ada, nadia, client_of, ben):
    answer = client_of(ada).post("/settings/colleagues", ben | {"email": "NADIA@harbour.example"})

    assert answer.status_code == 409
    assert "Somebody has this address already." in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_team_is_given_with_its_brand_only(ada, house, client_of, ben):
    answer = client_of(ada).post("/settings/colleagues", ben | {"teams": [house.office_desk.pk]})

    assert answer.status_code == 422
    assert "Office desk: tick the brand of this team too." in answer.content.decode()


def test_the_first_choice_for_a_new_colleague_is_agent_and_not_admin(ada, house, client_of):
    page = client_of(ada).get("/settings/colleagues").content.decode()

    assert f'<option value="{house.roles["agent"].pk}" selected>' in page


def test_nobody_hands_out_more_than_they_have(manager, house, client_of, ben):
    browser = client_of(manager)

    for climbing in ({"role": house.roles["admin"].pk}, {"brands": [house.office.pk]}):
        assert browser.post("/settings/colleagues", ben | climbing).status_code == 422
    for post in (post_of(house, "admin"), post_of(house, brands=[house.office], teams=[])):
        with pytest.raises(User.AboveOwnRights):
            inviting.invite(email="x@harbour.example", name="X", post=post, by=manager.user, at=NINE)
    assert not Agent.objects.filter(name="Ben Adler").exists()


def test_nobody_touches_who_may_do_more(manager, ada, client_of):
    browser = client_of(manager)
    place = f"/settings/colleagues/{ada.pk}"

    assert browser.get(place).status_code == 403
    assert browser.post(f"{place}/suspension", {"reason": "Because"}).status_code == 403
    with pytest.raises(User.AboveOwnRights):
        ada.user.suspend(by=manager.user, reason="Because", at=NINE)


def test_a_colleague_of_another_brand_is_not_there(manager, piet, client_of):
    assert client_of(manager).get(f"/settings/colleagues/{piet.pk}").status_code == 404


def test_what_lies_outside_the_givers_brands_stays(manager, nadia, house):
    nadia.user.brands.add(house.office)
    nadia.teams.add(house.office_desk)

    inviting.place(nadia, post_of(house, teams=[house.billing]), by=manager.user, at=NINE)

    assert {brand.key for brand in nadia.user.brands.all()} == {"harbour", "office"}
    assert {team.key for team in nadia.teams.all()} == {"billing", "office-desk"}


def test_another_post_counts_at_once_and_stands_in_the_audit(ada, nadia, house, client_of):
    form = {"role": house.roles["light-agent"].pk, "brands": [house.harbour.pk], "teams": [], "tier": "1"}

    client_of(ada).post(f"/settings/colleagues/{nadia.pk}", form)

    nadia.user.refresh_from_db()
    kinds = set(AuditEntry.objects.filter(subject="Nadia Haddad").values_list("kind", flat=True))
    assert not User.objects.get(pk=nadia.user.pk).may("tickets.reply")
    assert {"user.role-changed", "user.teams-changed"} <= kinds
    assert [type(fact).__name__ for fact in facts_about(nadia.user.pk)] == ["RoleChanged"]


def test_a_suspension_is_said_with_its_reason_and_can_be_lifted(ada, nadia, client_of):
    browser, theirs = client_of(ada), client_of(nadia)
    place = f"/settings/colleagues/{nadia.pk}"

    browser.post(f"{place}/suspension", {"reason": "Moved to the press office"})
    assert theirs.get("/inbox").status_code == 302
    assert "Moved to the press office (Ada Moreno)" in browser.get(place).content.decode()

    browser.post(f"{place}/restoration")
    assert client_of(nadia).get("/inbox").status_code == 200
    assert "Moved to the press office" not in browser.get(place).content.decode()


def test_nobody_shuts_out_themselves_or_the_last_admin(ada, house, client_of):
    answer = client_of(ada).post(f"/settings/colleagues/{ada.pk}/suspension", {"reason": "Oops"}, follow=True)
    assert "That does not go" in answer.content.decode()

    form = {"role": house.roles["agent"].pk, "brands": [house.harbour.pk], "teams": [], "tier": "1"}
    answer = client_of(ada).post(f"/settings/colleagues/{ada.pk}", form)
    assert answer.status_code == 409
    assert "Somebody must stay who may do everything." in answer.content.decode()


def test_who_lost_the_phone_is_freed_of_it_by_an_admin(ada, nadia, client_of):
    secret = factors.new_app_secret()
    factors.add_app(nadia.user, secret=secret, code=App(secret).code(), at=clock.now())
    theirs = client_of(nadia)

    client_of(ada).post(f"/settings/colleagues/{nadia.pk}/factors-removal")

    assert not factors.has_second(nadia.user)
    assert theirs.get("/inbox").status_code == 302
    assert AuditEntry.objects.filter(kind="factor.taken-away", actor="Ada Moreno").exists()


def test_a_new_name_is_told_everywhere(nadia, client_of):
    client_of(nadia).post(
        "/settings/profile",
        {"name": "Nadia H.", "language": "en", "timezone": "UTC", "theme": "auto", "density": "compact"},
    )

    assert Agent.objects.get(pk=nadia.pk).name == "Nadia H."


def test_the_list_costs_the_same_queries_for_one_colleague_and_for_ten(
    ada, house, client_of, django_assert_num_queries
):
    browser = client_of(ada)
    with CaptureQueriesContext(connection) as few:
        browser.get("/settings/colleagues")
    for n in range(9):
        post = post_of(house)
        inviting.invite(email=f"p{n}@harbour.example", name=f"Person {n}", post=post, by=ada.user, at=NINE)

    with django_assert_num_queries(len(few)):
        browser.get("/settings/colleagues")


def test_teams_are_made_and_renamed(ada, house, client_of):
    browser = client_of(ada)
    browser.post("/settings/teams", {"name": "Customs", "brand": house.harbour.pk})
    assert Team.objects.get(key="customs").brand == house.harbour
    refused = browser.post("/settings/teams", {"name": "customs", "brand": house.harbour.pk})
    assert "There is one of that name already." in refused.content.decode()

    browser.post("/settings/teams/customs", {"name": "Customs and tax"})

    assert Team.objects.get(key="customs").name == "Customs and tax"
