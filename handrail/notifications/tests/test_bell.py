"""The bell: its number, its page, its switches."""

from datetime import timedelta

import pytest

from handrail.events.live.gates import Viewer
from handrail.notifications import queries, ticking_off
from handrail.notifications.models import Kind, Mute, Notification
from handrail.notifications.watching import may_watch_user
from handrail.tickets.models import Visit
from tests.cast import NINE


@pytest.fixture
def rings(nadia, lost_parcel):
    """Let Nadia be told of a message on the lost parcel, so often."""

    def ring(times: int = 1, kind: Kind = Kind.WROTE_AGAIN) -> None:
        for turn in range(times):
            Notification.tell(
                nadia,
                kind,
                ticket_id=lost_parcel.pk,
                message_id=lost_parcel.messages.first().pk,
                cause=f"{kind} {turn} {Notification.objects.count()}",
                at=NINE + timedelta(minutes=turn),
            )

    return ring


def test_the_bell_counts_what_is_unread(nadia, rings, client_of):
    rings(2)

    answer = client_of(nadia).get("/notifications/count").content.decode()

    assert ">2<" in answer


def test_the_bell_is_silent_when_there_is_nothing(nadia, client_of):
    answer = client_of(nadia).get("/notifications/count").content.decode()

    assert answer.strip().endswith("></span>")


def test_a_look_at_the_ticket_answers_what_was_told_before_it(nadia, lost_parcel, rings):
    rings()
    assert queries.unread_count(nadia) == 1

    Visit.note(ticket_id=lost_parcel.pk, agent=nadia, at=NINE + timedelta(hours=1))

    assert queries.unread_count(nadia) == 0


def test_a_look_of_a_colleague_answers_nothing(nadia, omar, lost_parcel, rings):
    rings()

    Visit.note(ticket_id=lost_parcel.pk, agent=omar, at=NINE + timedelta(hours=1))

    assert queries.unread_count(nadia) == 1


def test_ticking_off_reads_everything_of_mine_and_nothing_of_others(nadia, omar, lost_parcel, rings):
    rings(2)
    Notification.tell(omar, Kind.ASSIGNED, ticket_id=lost_parcel.pk, cause="1", at=NINE)

    ticking_off.all_of(nadia, at=NINE + timedelta(hours=1))

    assert (queries.unread_count(nadia), queries.unread_count(omar)) == (0, 1)


def test_messages_on_one_ticket_stand_together_in_one_line(nadia, rings):
    rings(3)
    rings(1, Kind.ASSIGNED)

    assert sorted((told.kind, told.times) for told in queries.latest(nadia)) == [
        ("assigned", 1),
        ("wrote-again", 3),
    ]


def test_the_page_says_who_did_what_on_which_ticket(nadia, lost_parcel, rings, client_of):
    rings()

    page = client_of(nadia).get("/notifications").content.decode()

    assert "Vera Lindqvist wrote again" in page
    assert f"#{lost_parcel.number} Where is my parcel?" in page


def test_an_agent_who_lost_the_brand_is_shown_nothing_of_its_tickets(nadia, house, rings, client_of):
    rings()
    nadia.user.brands.set([house.office])

    browser = client_of(nadia)

    assert "Where is my parcel?" not in browser.get("/notifications").content.decode()
    assert ">1<" not in browser.get("/notifications/count").content.decode()


def test_a_customer_has_no_bell(vera, client_of):
    assert client_of(vera).get("/notifications").status_code == 403


def test_the_switches_are_kept(nadia, client_of):
    browser = client_of(nadia)

    answer = browser.post("/settings/notifications", {"wanted": ["assigned"]})

    assert answer.status_code == 302
    assert sorted(Mute.objects.values_list("kind", flat=True)) == sorted(
        {kind.value for kind in Kind} - {"assigned"}
    )
    assert browser.get("/settings/notifications").content.decode().count(" checked") == 1


def test_a_made_up_kind_is_refused_and_changes_nothing(nadia, client_of):
    answer = client_of(nadia).post("/settings/notifications", {"wanted": ["everything"]})

    assert answer.status_code == 422
    assert not Mute.objects.exists()


def test_S_022_nobody_watches_the_bell_of_somebody_else(nadia, omar):
    viewer = Viewer(user_id=nadia.user_id, session_key="x")

    assert may_watch_user(viewer, str(nadia.user_id))
    assert not may_watch_user(viewer, str(omar.user_id))
    assert not may_watch_user(viewer, "%")


def test_the_bell_costs_the_same_queries_for_one_row_and_for_three(nadia, rings, django_assert_num_queries):
    rings(1)
    nadia.brand_ids  # noqa: B018 - read once per request, before
    with django_assert_num_queries(2):
        queries.unread_count(nadia)
        queries.latest(nadia)
    rings(1, Kind.ASSIGNED)
    rings(1, Kind.MENTIONED)
    with django_assert_num_queries(2):
        queries.unread_count(nadia)
        assert len(queries.latest(nadia)) == 3
