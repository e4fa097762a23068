"""Drafts that colleagues write together: seen by all, lost by none, sent by one; private ones stay so."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.events.queries import facts_about
from handrail.kit import clock
from handrail.kit.differing import Piece, difference
from handrail.tickets import sharing
from handrail.tickets.events import DraftShared, DraftTakenBack, SharedDraftSent, SharedDraftWritten
from handrail.tickets.merging import merge, undo
from handrail.tickets.models import Draft, Message, SharedDraft, Variant
from handrail.tickets.queries import opened, shown

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def ticket(lost_parcel):
    return f"/tickets/{lost_parcel.number}"


@pytest.fixture
def shared(nadia, lost_parcel) -> SharedDraft:
    words: dict[str, Any] = {"mode": "reply", "text": "It is in the van.", "html": ""}
    return sharing.share(lost_parcel, **words, by=nadia, at=clock.now())


def write(shared, text, *, by, seen):
    return sharing.write(shared.pk, text=text, html="", by=by, seen=seen, at=clock.now())


def test_a_draft_that_is_shared_is_seen_on_the_ticket_and_a_private_one_is_not(
    nadia, omar, ticket, client_of
):
    nadias, omars = client_of(nadia), client_of(omar)
    words = {"mode": "reply", "body": "It is in the van."}
    nadias.post(f"{ticket}/draft", words, headers=BY_SCRIPT)
    assert "in the van" not in omars.get(ticket).content.decode()

    nadias.post(f"{ticket}/draft/sharing", words)

    page = omars.get(ticket).content.decode()
    assert "Nadia Haddad shares a draft" in page
    assert "It is in the van." in page
    assert not Draft.objects.exists()


def test_who_may_not_see_the_ticket_finds_no_shared_draft(shared, piet, vera, ticket, client_of):
    here = f"{ticket}/shared/{shared.pk}"

    assert client_of(piet).get(here).status_code == 404
    assert client_of(piet).post(here, {"body": "x", "version": 1}).status_code == 404
    assert client_of(vera).get(here).status_code in (302, 403)


def test_a_colleague_goes_on_writing_and_it_is_seen_who_writes(shared, nadia, omar, ticket, client_of):
    here = f"{ticket}/shared/{shared.pk}"
    words = {"body": "It is in the van, Vera.", "version": 1}

    saved = client_of(omar).post(here, words, headers=BY_SCRIPT)

    assert (saved.status_code, saved["Draft-Version"]) == (204, "2")
    page = client_of(nadia).get(ticket).content.decode()
    assert "Omar Benali writes now" in page
    assert "It is in the van, Vera." in page
    (fact,) = facts_about(shared.ticket_id, kinds=[SharedDraftWritten])
    assert (fact.by_agent_id, fact.of_agent_id) == (omar.pk, nadia.pk)


def test_a_save_over_a_newer_version_is_kept_beside_it_and_the_difference_is_shown(
    shared, nadia, omar, ticket, client_of
):
    write(shared, "It is in the blue van.", by=omar, seen=1)

    told = client_of(nadia).post(
        f"{ticket}/shared/{shared.pk}", {"body": "It is in the red van.", "version": 1}, headers=BY_SCRIPT
    )

    page = told.content.decode()
    assert told.status_code == 409
    assert "Omar Benali saved a newer version while you wrote" in page
    assert "<del>red</del><ins>blue</ins>" in page
    assert SharedDraft.objects.get().text == "It is in the blue van."
    assert Variant.objects.get().text == "It is in the red van."


def test_ones_own_saves_never_overtake_each_other(shared, nadia):
    for text in ("One", "Two", "Three"):
        _draft, kept = write(shared, text, by=nadia, seen=1)
        assert kept is None

    assert SharedDraft.objects.get().text == "Three"


def test_words_that_were_kept_and_the_draft_change_places(shared, nadia, omar, ticket, client_of):
    write(shared, "Blue", by=omar, seen=1)
    _draft, kept = write(shared, "Red", by=nadia, seen=1)

    client_of(nadia).post(f"{ticket}/shared/{shared.pk}/variants/{kept.pk}", headers=BY_SCRIPT)

    assert SharedDraft.objects.get().text == "Red"
    assert Variant.objects.get().text == "Blue"


def test_whoever_sends_it_is_the_author_and_it_is_told_whose_draft_it_was(
    shared, nadia, omar, lost_parcel, ticket, client_of
):
    fields = {"body": "It is in the van.", "version": 1, "key": uuid4()}

    answers = [
        client_of(omar).post(f"{ticket}/shared/{shared.pk}/sending", fields, headers=BY_SCRIPT)
        for _press in range(2)
    ]

    assert [each.status_code for each in answers] == [200, 404]
    assert Message.objects.get(kind="reply").agent == omar
    assert not SharedDraft.objects.exists()
    (fact,) = facts_about(lost_parcel.pk, kinds=[SharedDraftSent])
    assert (fact.by_agent_id, fact.of_agent_id) == (omar.pk, nadia.pk)
    assert "sent the draft of <b>Nadia Haddad</b>" in client_of(omar).get(ticket).content.decode()


def test_nothing_is_sent_over_a_version_that_the_sender_has_not_seen(shared, nadia, omar, ticket, client_of):
    write(shared, "Do not send this yet.", by=omar, seen=1)
    fields = {"body": "It is in the van.", "version": 1, "key": uuid4()}

    told = client_of(nadia).post(f"{ticket}/shared/{shared.pk}/sending", fields, headers=BY_SCRIPT)

    assert told.status_code == 409
    assert "Do not send this yet." in told.content.decode()
    assert not Message.objects.filter(kind="reply").exists()


def test_a_newer_message_of_the_customer_is_shown_first_and_the_words_are_kept(
    shared, nadia, lost_parcel, write, ticket, client_of
):
    seen = lost_parcel.messages.get().pk
    write(lost_parcel, text="It is here!", reply_text="It is here!")
    fields = {"body": "It is in the van, really.", "version": 1, "key": uuid4(), "seen": seen}

    told = client_of(nadia).post(f"{ticket}/shared/{shared.pk}/sending", fields, headers=BY_SCRIPT)

    assert told.status_code == 409
    assert "It is here!" in told.content.decode()
    assert SharedDraft.objects.get().text == "It is in the van, really."


def test_a_light_agent_writes_with_but_sends_no_answer(shared, lena, ticket, client_of):
    fields = {"body": "Mine", "version": 1, "key": uuid4()}

    refused = client_of(lena).post(f"{ticket}/shared/{shared.pk}/sending", fields)

    assert refused.status_code == 403
    assert not Message.objects.filter(kind="reply").exists()


def test_files_go_along_and_leave_with_it(shared, omar, ticket, client_of):
    browser, here = client_of(omar), f"{ticket}/shared/{shared.pk}"
    browser.post(f"{here}/files", {"file": SimpleUploadedFile("log.txt", b"all")}, headers=BY_SCRIPT)

    browser.post(f"{here}/sending", {"body": "See", "version": 1, "key": uuid4()}, headers=BY_SCRIPT)

    (held,) = Message.objects.get(kind="reply").attachments.all()
    assert held.stored.name == "log.txt"


def test_its_owner_takes_it_back_before_what_they_typed_since_and_nobody_else_can(
    shared, nadia, omar, lost_parcel, ticket, client_of
):
    Draft.keep(ticket_id=lost_parcel.pk, by=nadia, mode="reply", text="Since", html="", at=clock.now())
    here = f"{ticket}/shared/{shared.pk}"
    assert client_of(omar).post(here, {"_method": "delete"}).status_code == 403

    client_of(nadia).post(here, {"_method": "delete"})

    assert Draft.objects.get().text == "It is in the van.\n\nSince"
    assert not SharedDraft.objects.exists()
    assert len(facts_about(lost_parcel.pk, kinds=[DraftShared, DraftTakenBack])) == 2


def test_it_survives_a_new_owner_and_goes_along_with_a_merge_and_back(
    shared, nadia, omar, lost_parcel, write
):
    lost_parcel.assign(omar, by=nadia, at=clock.now())
    other = write(external_id="other@nordlys.example").ticket
    Draft.keep(ticket_id=other.pk, by=nadia, mode="reply", text="Mine alone", html="", at=clock.now())

    (merged,) = merge([lost_parcel], into=other, by=nadia, at=clock.now())

    assert SharedDraft.objects.get().ticket == other
    assert (SharedDraft.objects.get().text, Draft.objects.get().text) == ("It is in the van.", "Mine alone")
    undo(merged, by=nadia, at=clock.now())
    assert SharedDraft.objects.get().ticket == lost_parcel
    assert SharedDraft.objects.get().home is None


def test_a_ticket_without_shared_drafts_costs_no_query_more(
    nadia, lost_parcel, shared, django_assert_num_queries
):
    with_one = shown(lost_parcel.number, agent=nadia)
    assert with_one
    assert len(opened(with_one, agent=nadia).shared) == 1
    SharedDraft.objects.all().delete()

    without = shown(lost_parcel.number, agent=nadia)

    assert without
    assert not without.has_shared_drafts
    assert opened(without, agent=nadia).shared == []


def test_who_saved_a_while_ago_does_not_write_now(shared, omar, lost_parcel):
    write(shared, "Blue", by=omar, seen=1)
    SharedDraft.objects.update(updated_at=clock.now() - timedelta(minutes=5))

    ticket = shown(lost_parcel.number, agent=shared.agent)
    assert ticket
    (listed,) = opened(ticket, agent=shared.agent).shared
    assert not listed.is_written_now(clock.now())


def test_differences_are_told_by_words_then_lines_then_not_at_all():
    assert difference("a red van", "a blue van") == [
        Piece(kind="same", text="a "),
        Piece(kind="gone", text="red"),
        Piece(kind="new", text="blue"),
        Piece(kind="same", text=" van"),
    ]
    many = "one word after the other\n" * 1_000
    assert difference(many, many + "x") == [Piece(kind="same", text=many), Piece(kind="new", text="x")]
    huge = "line\n" * 4_000
    assert [piece.kind for piece in difference(huge, huge + "x")] == ["gone", "new"]
