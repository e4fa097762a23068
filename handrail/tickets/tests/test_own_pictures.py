"""Pictures inside what a colleague writes: from their draft to the customer's eyes, and to nobody else's."""

import struct
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.files.models import StoredFile
from handrail.kit import clock
from handrail.tickets import answering
from handrail.tickets.merging import merge, undo
from handrail.tickets.models import Draft, Message

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 40, 20) + b"0" * 40


@pytest.fixture
def ticket(lost_parcel):
    return f"/tickets/{lost_parcel.number}"


@pytest.fixture
def bring(nadia, ticket, client_of):
    """Nadia pastes a picture; the answer."""

    def post(content=PNG, name="label.png", **more):
        upload = SimpleUploadedFile(name, content)
        fields = {"file": upload, "inline": "on", **more}
        return client_of(nadia).post(f"{ticket}/draft/files", fields, headers=BY_SCRIPT)

    return post


@pytest.fixture
def html(bring) -> str:
    """An answer with a picture in it."""
    picture = bring().content.decode().strip().replace('alt="label.png"', 'alt="The label"')
    return f"<p>Look:</p>{picture}"


@pytest.fixture
def send(nadia, ticket, client_of):
    def post(html, **more):
        fields = {"body": "x", "body_html": html, "key": uuid4(), **more}
        return client_of(nadia).post(f"{ticket}/replies", fields, headers=BY_SCRIPT)

    return post


def test_a_pasted_picture_is_answered_with_its_place_in_the_text(bring):
    told = bring().content.decode()

    stored = StoredFile.objects.get()
    assert f'<img src="cid:{stored.pk.hex}@desk" alt="label.png">' in told
    assert Draft.objects.get().inline == [str(stored.pk)]


def test_what_is_no_picture_or_too_large_goes_beside_the_text_and_it_is_said(bring, monkeypatch):
    monkeypatch.setattr("handrail.files.pictures.TEXT_LIMIT", len(PNG))

    for content in (b"<svg onload=x()>", PNG + b"0"):
        assert "no picture for the text, or larger than 5 MB" in bring(content).content.decode()
    assert Draft.objects.get().inline == []


def test_the_picture_is_shown_in_the_ticket_and_is_no_file_beside_it(html, send, nadia, ticket, client_of):
    page = send(html).content.decode()

    held = Message.objects.get(kind="reply").attachments.get()
    address = f"{ticket}/attachments/{held.pk}?inline"
    assert (held.inline, held.content_id) == (True, f"{held.stored_id.hex}@desk")
    assert f'<img alt="The label" src="{address}">' in page
    assert page.count(str(held.pk)) == 1
    shown = client_of(nadia).get(address)
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("image/png", PNG)
    assert Message.objects.get(kind="reply").text == "Look:\n\n[The label]"


def test_a_picture_alone_is_an_answer(html, send):
    send(html.replace("<p>Look:</p>", ""))

    assert Message.objects.get(kind="reply").text == "[The label]"


def test_the_customer_sees_it_on_their_page_and_a_stranger_does_not(html, send, vera, piet, client_of):
    send(html)
    Message.objects.filter(kind="reply").update(due_at=None)
    message = Message.objects.select_related("ticket").get(kind="reply")
    here = f"/help/requests/{message.ticket.number}"
    address = f"{here}/files/{message.attachments.get().pk}?inline"

    page = client_of(vera).get(here).content.decode()

    assert f'<img alt="The label" src="{address}">' in page
    assert "label.png" not in page
    shown = client_of(vera).get(address)
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("image/png", PNG)
    assert client_of(piet).get(address).status_code in (302, 403, 404)


def test_a_picture_taken_out_of_the_text_is_not_sent(html, send):
    send("<p>Without it</p>")

    assert Message.objects.get(kind="reply").attachments.count() == 0


def test_S_017_the_picture_of_a_colleagues_draft_cannot_be_sent(html, omar, lost_parcel, ticket, client_of):
    fields = {"body": "x", "body_html": html, "key": uuid4()}

    client_of(omar).post(f"{ticket}/replies", fields, headers=BY_SCRIPT)

    sent = Message.objects.get(kind="reply")
    assert sent.attachments.count() == 0
    assert "[The label]" in client_of(omar).get(ticket).content.decode()
    assert Draft.files_on(ticket_id=lost_parcel.pk, by=omar) == []


def test_an_answer_taken_back_has_its_picture_in_the_text_again(html, send, nadia, lost_parcel):
    send(html)
    message = Message.objects.get(kind="reply")

    answering.take_back(lost_parcel, message, by=nadia, at=message.at)

    draft = Draft.objects.get()
    assert "cid:" in draft.html
    assert draft.inline == [str(draft.files.get().pk)]


def test_it_moves_with_the_draft_when_tickets_are_merged_and_back(html, nadia, lost_parcel, write):
    other = write(external_id="other@nordlys.example").ticket
    Draft.keep(ticket_id=lost_parcel.pk, by=nadia, mode="reply", text="Look", html=html, at=clock.now())
    Draft.keep(ticket_id=other.pk, by=nadia, mode="reply", text="Begun", html="", at=clock.now())

    (merged,) = merge([lost_parcel], into=other, by=nadia, at=clock.now())
    assert Draft.objects.get().inline == [str(StoredFile.objects.get().pk)]
    assert "cid:" in Draft.objects.get().html

    undo(merged, by=nadia, at=clock.now())
    assert [len(draft.inline) for draft in Draft.objects.order_by("ticket__number")] == [1, 0]


def test_print_and_the_message_by_itself_show_it_too(html, send, nadia, ticket, client_of):
    send(html)
    message = Message.objects.get(kind="reply")
    address = f"{ticket}/attachments/{message.attachments.get().pk}?inline"

    for page in (f"{ticket}/messages/{message.pk}", f"{ticket}/print"):
        assert f'src="{address}"' in client_of(nadia).get(page).content.decode()


def test_a_rewritten_script_stays_out(send, bring):
    bring()
    stored = StoredFile.objects.get()

    page = send(
        f'<img src="cid:{stored.pk.hex}@desk" alt="x" onerror="x()"><img src="https://evil.example/x.png">'
        f'<table onclick="x()"><tr><td style="position:fixed">1</td></tr></table>'
    ).content.decode()

    for wrong in ("onerror", "onclick", "evil.example", "position:fixed"):
        assert wrong not in page
