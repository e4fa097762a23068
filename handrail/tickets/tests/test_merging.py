"""Merging: one ticket out of many, and every merge can be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from handrail.tickets import merging
from handrail.tickets.merging import Choices
from handrail.tickets.models import Draft, Merge, Message, Ticket
from handrail.tickets.queries import found_ids
from tests.cast import NINE


def after(minutes):
    return NINE + timedelta(minutes=minutes)


@pytest.fixture
def again(write, lost_parcel):
    """Vera asked the same once more, with a colleague in copy."""
    copied = (("Liv Berg", "liv@nordlys.example"),)
    words = "Again: where is my parcel?"
    message = write(subject="Parcel, again", text=words, reply_text=words, cc=copied, external_id="again@x")
    return message.ticket


@pytest.fixture
def toms(write):
    """Tom asked something else."""
    words = "Mine is late too."
    message = write(
        subject="Late", address="tom@akande.example", name="Tom Akande", text=words, reply_text=words
    )
    return message.ticket


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def words_on(ticket):
    return list(Message.objects.filter(ticket=ticket.pk).order_by("id").values_list("text", flat=True))


def picture_of(*tickets):
    """Everything about these tickets that a merge may change, to compare."""
    skipped = {"updated_at"}
    found = []
    for ticket in map(fresh, tickets):
        columns = {
            field.attname: getattr(ticket, field.attname)
            for field in ticket._meta.concrete_fields
            if field.attname not in skipped
        }
        messages = list(Message.objects.filter(ticket=ticket).order_by("id").values())
        seats = list(ticket.participants.order_by("address").values_list("address", "part"))
        tags = sorted(ticket.taggings.values_list("tag__name", flat=True))
        drafts = [
            (draft.agent_id, draft.text, draft.html, draft.mode, sorted(draft.files.values_list("pk")))
            for draft in ticket.drafts.order_by("agent_id")
        ]
        closures = (
            list(ticket.closure.__class__.objects.filter(ticket=ticket).values("by_id", "reason", "at"))
            if hasattr(ticket, "closure")
            else []
        )
        found.append((columns, messages, seats, tags, drafts, closures))
    return found


def test_the_survivor_has_all_messages_in_order(nadia, lost_parcel, again):
    before = words_on(lost_parcel) + words_on(again)

    merging.merge([again], into=lost_parcel, by=nadia, at=after(5))

    merged = fresh(again)
    assert words_on(lost_parcel) == before
    assert words_on(again) == []
    assert (merged.status, merged.merged_into_id) == (Ticket.Status.MERGED, lost_parcel.pk)


def test_many_are_merged_at_once(nadia, lost_parcel, again, toms):
    merging.merge([again, toms], into=lost_parcel, by=nadia, at=after(5))

    assert len(words_on(lost_parcel)) == 3
    assert Ticket.objects.filter(status="merged", merged_into=lost_parcel.pk).count() == 2


def test_nobody_new_is_written_to_unless_chosen(nadia, lost_parcel, again, toms):
    merging.merge([again], into=lost_parcel, by=nadia, at=after(5))
    assert list(lost_parcel.participants.values_list("address", flat=True)) == ["vera@nordlys.example"]

    chosen = Choices(seats=["tom@akande.example", "stranger@elsewhere.example"])
    merging.merge([toms], into=lost_parcel, by=nadia, choices=chosen, at=after(6))

    seats = lost_parcel.participants.order_by("id").values_list("address", "part")
    assert list(seats) == [("vera@nordlys.example", "requester"), ("tom@akande.example", "copied")]


def test_the_longest_wait_counts(nadia, lost_parcel, again):
    lost_parcel.reply(text="It comes today.", by=nadia, at=after(2))

    merging.merge([again], into=lost_parcel, by=nadia, at=after(5))

    survivor = fresh(lost_parcel)
    assert (survivor.status, survivor.waiting_since) == (Ticket.Status.OPEN, NINE)


def test_chosen_values_and_all_tags_are_kept(nadia, omar, lost_parcel, again):
    again.assign(omar, by=nadia, at=after(1))
    again.prioritise(Ticket.Priority.HIGH, by=nadia, at=after(1))
    again.tag("refund", by=nadia, at=after(1))
    lost_parcel.tag("parcel", by=nadia, at=after(1))
    chosen = Choices(columns={"owner": again.pk, "priority": again.pk, "subject": lost_parcel.pk})

    merging.merge([again], into=lost_parcel, by=nadia, choices=chosen, at=after(5))

    survivor = fresh(lost_parcel)
    assert (survivor.owner, survivor.priority) == (omar, Ticket.Priority.HIGH)
    assert survivor.subject == "Where is my parcel?"
    assert sorted(survivor.taggings.values_list("tag__name", flat=True)) == ["parcel", "refund"]


def test_R_059_a_merge_both_ways_leaves_one_ticket(nadia, lost_parcel, again):
    merging.merge([again], into=lost_parcel, by=nadia, at=after(5))

    with pytest.raises(merging.OneAlready):
        merging.merge([lost_parcel], into=again, by=nadia, at=after(6))

    assert Ticket.objects.exclude(status="merged").get() == lost_parcel


def test_R_059_chains_lead_to_their_root(nadia, write, lost_parcel, again, toms):
    merging.merge([again], into=lost_parcel, by=nadia, at=after(5))
    merging.merge([lost_parcel], into=toms, by=nadia, at=after(6))

    word = write(ticket=again, text="Hello?", reply_text="Hello?")

    assert word.ticket == toms
    assert fresh(again).survivor() == toms
    assert len(words_on(toms)) == 4
    assert Message.objects.filter(ticket__status="merged").count() == 0


def test_R_059_merging_into_a_merged_ticket_goes_to_its_survivor(nadia, lost_parcel, again, toms):
    merging.merge([again], into=lost_parcel, by=nadia, at=after(5))

    merging.merge([toms], into=again, by=nadia, at=after(6))

    assert fresh(toms).merged_into_id == lost_parcel.pk


def test_the_search_finds_the_survivor(nadia, lost_parcel, again):
    merging.merge([again], into=lost_parcel, by=nadia, at=after(5))

    assert found_ids("again parcel", agent=nadia, limit=5) == [lost_parcel.pk]
    assert found_ids(str(again.number), agent=nadia, limit=5) == [lost_parcel.pk]


def test_taking_a_merge_back_restores_everything_as_it_was(nadia, omar, lost_parcel, again):
    again.assign(omar, by=nadia, at=after(1))
    again.tag("refund", by=nadia, at=after(1))
    again.reply(text="We look.", by=omar, at=after(2))
    lost_parcel.close(by=nadia, reason="solved", at=after(3))
    for ticket, who, text in ((lost_parcel, nadia, "one"), (again, nadia, "two"), (again, omar, "three")):
        Draft.keep(ticket_id=ticket.pk, by=who, mode="reply", text=text, html="", at=after(4))
    before = picture_of(lost_parcel, again)
    chosen = Choices(columns={"owner": again.pk, "subject": again.pk}, seats=["liv@nordlys.example"])

    (merge,) = merging.merge([again], into=lost_parcel, by=nadia, choices=chosen, at=after(5))
    assert picture_of(lost_parcel, again) != before
    merging.undo(merge, by=nadia, at=after(6))

    assert picture_of(lost_parcel, again) == before


def test_two_drafts_of_one_person_are_joined_and_parted_again(nadia, lost_parcel, again):
    Draft.keep(ticket_id=lost_parcel.pk, by=nadia, mode="reply", text="one", html="", at=after(4))
    Draft.keep(ticket_id=again.pk, by=nadia, mode="reply", text="two", html="<p><b>two</b></p>", at=after(4))

    (merge,) = merging.merge([again], into=lost_parcel, by=nadia, at=after(5))
    joined = Draft.objects.get()
    assert (joined.text, joined.html) == ("one\n\ntwo", "<p>one</p><p><b>two</b></p>")
    merging.undo(merge, by=nadia, at=after(6))

    assert set(Draft.objects.values_list("ticket", "text")) == {(lost_parcel.pk, "one"), (again.pk, "two")}


def test_what_was_written_since_stays_where_its_author_sent_it(nadia, write, lost_parcel, again):
    (merge,) = merging.merge([again], into=lost_parcel, by=nadia, at=after(5))
    lost_parcel.refresh_from_db()
    lost_parcel.reply(text="One answer for both.", by=nadia, at=after(6))
    write(ticket=again, text="To the old number", reply_text="To the old number")
    write(ticket=lost_parcel, text="Thanks", reply_text="Thanks")

    merging.undo(merge, by=nadia, at=after(8))

    assert words_on(again)[-1] == "To the old number"
    assert words_on(lost_parcel)[-2:] == ["One answer for both.", "Thanks"]
    assert {fresh(again).status, fresh(lost_parcel).status} == {"new", "open"}


def test_siblings_are_undone_in_any_order(nadia, omar, lost_parcel, again, toms):
    again.assign(omar, by=nadia, at=after(1))
    toms.assign(nadia, by=nadia, at=after(1))
    for ticket in (again, toms):
        ticket.tag("late", by=nadia, at=after(1))
    lost_parcel.reply(text="Today.", by=nadia, at=after(2))
    before = picture_of(lost_parcel, again, toms)
    first = merging.merge(
        [again], into=lost_parcel, by=nadia, choices=Choices(columns={"owner": again.pk}), at=after(5)
    )
    second = merging.merge(
        [toms], into=lost_parcel, by=nadia, choices=Choices(columns={"owner": toms.pk}), at=after(6)
    )

    merging.undo(first[0], by=nadia, at=after(7))
    between = fresh(lost_parcel)
    assert (between.owner, between.status) == (nadia, "open")
    assert list(between.taggings.values_list("tag__name", flat=True)) == ["late"]
    merging.undo(second[0], by=nadia, at=after(8))

    assert picture_of(lost_parcel, again, toms) == before


def test_an_inner_merge_waits_for_the_outer_one(nadia, lost_parcel, again, toms):
    before = picture_of(lost_parcel, again, toms)
    (inner,) = merging.merge([again], into=lost_parcel, by=nadia, at=after(5))
    (outer,) = merging.merge([lost_parcel], into=toms, by=nadia, at=after(6))

    with pytest.raises(merging.WentOn) as refusal:
        merging.undo(inner, by=nadia, at=after(7))
    assert refusal.value.args == (toms.number,)
    merging.undo(outer, by=nadia, at=after(8))
    merging.undo(inner, by=nadia, at=after(9))

    assert picture_of(lost_parcel, again, toms) == before


def test_a_merge_is_undone_once(nadia, lost_parcel, again):
    (merge,) = merging.merge([again], into=lost_parcel, by=nadia, at=after(5))
    merging.undo_batch(merge.batch, by=nadia, at=after(6))

    with pytest.raises(merging.UndoneAlready):
        merging.undo(merge, by=nadia, at=after(7))
    with pytest.raises(merging.UndoneAlready):
        merging.undo_batch(merge.batch, by=nadia, at=after(7))


def test_S_020_a_merge_needs_sight_of_each_and_the_right(nadia, piet, lena, house, lost_parcel, again):
    again.move(house.billing, by=nadia, at=after(1))

    with pytest.raises(Ticket.DoesNotExist):
        merging.merge([again], into=lost_parcel, by=piet, at=after(5))
    with pytest.raises(PermissionDenied):
        merging.merge([again], into=lost_parcel, by=lena, at=after(5))

    assert Merge.objects.count() == 0


def test_an_answer_cannot_be_written_on_a_merged_ticket(nadia, lost_parcel, again):
    merging.merge([again], into=lost_parcel, by=nadia, at=after(5))

    with pytest.raises(Ticket.WentInto) as where:
        again.reply(text="Too late", by=nadia, at=after(6))
    with pytest.raises(Ticket.WentInto):
        fresh(again).note(text="Too late", by=nadia, at=after(6))

    assert where.value.args == (lost_parcel.number,)
