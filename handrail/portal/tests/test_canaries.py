"""S-018: nothing internal reaches a customer, in any byte of any answer."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from handrail.files import storing
from handrail.kit import clock
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Message
from tests.cast import NINE

CANARY = "CANARY-7f3a"


@pytest.fixture
def full_of_canaries(nadia, omar, lost_parcel, third_party_writes):
    """A ticket with a canary everywhere a customer must not look."""
    secret = storing.store(name=f"{CANARY}.txt", content=f"{CANARY} in a file".encode(), at=NINE)
    lost_parcel.note(
        text=f"{CANARY} note",
        html=f"<p>{CANARY} note</p>",
        by=omar,
        mentioned=[nadia],
        files=[secret],
        at=NINE,
    )
    lost_parcel.tag(CANARY.lower(), by=nadia, at=NINE)
    reply = lost_parcel.reply(
        text="It is in the van.", by=nadia, cc=[("Boss", f"{CANARY}@x.example")], at=NINE
    )
    Message.objects.filter(pk=reply.pk).update(delivery="failed", delivery_detail=f"{CANARY} smtp answer")
    lost_parcel.reply(text=f"{CANARY} too early", by=nadia, at=clock.now(), undo=timedelta(minutes=5))
    hidden = InboundFile(
        name=f"{CANARY}.pdf", type="", content=CANARY.encode(), inline=False, content_id=None
    )
    third_party_writes(
        lost_parcel,
        address=f"{CANARY}@third.example",
        name=CANARY,
        text=CANARY,
        reply_text=CANARY,
        html=f"<p>{CANARY}</p>",
        files=(hidden,),
    )
    return lost_parcel


def test_S_018_there_is_something_to_leak(full_of_canaries, nadia, client_of):
    texts = " ".join(full_of_canaries.messages.values_list("text", flat=True))

    assert texts.count(CANARY) == 3


def test_S_018_no_page_of_the_portal_holds_a_canary(full_of_canaries, vera, client_of):
    browser, number = client_of(vera), full_of_canaries.number
    pages = [
        "/help",
        "/help/requests",
        "/help/requests?state=closed",
        f"/help/requests?q={CANARY}",
        "/help/requests?q=Where",
        f"/help/requests/{number}",
        "/help/requests/new",
    ]

    for address in pages:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        # What was searched is the customer's own word and may be shown back.
        content = answer.content.decode().replace(f"“{CANARY}”", "").replace(f'value="{CANARY}"', "")
        assert CANARY.lower() not in content.lower(), address
        assert CANARY.lower() not in str(answer.headers).lower(), address


def test_S_018_a_refused_form_shows_no_canary_either(full_of_canaries, vera, client_of):
    answer = client_of(vera).post(
        f"/help/requests/{full_of_canaries.number}/messages", {"text": "", "key": uuid4()}
    )

    assert answer.status_code == 422
    assert CANARY not in answer.content.decode()


def test_S_016_files_and_bodies_of_hidden_messages_are_not_found(full_of_canaries, vera, client_of):
    browser, base = client_of(vera), f"/help/requests/{full_of_canaries.number}"

    for message in full_of_canaries.messages.all():
        body = browser.get(f"{base}/messages/{message.pk}/body")
        assert body.status_code == 404
        for attachment in message.attachments.all():
            assert browser.get(f"{base}/files/{attachment.pk}").status_code == 404


def test_S_016_a_picture_link_of_somebody_else_opens_nothing(full_of_canaries, vera, nadia, client_of):
    from handrail.files import serving
    from handrail.tickets.models import Attachment

    hidden = Attachment.objects.filter(message__kind="note").get()
    base = f"/help/requests/{full_of_canaries.number}/pictures"

    for user in (vera.user, nadia.user):
        token = serving.sign(hidden.stored_id, for_user=user.pk)
        assert client_of(vera).get(f"{base}/{token}").status_code == 404


def test_S_018_no_address_of_an_agent_is_shown(full_of_canaries, nadia, omar, vera, client_of):
    page = client_of(vera).get(f"/help/requests/{full_of_canaries.number}").content.decode()

    assert nadia.name in page
    assert "@harbour.example" not in page
    assert set(re.findall(r"[\w.+-]+@[\w.-]+\.\w+", page)) == {"vera@nordlys.example"}


def test_own_files_and_bodies_are_found(vera, client_of, write):
    picture = InboundFile(
        name="parcel.png", type="", content=b"\x89PNG\r\n\x1a\n0", inline=True, content_id="p1"
    )
    message = write(html='<p>Look: <img src="cid:p1"></p>', files=(picture,))
    browser, base = client_of(vera), f"/help/requests/{message.ticket.number}"

    body = browser.get(f"{base}/messages/{message.pk}/body")
    picture_link = re.search(rf'"({base}/pictures/[^"]+)"', body.content.decode())

    assert body.status_code == 200
    assert "sandbox" in body["Content-Security-Policy"]
    assert "script-src" not in body["Content-Security-Policy"]
    assert picture_link is not None
    assert headers_of(browser.get(picture_link[1]))["Content-Type"] == "image/png"
    download = headers_of(browser.get(f"{base}/files/{message.attachments.get().pk}"))
    assert download["Content-Disposition"] == 'attachment; filename="parcel.png"'


def headers_of(answer) -> dict[str, str]:
    """The headers of a file that is read to its end."""
    assert b"".join(answer.streaming_content)
    return dict(answer.headers)
