"""Drafts: kept on the server, each agent's own."""

from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.files.models import StoredFile
from handrail.kit import clock
from handrail.tickets.models import Draft

BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def drafts(lost_parcel):
    return f"/tickets/{lost_parcel.number}/draft"


@pytest.fixture
def nadias_file(nadia, drafts, client_of) -> StoredFile:
    """A file that Nadia put with her draft."""
    upload = SimpleUploadedFile("secret.txt", b"only for my draft")
    assert client_of(nadia).post(f"{drafts}/files", {"file": upload}, headers=BY_SCRIPT).status_code == 200
    return StoredFile.objects.get()


def test_what_is_typed_is_kept_and_shown_when_the_ticket_is_opened(nadia, lost_parcel, drafts, client_of):
    browser = client_of(nadia)

    kept = browser.post(drafts, {"mode": "note", "body": "Half a thought"}, headers=BY_SCRIPT)

    assert kept.status_code == 204
    page = browser.get(f"/tickets/{lost_parcel.number}").content.decode()
    assert "Half a thought</textarea>" in page
    assert "composer--note" in page


def test_a_draft_can_be_thrown_away(nadia, drafts, client_of):
    browser = client_of(nadia)
    browser.post(drafts, {"mode": "reply", "body": "Never mind"}, headers=BY_SCRIPT)

    browser.delete(drafts, headers=BY_SCRIPT)

    assert not Draft.objects.exists()


def test_nobody_sees_a_colleagues_draft(nadia, omar, lost_parcel, drafts, client_of):
    client_of(nadia).post(drafts, {"mode": "reply", "body": "Nadia's half thought"}, headers=BY_SCRIPT)

    page = client_of(omar).get(f"/tickets/{lost_parcel.number}").content.decode()

    assert Draft.objects.get().text == "Nadia's half thought"
    assert "half thought" not in page


def test_a_draft_saved_after_its_answer_was_sent_does_not_come_back(nadia, lost_parcel, drafts, client_of):
    browser, key = client_of(nadia), uuid4()
    lost_parcel.reply(text="Sent", by=nadia, key=key, at=clock.now())

    late = browser.post(drafts, {"mode": "reply", "body": "Sent", "key": key}, headers=BY_SCRIPT)

    assert late.status_code == 204
    assert not Draft.objects.exists()


def test_S_017_a_colleague_can_neither_fetch_nor_remove_nor_send_my_drafts_file(
    nadias_file, omar, lost_parcel, drafts, client_of
):
    browser = client_of(omar)

    assert browser.get(f"{drafts}/files/{nadias_file.pk}").status_code == 404
    assert browser.delete(f"{drafts}/files/{nadias_file.pk}", headers=BY_SCRIPT).status_code == 404
    fields = {"body": "Mine", "key": uuid4(), "files": str(nadias_file.pk)}
    browser.post(f"/tickets/{lost_parcel.number}/replies", fields, headers=BY_SCRIPT)

    assert lost_parcel.messages.get(kind="reply").attachments.count() == 0
    assert list(Draft.objects.get().files.all()) == [nadias_file]


def test_S_017_the_file_of_a_draft_is_its_owners(nadias_file, nadia, drafts, client_of):
    answer = client_of(nadia).get(f"{drafts}/files/{nadias_file.pk}")

    assert b"".join(answer.streaming_content) == b"only for my draft"
    assert answer["Content-Disposition"] == 'attachment; filename="secret.txt"'


def test_S_017_nothing_can_be_attached_to_a_colleagues_draft(
    nadias_file, nadia, omar, lost_parcel, drafts, client_of
):
    mine = SimpleUploadedFile("trojan.txt", b"for her draft")
    names = {"by": nadia.pk, "draft": Draft.objects.get().pk, "agent": nadia.pk, "files": nadias_file.pk}

    client_of(omar).post(f"{drafts}/files", {"file": mine, **names}, headers=BY_SCRIPT)
    client_of(omar).post(drafts, {"mode": "reply", "body": "Mine", **names}, headers=BY_SCRIPT)

    of_nadia, of_omar = (Draft.files_on(ticket_id=lost_parcel.pk, by=agent) for agent in (nadia, omar))
    assert list(of_nadia) == [nadias_file]
    assert [file.name for file in of_omar] == ["trojan.txt"]


def test_S_017_a_guessed_id_and_a_session_of_nobody_find_nothing(
    nadias_file, nadia, vera, write, drafts, client_of
):
    guessed = [uuid4(), UUID(int=nadias_file.pk.int + 1), UUID(int=nadias_file.pk.int - 1)]
    other = write(external_id="other@nordlys.example").ticket
    addresses = [f"{drafts}/files/{each}" for each in guessed]
    addresses.append(f"/tickets/{other.number}/draft/files/{nadias_file.pk}")

    assert [client_of(nadia).get(address).status_code for address in addresses] == [404] * 4
    for stranger in (Client(), client_of(vera)):
        told = stranger.get(f"{drafts}/files/{nadias_file.pk}")
        assert told.status_code in (302, 403, 404)
        assert b"only for my draft" not in told.content


def test_a_file_can_be_taken_off_again(nadias_file, nadia, drafts, client_of):
    client_of(nadia).delete(f"{drafts}/files/{nadias_file.pk}", headers=BY_SCRIPT)

    assert Draft.objects.get().files.count() == 0


def test_a_file_that_is_too_large_is_refused_in_words(nadia, drafts, client_of, monkeypatch):
    monkeypatch.setattr("handrail.files.storing.FILE_LIMIT", 10)
    upload = SimpleUploadedFile("film.mp4", b"x" * 11)

    refused = client_of(nadia).post(f"{drafts}/files", {"file": upload}, headers=BY_SCRIPT)

    assert refused.status_code == 422
    assert "larger than 25 MB" in refused.content.decode()
    assert not StoredFile.objects.exists()
