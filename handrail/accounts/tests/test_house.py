"""Roles and brands: edited by those who may, within their own rights."""

import pytest
from django.test import Client

from handrail.accounts.models import AuditEntry, Brand, Letter, Role, User
from handrail.accounts.tests.conftest import root_of
from tests.cast import NINE


def test_a_role_is_made_given_rights_and_deleted(ada, client_of):
    browser = client_of(ada)
    browser.post("/settings/roles", {"name": "Night shift"})
    browser.post(
        "/settings/roles/night-shift",
        {"name": "Night shift", "requires_mfa": "on", "rights": ["tickets.reply", "tickets.note"]},
    )
    role = Role.objects.get(key="night-shift")
    assert (role.rights, role.requires_mfa) == (["tickets.note", "tickets.reply"], True)

    browser.post("/settings/roles/night-shift/removal")

    assert not Role.objects.filter(key="night-shift").exists()
    kinds = list(AuditEntry.objects.filter(kind__startswith="role").values_list("kind", flat=True))
    assert kinds == ["role.made", "role.edited", "role.dissolved"]


def test_a_right_that_nobody_declared_cannot_be_given(ada, client_of):
    answer = client_of(ada).post(
        "/settings/roles/agent", {"name": "Agent", "rights": ["*", "root.everything"]}
    )

    assert answer.status_code == 422
    assert "*" not in Role.objects.get(key="agent").rights


def test_the_admins_role_keeps_every_right(ada, client_of):
    client_of(ada).post("/settings/roles/admin", {"name": "Boss", "rights": []})

    role = Role.objects.get(key="admin")
    assert (role.name, role.rights) == ("Boss", ["*"])


def test_a_role_somebody_has_or_that_is_built_in_stays(ada, nadia, house):
    used = Role.found(key="night", name="Night", by=ada.user, at=NINE)
    nadia.user.take_role(used, by=ada.user, at=NINE)

    for role in (used, house.roles["light-agent"]):
        with pytest.raises(Role.InUse):
            role.dissolve(by=ada.user, at=NINE)


@pytest.mark.parametrize(("role", "wanted"), [("agent", ["accounts.manage"]), ("customer", [])])
def test_nobody_gives_or_takes_a_right_they_do_not_hold(iris, house, role, wanted):
    with pytest.raises(Role.AboveOwnRights):
        house.roles[role].edit(name="X", rights=wanted, requires_mfa=False, by=iris.user, at=NINE)


def test_a_changed_role_counts_from_the_next_click_on(ada, nadia, client_of):
    theirs = client_of(nadia)
    assert theirs.get("/settings/tokens").status_code == 403

    rights = [*nadia.user.role.rights, "api.use"]
    client_of(ada).post("/settings/roles/agent", {"name": "Agent", "rights": rights})

    assert theirs.get("/settings/tokens").status_code == 200


def test_a_brand_is_founded_and_renamed_and_its_founder_works_for_it(ada, client_of):
    browser = client_of(ada)
    browser.post("/settings/brands", {"name": "Harbour Storage"})
    brand = Brand.objects.get(key="harbour-storage")
    assert brand in ada.user.brands.all()
    assert browser.post("/settings/brands", {"name": "harbour storage"}).status_code == 422

    browser.post("/settings/brands/harbour-storage", {"name": "Harbour Boxes"})

    assert Brand.objects.get(key="harbour-storage").name == "Harbour Boxes"


def test_the_last_who_may_do_everything_keeps_the_role(ada, house):
    with pytest.raises(User.LastAdmin):
        ada.user.take_role(house.roles["agent"], by=ada.user, at=NINE)

    root_of(house)
    ada.user.take_role(house.roles["agent"], by=ada.user, at=NINE)
    assert ada.user.role.key == "agent"


def test_the_look_is_kept_and_nothing_else_can_be_slipped_in(nadia, house, client_of):
    browser = client_of(nadia)
    browser.post("/settings/look", {"theme": "dark"})
    sneaky = {"is_active": "0", "role": house.roles["admin"].pk, "email": "evil@example.com", "brands": []}
    browser.post("/settings/look", {"density": "compact", **sneaky})
    typed = {
        "name": "Nadia",
        "language": "de",
        "timezone": "Europe/Berlin",
        "theme": "dark",
        "density": "compact",
    }
    browser.post("/settings/profile", typed | sneaky)

    user = User.objects.get(pk=nadia.user.pk)
    assert (user.theme, user.density, user.language, user.name) == ("dark", "compact", "de", "Nadia")
    assert (user.role.key, user.email, user.is_active) == ("agent", "nadia@harbour.example", True)


@pytest.mark.parametrize(
    "odd", [{"language": "tlh"}, {"timezone": "Mars/Olympus"}, {"theme": "neon"}, {"name": ""}]
)
def test_a_profile_that_makes_no_sense_is_refused_and_kept_on_the_screen(nadia, client_of, odd):
    typed = {"name": "Nadia", "language": "en", "timezone": "UTC", "theme": "auto", "density": "compact"}

    answer = client_of(nadia).post("/settings/profile", typed | odd)

    assert answer.status_code == 422
    assert User.objects.get(pk=nadia.user.pk).timezone == "UTC"


def test_S_045_a_link_goes_to_the_stored_address_only(nadia, run_jobs):

    for lookalike in ("nad\u0131a@harbour.example", "NADIA@HARBOUR.EXAMPLE", "nadia@harbour\u3002example"):
        Client().post("/sign-in/link", {"email": lookalike})
    run_jobs()

    assert {letter.to for letter in Letter.objects.all()} == {"nadia@harbour.example"}
