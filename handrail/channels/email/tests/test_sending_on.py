"""A message goes on to somebody else with what was chosen, and nothing else."""

from uuid import uuid4

import pytest

from handrail.channels.email import forwarding
from handrail.channels.email.models import Signature
from handrail.channels.email.tests.conftest import a_mail
from handrail.files import storing
from handrail.kit import drains
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Message
from tests.cast import NINE

FILES = tuple(
    InboundFile(name=name, type="text/plain", content=f"{name} content".encode(), inline=False, content_id="")
    for name in ("chosen.txt", "canary.txt")
)


@pytest.fixture
def asked(write, support, nadia, omar):
    """Vera's message with two files, and canaries all around it."""
    message = write(text="It is broken.\n\n> canary in the history", reply_text="It is broken.", files=FILES)
    held = storing.store(name="n.txt", content=b"canary in the file of a note", at=NINE)
    message.ticket.note(text="canary in a note", by=omar, files=[held], at=NINE)
    message.ticket.reply(text="canary in an answer", by=omar, at=NINE)
    return message


@pytest.fixture
def post(client_of, nadia, asked):
    def send(**changes):
        chosen = str(asked.attachments.get(stored__name="chosen.txt").stored_id)
        words = {"to": "Repair@works.example", "text": "Can you mend it?", "words": "new"}
        given = {"key": uuid4(), **words, "attached": [chosen], **changes}
        return client_of(nadia).post(f"/mail/messages/{asked.pk}/forward", given)

    return send


def forwarded(sink):
    drains.empty("outgoing")
    return next(mail for mail in sink.mails if mail.recipients == ["repair@works.example"])


def test_S_018_only_what_was_chosen_is_forwarded(post, sink, asked, nadia):
    Signature.write({"": "{agent}"}, agent=nadia, by=nadia.user, at=NINE)

    assert post().status_code == 303

    mail = forwarded(sink)
    body, file = mail.parsed.get_payload()
    assert b"canary" not in mail.raw
    assert body.get_payload(decode=True).decode().replace("\r\n", "\n") == (
        "Can you mend it?\n\n---------- Vera Lindqvist, 2026-11-16 09:00 UTC ----------\n\nIt is broken."
        "\n\n-- \nNadia Haddad\n"
    )
    assert file.get_payload(decode=True) == b"chosen.txt content"
    assert mail.parsed["Subject"] == "Fwd: Where is my parcel?"
    assert mail.parsed["Auto-Submitted"] is None


def test_a_forward_leaves_a_note_and_what_comes_back_joins_as_a_third_partys(post, sink, asked, arrive):
    post()

    note = Message.objects.filter(kind="note").latest("id")
    answer = a_mail(
        **{"from": "Repair <repair@works.example>"},
        to=str(forwarded(sink).parsed["Reply-To"]),
        message_id="<r@works.example>",
    )
    came = arrive(answer)

    assert "repair@works.example" in note.text
    joined = Message.objects.filter(pk=came.message_id).first()
    assert joined is None or (joined.ticket_id, joined.standing) == (asked.ticket_id, "third_party")


def test_the_same_form_twice_forwards_once(post, sink):
    key = uuid4()

    assert [post(key=key).status_code, post(key=key).status_code] == [303, 303]

    drains.empty("outgoing")
    assert sum(mail.recipients == ["repair@works.example"] for mail in sink.mails) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "nobody"},
        {"to": "a@b.example\r\nRCPT TO:<c@d.example>"},
        {"text": ""},
        {"attached": [str(uuid4())]},
    ],
)
def test_a_forward_to_nobody_or_with_foreign_files_is_refused(post, sink, wrong):
    assert post(**wrong).status_code == 422


def test_S_018_a_note_can_not_be_forwarded(asked, nadia, client_of):
    note = Message.objects.get(kind="note")

    assert client_of(nadia).get(f"/mail/messages/{note.pk}/forward").status_code == 404
    with pytest.raises(forwarding.NotForOthers):
        forwarding.forward(
            note,
            to="a@b.example",
            text="x",
            words=forwarding.Words.ALL,
            files=[],
            by=nadia,
            key=uuid4(),
            at=NINE,
        )


def test_no_road_for_those_whose_words_are_read_before_they_leave(post, sink, nadia, iris):
    nadia.have_answers_read(True, by=iris.user, at=NINE)

    refused = post()

    assert refused.status_code == 409
    assert "A colleague reads your words before they leave" in refused.content.decode()
    drains.empty("outgoing")
    assert ["repair@works.example"] not in [mail.recipients for mail in sink.mails]
