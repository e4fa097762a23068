"""Files of messages: downloads, pictures in mails, and who gets none of them."""

from datetime import timedelta

import pytest
from django.core import signing

from handrail.files import serving, storing
from handrail.files.types import SHOWN_INLINE
from handrail.kit import clock
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Attachment

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
LIARS = {
    "page.html": b"<html><script>x()</script></html>",
    "page.xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>x()</script></html>',
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>',
    "code.js": b"x()",
    "photo.png": b"<script>x()</script>",
    "report.pdf": b"%PDF-1.4 /JavaScript (x)",
    "saved.mht": b"MIME-Version: 1.0\nContent-Type: text/html\n\n<script>x()</script>",
}


def fetched(browser, address):
    """The answer, read to its end: only then the server closes the file."""
    answer = browser.get(address)
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def attached(write, **files):
    """The attachments of a new mail with these files, by name."""
    sent = tuple(
        InboundFile(name=name, type="image/png", content=content, inline=False, content_id=None)
        for name, content in files.items()
    )
    message = write(files=sent)
    return message.ticket, {each.stored.name: each for each in message.attachments.select_related("stored")}


@pytest.mark.parametrize("name", LIARS)
@pytest.mark.parametrize("query", ["", "?inline"])
def test_S_004_whatever_could_run_is_a_sandboxed_download(nadia, write, client_of, name, query):
    ticket, files = attached(write, **{name: LIARS[name]})

    answer = fetched(client_of(nadia), f"/tickets/{ticket.number}/attachments/{files[name].pk}{query}")

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"] not in SHOWN_INLINE


def test_a_picture_is_shown_in_the_page_when_asked_for_inline(nadia, write, client_of):
    ticket, files = attached(write, **{"photo.png": PNG})
    address = f"/tickets/{ticket.number}/attachments/{files['photo.png'].pk}"

    shown, saved = fetched(client_of(nadia), f"{address}?inline"), fetched(client_of(nadia), address)

    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")


def test_S_016_a_file_is_found_below_its_own_ticket_only(nadia, write, lost_parcel, client_of):
    ticket, files = attached(write, **{"photo.png": PNG})
    attachment = files["photo.png"]

    here, there = (
        fetched(client_of(nadia), f"/tickets/{number}/attachments/{attachment.pk}").status_code
        for number in (ticket.number, lost_parcel.number)
    )

    assert (here, there) == (200, 404)


def test_S_016_a_foreign_file_is_not_there_for_an_agent_of_another_brand(piet, write, client, client_of):
    ticket, files = attached(write, **{"photo.png": PNG})
    address = f"/tickets/{ticket.number}/attachments/{files['photo.png'].pk}"

    assert client_of(piet).get(address).status_code == 404
    assert client.get(address).status_code == 302  # nobody is signed in: to the sign-in


def test_S_016_a_signed_picture_is_bound_to_user_ticket_and_time(nadia, omar, write, lost_parcel, client_of):
    ticket, files = attached(write, **{"photo.png": PNG})
    stored = files["photo.png"].stored
    token = serving.sign(stored.pk, for_user=nadia.user.pk)
    here = f"/tickets/{ticket.number}/pictures"
    stale = signing.TimestampSigner(salt="handrail.files.link")
    stale.timestamp = lambda: signing.b62_encode(int((clock.now() - timedelta(hours=2)).timestamp()))  # type: ignore[method-assign]

    answers = {
        "mine": fetched(client_of(nadia), f"{here}/{token}"),
        "a colleague's": client_of(omar).get(f"{here}/{token}"),
        "another ticket's": client_of(nadia).get(f"/tickets/{lost_parcel.number}/pictures/{token}"),
        "changed": client_of(nadia).get(f"{here}/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}"),
        "made up": client_of(nadia).get(f"{here}/{stored.pk.hex}.{nadia.user.pk.hex}:x:y"),
        "old": client_of(nadia).get(f"{here}/{stale.sign(f'{stored.pk.hex}.{nadia.user.pk.hex}')}"),
    }

    assert {whose: answer.status_code for whose, answer in answers.items()} == {
        "mine": 200,
        "a colleague's": 404,
        "another ticket's": 404,
        "changed": 404,
        "made up": 404,
        "old": 404,
    }


def test_S_018_a_customer_reaches_no_page_and_no_file_of_the_desk(nadia, vera, lost_parcel, client_of):
    note = lost_parcel.note(text="canary-note", by=nadia, at=clock.now())
    stored = storing.store(name="canary-file.txt", content=b"canary-bytes", at=clock.now())
    Attachment.attach_stored(note, [stored])
    at_desk = [
        "",
        "/panels",
        "/timeline",
        f"/attachments/{note.attachments.get().pk}",
        f"/messages/{note.pk}/body",
        f"/pictures/{serving.sign(stored.pk, for_user=vera.user.pk)}",
        "/draft",
        "/mentions",
        "/tags",
    ]

    answers = [client_of(vera).get(f"/tickets/{lost_parcel.number}{part}") for part in at_desk]
    answers += [client_of(vera).get(f"/inbox/{part}") for part in ("open", f"open/{lost_parcel.number}")]
    answers += [client_of(vera).get("/inbox/search?q=canary"), client_of(vera).get("/inbox/jump?q=canary")]

    assert {answer.status_code for answer in answers} <= {403, 405}
    assert [answer for answer in answers if b"canary" in answer.content] == []
