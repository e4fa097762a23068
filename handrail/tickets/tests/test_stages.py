"""Statuses by an admin's words, and who may move a ticket where."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from handrail.accounts.models import Role
from handrail.events.queries import facts_about
from handrail.tickets import stages
from handrail.tickets.events import StatusChanged, StatusSet, TicketHeld, TicketReopened
from handrail.tickets.models import ForbiddenMove, Status, Ticket
from handrail.tickets.models.categories import Category
from tests.cast import NINE


@pytest.fixture
def customs(ada) -> Status:
    labels = {"en": "At customs", "de": "Beim Zoll"}
    return Status.make(key="at-customs", category=Category.HOLD, labels=labels, by=ada.user, at=NINE)


@pytest.fixture
def refunded(ada) -> Status:
    labels = {"en": "Refunded"}
    return Status.make(key="refunded", category=Category.CLOSED, labels=labels, by=ada.user, at=NINE)


def forbid(role: Role, ada, *moves):
    ForbiddenMove.set_for(role, moves, by=ada.user, at=NINE)


def test_a_named_status_counts_as_its_category(nadia, lost_parcel, customs):
    lost_parcel.set_status("at-customs", by=nadia, reason="Papers", at=NINE)

    lost_parcel.refresh_from_db()
    assert (lost_parcel.status, lost_parcel.stage) == (Category.HOLD, customs)
    assert lost_parcel.held.reason == "Papers"
    kinds = [StatusChanged, TicketHeld, StatusSet]
    assert facts_about(lost_parcel.pk, kinds=kinds) == [
        StatusChanged(ticket_id=lost_parcel.pk, was="new", now="hold", now_stage="at-customs", at=NINE),
        TicketHeld(ticket_id=lost_parcel.pk, by_agent_id=nadia.pk, reason="Papers", at=NINE),
        StatusSet(ticket_id=lost_parcel.pk, by_agent_id=nadia.pk, was="new", now="at-customs", at=NINE),
    ]


def test_within_a_category_only_the_name_changes(nadia, lost_parcel, customs):
    lost_parcel.hold(by=nadia, reason="Waits for the ship", at=NINE)

    lost_parcel.set_status("at-customs", by=nadia, at=NINE)

    assert (lost_parcel.status, lost_parcel.stage_id) == (Category.HOLD, customs.pk)
    assert lost_parcel.held.reason == "Waits for the ship"
    assert len(facts_about(lost_parcel.pk, kinds=[StatusChanged])) == 1


def test_whatever_takes_the_ticket_on_leaves_the_named_status(nadia, lost_parcel, customs, write):
    lost_parcel.set_status("at-customs", by=nadia, at=NINE)

    write(lost_parcel, external_id="second@nordlys.example")

    lost_parcel.refresh_from_db()
    assert (lost_parcel.status, lost_parcel.stage_id) == (Category.OPEN, None)
    last = facts_about(lost_parcel.pk, kinds=[StatusChanged])[-1]
    assert isinstance(last, StatusChanged)
    assert (last.was, last.was_stage, last.now, last.now_stage) == ("hold", "at-customs", "open", "")


def test_a_named_end_closes_and_another_one_opens_again(nadia, lost_parcel, refunded):
    lost_parcel.set_status("refunded", by=nadia, at=NINE)
    assert (lost_parcel.status, lost_parcel.closure.reason) == (Category.CLOSED, "Refunded")

    lost_parcel.set_status("waiting", by=nadia, at=NINE)

    assert (lost_parcel.status, lost_parcel.stage_id) == (Category.WAITING, None)
    assert len(facts_about(lost_parcel.pk, kinds=[TicketReopened])) == 1


@pytest.mark.parametrize("key", ["new", "merged", "no-such"])
def test_nobody_moves_a_ticket_by_hand_to_what_comes_by_itself(nadia, lost_parcel, key):
    with pytest.raises(Ticket.NoSuchStatus):
        lost_parcel.set_status(key, by=nadia, at=NINE)


def test_who_is_second_is_told(nadia, omar, lost_parcel, customs):
    same = Ticket.objects.get(pk=lost_parcel.pk)
    lost_parcel.set_status("hold", by=nadia, at=NINE)
    same.refresh_from_db()
    lost_parcel.set_status("at-customs", by=nadia, at=NINE)

    with pytest.raises(Ticket.AlreadyThere):
        same.set_status("at-customs", by=omar, at=NINE)


def test_a_forbidden_move_is_refused_by_every_verb_and_only_to_that_role(
    nadia, iris, ada, house, lost_parcel, refunded
):
    agents = house.roles["agent"]
    forbid(
        agents,
        ada,
        ("new", "closed"),
        ("new", "refunded"),
        ("new", "solved"),
        ("new", "hold"),
        ("new", "spam"),
    )

    for verb in (
        lambda: lost_parcel.close(by=nadia, reason="Delivered", at=NINE),
        lambda: lost_parcel.solve(by=nadia, at=NINE),
        lambda: lost_parcel.hold(by=nadia, reason="Customs", at=NINE),
        lambda: lost_parcel.mark_spam(by=nadia, at=NINE),
        lambda: lost_parcel.set_status("refunded", by=nadia, at=NINE),
        lambda: lost_parcel.set_status("solved", by=nadia, at=NINE),
    ):
        with pytest.raises(Ticket.MoveForbidden):
            verb()
    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Category.NEW
    lost_parcel.set_status("refunded", by=iris, at=NINE)
    with pytest.raises(Ticket.AlreadyClosed):
        lost_parcel.close(by=None, reason="By itself", at=NINE)


def test_reopening_is_a_move_too(nadia, ada, house, lost_parcel):
    lost_parcel.close(by=nadia, reason="Delivered", at=NINE)
    forbid(house.roles["agent"], ada, ("closed", "open"))

    with pytest.raises(Ticket.MoveForbidden):
        lost_parcel.reopen(by=nadia, at=NINE)


def test_a_change_counts_at_once_and_what_is_taken_back_never_counted(ada, house):
    with transaction.atomic():
        Status.make(key="gone", category=Category.OPEN, labels={"en": "Gone"}, by=ada.user, at=NINE)
        assert stages.stages().by_key("gone")
        transaction.set_rollback(True)

    assert stages.stages().by_key("gone") is None
    Status.make(key="here", category=Category.OPEN, labels={"en": "Here"}, by=ada.user, at=NINE)
    assert [stages.stages().by_key(key) is not None for key in ("here", "gone")] == [True, False]


def test_nothing_is_read_again_while_nothing_changed(ada, customs, django_assert_num_queries):
    stages.stages()

    with django_assert_num_queries(1):
        stages.stages()


def test_the_database_keeps_a_named_status_within_its_category(lost_parcel, customs):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=lost_parcel.pk).update(stage=customs)


def test_a_status_has_its_key_alone_for_ever_and_none_of_a_category(ada, customs):
    customs.retire(into=None, by=ada.user, at=NINE)

    for key in ("at-customs", "hold"):
        with pytest.raises(Status.KeyTaken):
            Status.make(key=key, category=Category.OPEN, labels={}, by=ada.user, at=NINE)


def test_its_words_follow_the_readers_language(customs):
    with override("de"):
        assert stages.stages().words_of("at-customs") == "Beim Zoll"
    with override("en"):
        assert stages.stages().words_of("at-customs") == "At customs"
    assert stages.stages().words_of("long-forgotten") == "long-forgotten"
