"""Deleted tickets: gone for everybody, back as they were, and at last removed for good."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from handrail.events.models import FactRow
from handrail.events.queries import facts_about
from handrail.files import forgetting, storing
from handrail.files.models import StoredFile, path_of
from handrail.kit import clock, drains
from handrail.search.models import Document
from handrail.tickets import merging, planning, purging, trashing
from handrail.tickets.bulk import choosing
from handrail.tickets.bulk.choosing import Choice
from handrail.tickets.checks import trash_is_in_order
from handrail.tickets.doing import Unfit, kept, read, read_all
from handrail.tickets.events import TicketDeleted, TicketPurged, TicketRestored
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Deletion, Message, Snooze, Status, Ticket
from handrail.tickets.queries.trash import trash_of
from handrail.tickets.receiving import receive
from tests.cast import VERA_WRITES


def _deleted(ticket, by, reason="a-test"):
    ticket.trash(by=by, reason=reason, at=clock.now())
    return ticket


def _columns(ticket):
    return Ticket.objects.filter(pk=ticket.pk).values().get()


def _documents(ticket):
    return Document.objects.filter(owner=ticket.pk).count()


def test_it_is_gone_for_everybody_and_comes_back_as_it_was(iris, nadia, vera, lost_parcel, client_of):
    lost_parcel.prioritise(Ticket.Priority.HIGH, by=nadia, at=clock.now())
    before = _columns(lost_parcel)

    _deleted(lost_parcel, iris)

    for agent in (iris, nadia):
        assert not Ticket.objects.visible_to(agent).exists()
    assert not Ticket.objects.requested_by(vera.user).exists()
    assert client_of(nadia).get(f"/tickets/{lost_parcel.number}").status_code == 404
    assert client_of(nadia).get(f"/inbox/all/{lost_parcel.number}").status_code == 404
    assert client_of(vera).get(f"/requests/{lost_parcel.number}").status_code == 404
    assert _documents(lost_parcel) == 0

    lost_parcel.restore(by=iris, at=clock.now())

    assert _columns(lost_parcel) == before
    assert _documents(lost_parcel) == 1
    assert not Deletion.objects.exists()


def test_no_search_list_count_or_suggestion_tells_of_it(iris, nadia, lost_parcel, client_of, write):
    again = write(external_id="again@nordlys.example").ticket
    _deleted(lost_parcel, iris)

    client = client_of(nadia)
    for address in ("/inbox/open", "/inbox/search?q=parcel", f"/inbox/search?q={lost_parcel.number}"):
        page = client.get(address).content.decode()
        assert f"row-{lost_parcel.number}" not in page, address
    history = client.get(f"/tickets/{again.number}").content.decode()
    assert f'/tickets/{lost_parcel.number}"' not in history


def test_who_may_not_delete_neither_deletes_nor_restores_nor_sees_the_trash(
    nadia, iris, piet, lost_parcel, client_of
):
    address = f"/tickets/{lost_parcel.number}/deletion"
    assert client_of(nadia).post(address, {"reason": "a-test"}).status_code == 403
    assert client_of(piet).post(address, {"reason": "a-test"}).status_code == 404
    _deleted(lost_parcel, iris)

    assert client_of(nadia).get("/trash").status_code == 403
    assert client_of(nadia).get(f"/trash/{lost_parcel.number}").status_code == 403
    assert client_of(nadia).post(address, {"_method": "delete"}).status_code == 404
    assert trash_of(nadia) == []
    assert [each.pk for each in trash_of(iris)] == [lost_parcel.pk]


def test_a_lead_deletes_and_takes_it_back_at_once(iris, lost_parcel, client_of):
    client = client_of(iris)
    address = f"/tickets/{lost_parcel.number}/deletion"

    answer = client.post(address, {"reason": "by-mistake", "list": f"/inbox/open/{lost_parcel.number}"})

    assert (answer.status_code, answer["Location"]) == (303, f"/inbox/open?deleted={lost_parcel.number}")
    landed = client.get(answer["Location"]).content.decode()
    assert f'id="undo-deletion-{lost_parcel.number}"' in landed
    assert client.get(f"/tickets/{lost_parcel.number}")["Location"] == f"/trash/{lost_parcel.number}"
    assert "Opened by mistake" in client.get(f"/trash/{lost_parcel.number}").content.decode()

    assert client.post(address, {"_method": "delete"})["Location"] == f"/tickets/{lost_parcel.number}"
    told = client.get(f"/tickets/{lost_parcel.number}").content.decode()
    assert "deleted it: Opened by mistake" in told
    assert "brought it back out of the trash" in told


def test_a_reason_is_asked_for(iris, lost_parcel, client_of):
    answer = client_of(iris).post(f"/tickets/{lost_parcel.number}/deletion", {"reason": " "})

    assert answer.status_code == 422
    assert not Deletion.objects.exists()


def test_of_two_who_delete_or_restore_at_once_one_wins(iris, ada, lost_parcel):
    stale = Ticket.objects.get(pk=lost_parcel.pk)
    _deleted(lost_parcel, iris)
    with pytest.raises(Ticket.InTrash):
        stale.trash(by=ada, reason="a-test", at=clock.now())

    lost_parcel.restore(by=iris, at=clock.now())
    with pytest.raises(Ticket.NotInTrash):
        stale.restore(by=ada, at=clock.now())
    assert len(facts_about(lost_parcel.pk, kinds=[TicketDeleted, TicketRestored])) == 2


def test_what_the_customer_writes_later_brings_it_back(iris, lost_parcel, write):
    _deleted(lost_parcel, iris)

    write(lost_parcel, text="Is anybody there?")

    assert Ticket.objects.get(pk=lost_parcel.pk).status in Ticket.LIVE
    (told,) = facts_about(lost_parcel.pk, kinds=[TicketRestored])
    assert isinstance(told, TicketRestored)
    assert told.by_agent_id is None
    assert _documents(lost_parcel) == 2


def test_a_robots_word_is_kept_and_leaves_it_in_the_trash(iris, lost_parcel, house):
    _deleted(lost_parcel, iris)

    robot = replace(VERA_WRITES, automatic="auto-reply", external_id="away@nordlys.example")
    receive(robot, brand=house.harbour, ticket=lost_parcel, at=clock.now())

    assert Message.objects.filter(ticket=lost_parcel).count() == 2
    assert not Ticket.objects.visible_to(iris).exists()
    assert _documents(lost_parcel) == 0
    lost_parcel.restore(by=iris, at=clock.now())
    assert _documents(lost_parcel) == 2


def test_what_was_merged_into_it_goes_and_comes_back_along(iris, lost_parcel, write):
    other = write(external_id="other@nordlys.example").ticket
    merging.merge([other], into=lost_parcel, by=iris, at=clock.now())

    _deleted(Ticket.objects.get(pk=lost_parcel.pk), iris)

    assert not Ticket.objects.visible_to(iris).exists()
    assert [each.pk for each in trash_of(iris)] == [lost_parcel.pk]
    write(other, text="Hello?")
    rows = dict(Ticket.objects.values_list("pk", "status"))
    assert rows == {lost_parcel.pk: "new", other.pk: "merged"}


def test_a_merged_ticket_is_not_deleted_by_itself(iris, lost_parcel, write):
    other = write(external_id="other@nordlys.example").ticket
    merging.merge([other], into=lost_parcel, by=iris, at=clock.now())

    with pytest.raises(Ticket.WentInto):
        _deleted(Ticket.objects.get(pk=other.pk), iris)


def test_an_answer_on_its_way_has_to_leave_or_be_taken_back_first(iris, lost_parcel):
    lost_parcel.reply(text="We look for it.", by=iris, at=clock.now())

    with pytest.raises(Ticket.AnswerOnItsWay):
        _deleted(lost_parcel, iris)


def test_a_snoozed_one_sleeps_in_the_trash_and_wakes_when_it_is_back(iris, lost_parcel):
    now = clock.now()
    until = planning.read("typed", (now + timedelta(hours=2)).replace(tzinfo=None), zone="UTC", at=now)
    lost_parcel.snooze(until=until, by=iris, at=now)
    _deleted(lost_parcel, iris)
    Snooze.objects.update(until=now - timedelta(seconds=1))

    assert drains.empty("snoozes") == 0

    lost_parcel.restore(by=iris, at=clock.now())
    drains.empty("snoozes")
    assert Ticket.objects.get(pk=lost_parcel.pk).status == "open"


def test_a_status_that_was_retired_meanwhile_gives_way(ada, lost_parcel):
    def named(key):
        return Status.make(
            key=key, category=Ticket.Status.OPEN, labels={"en": key}, by=ada.user, at=clock.now()
        )

    customs, harbour = named("at-customs"), named("at-the-harbour")
    lost_parcel.set_status("at-customs", by=ada, at=clock.now())
    _deleted(lost_parcel, ada)
    customs.retire(into=harbour, by=ada.user, at=clock.now())

    lost_parcel.restore(by=ada, at=clock.now())

    assert Ticket.objects.get(pk=lost_parcel.pk).stage_id == harbour.pk


def test_in_bulk_with_its_way_back(iris, lost_parcel, write):
    other = write(external_id="other@nordlys.example").ticket
    before = list(Ticket.objects.order_by("pk").values())
    steps = read_all([["tag", "old"], ["delete", "a-test"]], by=iris)
    order = choosing.order(Choice(numbers=[lost_parcel.number, other.number]), by=iris, at=clock.now())
    order.plan(kept(steps))
    order.start(at=clock.now())
    drains.empty("bulk")
    assert len(trash_of(iris)) == 2

    order.refresh_from_db()
    order.revert(at=clock.now())
    drains.empty("bulk")

    after = list(Ticket.objects.order_by("pk").values())
    assert [{**row, "updated_at": None} for row in after] == [{**row, "updated_at": None} for row in before]
    assert not lost_parcel.taggings.exists()


def test_deleting_is_no_step_of_those_who_may_not_nor_of_macros(nadia, iris, client_of):
    with pytest.raises(Unfit):
        read("delete", "a-test", by=nadia)
    assert 'name="delete"' not in client_of(iris).get("/macros/new").content.decode()


@pytest.fixture
def with_file(house, vera):
    """A ticket with a file on its first message."""
    said = replace(
        VERA_WRITES,
        external_id="file@nordlys.example",
        files=(
            InboundFile(
                name="secret.txt",
                type="text/plain",
                content=b"the secret words",
                inline=False,
                content_id=None,
            ),
        ),
    )
    return receive(said, brand=house.harbour, team=house.parcels, at=clock.now()).ticket


def _time_is_over():
    Deletion.objects.update(at=clock.now() - timedelta(days=31))


def test_after_its_days_it_is_removed_with_messages_files_and_words(iris, with_file):
    with_file.close(by=iris, reason="Vera moved to Bergen", at=clock.now())
    stored = StoredFile.objects.get()
    _deleted(with_file, iris, reason="Vera asked for it")

    assert purging.purge_some(at=clock.now()) == 0
    _time_is_over()
    assert purging.purge_some(at=clock.now()) == 1

    assert not Ticket.objects.exists()
    assert not Message.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Document.objects.exists()
    facts = FactRow.objects.filter(subject_id=with_file.pk)
    told = " ".join(str(payload) for payload in facts.values_list("payload", flat=True))
    assert facts.filter(kind=TicketPurged.kind).count() == 1
    for word in ("Vera", "parcel", "Bergen"):
        assert word not in told
    assert path_of(stored.sha256).exists()
    later = clock.now() + timedelta(days=2)
    forgetting.sweep(at=later)
    assert not path_of(stored.sha256).exists()


def test_a_file_that_hangs_elsewhere_too_stays(iris, with_file, lost_parcel):
    stored = StoredFile.objects.get()
    storing.store(name="copy.txt", content=b"the secret words", at=clock.now())
    lost_parcel.messages.get().attachments.create(stored=stored)
    _deleted(with_file, iris)
    _time_is_over()

    purging.purge_some(at=clock.now())

    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_bytes_that_are_stored_again_are_not_swept_away(iris, with_file):
    stored = StoredFile.objects.get()
    _deleted(with_file, iris)
    _time_is_over()
    purging.purge_some(at=clock.now())

    storing.store(name="again.txt", content=b"the secret words", at=clock.now())
    forgetting.sweep(at=clock.now() + timedelta(days=2))

    assert path_of(stored.sha256).exists()


def test_a_ticket_that_is_not_in_the_trash_is_never_purged(lost_parcel):
    with pytest.raises(Ticket.NotInTrash):
        purging.purge(lost_parcel, at=clock.now())
    assert Ticket.objects.count() == 1


def test_with_it_goes_what_was_merged_into_it(iris, lost_parcel, write):
    other = write(external_id="other@nordlys.example").ticket
    merging.merge([other], into=lost_parcel, by=iris, at=clock.now())
    _deleted(Ticket.objects.get(pk=lost_parcel.pk), iris)
    _time_is_over()

    purging.purge_some(at=clock.now())

    assert not Ticket.objects.exists()


def test_facts_stay_append_only_for_everybody_else(lost_parcel):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FactRow.objects.filter(subject_id=lost_parcel.pk).update(payload={})


def test_the_doctor_knows_what_lies_there_too_long_or_is_found(iris, lost_parcel):
    _deleted(lost_parcel, iris)
    assert trash_is_in_order().is_fine

    Document.objects.create(
        kind="message", key=lost_parcel.pk, owner=lost_parcel.pk, at=clock.now(), vector=""
    )
    assert "search index" in trash_is_in_order().said
    trashing.hide()
    assert trash_is_in_order().is_fine

    Deletion.objects.update(at=clock.now() - timedelta(days=40))
    assert "should have been removed" in trash_is_in_order().said

    Deletion.objects.all().delete()
    assert "how they stood before" in trash_is_in_order().said
