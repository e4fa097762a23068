"""S-087: words that are too long for a message become a file of the draft; nothing of them is lost."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest

from handrail.files import storing
from handrail.files.models import StoredFile
from handrail.kit import clock
from handrail.tickets.merging import merge
from handrail.tickets.models import Draft, Message
from handrail.tickets.setting_aside import LONGEST_TEXT

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
FORM = "application/x-www-form-urlencoded"
TWENTY_MB = ("Line of a log, with ümläuts & signs = %\n" * 600_000)[: 20 * 1024 * 1024]


@pytest.fixture
def ticket(lost_parcel):
    return f"/tickets/{lost_parcel.number}"


def the_file(of) -> str:
    (stored,) = Draft.files_on(ticket_id=of[0].pk, by=of[1])
    assert (stored.name, stored.type) == ("pasted-text.txt", "text/plain")
    return storing.content_of(stored).decode()


@pytest.mark.parametrize("form", ["plain", "parted"])
def test_S_087_twenty_megabytes_sent_without_script_become_a_file_of_the_draft(
    form, nadia, lost_parcel, ticket, client_of
):
    browser, fields = client_of(nadia), {"body": TWENTY_MB, "key": str(uuid4())}

    given = (urlencode(fields), FORM) if form == "plain" else (fields,)
    page = browser.post(f"{ticket}/replies", *given)

    told = page.content.decode()
    assert page.status_code == 200
    assert "The pasted text is long: it was attached as pasted-text.txt" in told
    assert len(page.content) < 500_000
    assert the_file((lost_parcel, nadia)) == TWENTY_MB
    assert not Message.objects.filter(kind="reply").exists()


def test_S_087_sent_again_with_words_the_file_leaves_with_them(nadia, lost_parcel, ticket, client_of):
    browser = client_of(nadia)
    browser.post(f"{ticket}/notes", {"body": "x" * (LONGEST_TEXT + 1), "key": uuid4()})

    browser.post(f"{ticket}/notes", {"body": "The log is attached.", "key": uuid4()})

    note = Message.objects.get(kind="note")
    assert [each.stored.name for each in note.attachments.all()] == ["pasted-text.txt"]


def test_S_087_a_draft_that_saves_itself_keeps_the_words_once(nadia, lost_parcel, ticket, client_of):
    words = {"mode": "reply", "body": TWENTY_MB}

    saved = [client_of(nadia).post(f"{ticket}/draft", words, headers=BY_SCRIPT) for _time in range(2)]

    assert [each.status_code for each in saved] == [204, 204]
    assert the_file((lost_parcel, nadia)) == TWENTY_MB
    assert Draft.objects.get().text == ""


def test_S_087_at_the_limit_nothing_changes(nadia, ticket, client_of):
    client_of(nadia).post(f"{ticket}/replies", {"body": "x" * LONGEST_TEXT, "key": uuid4()})

    assert len(Message.objects.get(kind="reply").text) == LONGEST_TEXT
    assert not StoredFile.objects.exists()


def test_S_087_more_than_a_file_may_hold_becomes_several(nadia, lost_parcel, ticket, client_of, monkeypatch):
    monkeypatch.setattr("handrail.files.storing.FILE_LIMIT", 150_001)
    words = "ü" * (LONGEST_TEXT + 1)

    client_of(nadia).post(f"{ticket}/replies", {"body": words, "key": uuid4()})

    files = Draft.files_on(ticket_id=lost_parcel.pk, by=nadia)
    assert [file.name for file in files] == ["pasted-text.txt", "pasted-text-2.txt", "pasted-text-3.txt"]
    assert "".join(storing.content_of(file).decode() for file in files) == words


def test_S_087_on_a_ticket_that_was_merged_meanwhile_they_are_in_the_draft_where_it_lives_on(
    nadia, lost_parcel, write, ticket, client_of
):
    survivor = write(external_id="other@nordlys.example").ticket
    Draft.keep(ticket_id=survivor.pk, by=nadia, mode="reply", text="Begun", html="", at=clock.now())
    merge([lost_parcel], into=survivor, by=nadia, at=clock.now())

    client_of(nadia).post(f"{ticket}/replies", {"body": TWENTY_MB, "key": uuid4()})

    assert the_file((survivor, nadia)) == TWENTY_MB
    assert Draft.objects.get().text == "Begun"


def test_other_pages_take_no_more_than_before(nadia, ticket, client_of):
    much = {"name": "x" * 6_000_000}

    assert client_of(nadia).post(f"{ticket}/tags", much).status_code == 400
    assert client_of(nadia).post(f"{ticket}/tags", urlencode(much), FORM).status_code == 400


def test_strangers_bring_no_long_words(client, lost_parcel, ticket):
    assert client.post(f"{ticket}/replies", {"body": "x" * 6_000_000}).status_code == 400
