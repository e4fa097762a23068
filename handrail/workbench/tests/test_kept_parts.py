"""Parts of pages that are kept: alike for all who may do the same, and for nobody else."""

import pytest

from handrail.ui import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(kept, "_drawn", {})


def test_two_who_may_do_the_same_share_what_was_drawn(nadia, omar, client_of):
    first = client_of(nadia).get("/inbox/open").content.decode()
    drawn = dict(kept._drawn)
    second = client_of(omar).get("/inbox/open").content.decode()

    assert drawn
    assert drawn == kept._drawn
    assert all(str(part) in first and str(part) in second for part in drawn.values())


def test_who_may_do_less_is_offered_less(ada, nadia, client_of):
    assert "Settings: Mailboxes" in client_of(ada).get("/inbox/open").content.decode()
    assert "Settings: Mailboxes" not in client_of(nadia).get("/inbox/open").content.decode()


def test_every_language_has_its_own(nadia, client_of):
    client_of(nadia).get("/inbox/open")
    nadia.user.language = "de"
    nadia.user.save()

    assert "Zu Posteingang gehen" in client_of(nadia).get("/inbox/open").content.decode()


def test_what_is_kept_stays_bounded(nadia, client_of, monkeypatch):
    monkeypatch.setattr(kept, "KEPT_AT_MOST", 2)
    for view in ("open", "mine", "closed"):
        client_of(nadia).get(f"/inbox/{view}")
    client_of(nadia).get("/notifications")

    assert len(kept._drawn) <= 2
