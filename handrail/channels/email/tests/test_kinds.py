"""A machine's mail is known by what standards and habit put into its header, a person's by the lack of it."""

import pytest

from handrail.channels.email.inbound import read

FROM = b"From: Vera Klein <vera@customer.example>\nSubject: %s\n"
PERSON = FROM % b"Where is my parcel?"


def kind(header: bytes) -> str:
    return read(header + b"Message-ID: <a@b.example>\n\nHello").kind.value


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (PERSON, "person"),
        (PERSON + b"X-Auto-Response-Suppress: All\n", "person"),
        (PERSON + b"Auto-Submitted: no\n", "person"),
        (PERSON + b"Auto-Submitted: auto-replied (vacation)\n", "auto-reply"),
        (PERSON + b"Auto-Submitted: auto-generated\n", "automatic"),
        (PERSON + b"X-Autoreply: yes\n", "auto-reply"),
        (PERSON + b"Precedence: auto_reply\n", "auto-reply"),
        (PERSON + b"Precedence: bulk\n", "list"),
        (PERSON + b"List-Id: <x.lists.example>\n", "list"),
        (PERSON + b"Return-Path: <>\n", "automatic"),
        (FROM % b"Automatic reply: Your parcel" + b"Return-Path: <>\n", "auto-reply"),
        (FROM % b"Abwesenheitsnotiz: Ihr Paket", "auto-reply"),
        (FROM % b"=?utf-8?Q?R=C3=A9ponse_automatique_=3A_Colis?=", "auto-reply"),
        (FROM % b"Out of office module is broken", "person"),
        (FROM % b"Re: Automatic reply: Your parcel", "person"),
        (FROM % b"Undelivered Mail Returned to Sender" + b"Return-Path: <>\n", "bounce"),
        (FROM % b"Delivery status of my parcel?", "person"),
        (b"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n", "bounce"),
        (b"From: MAILER-DAEMON (Mail System)\nSubject: x\n", "bounce"),
        (PERSON + b"X-Failed-Recipients: gone@x.example\n", "bounce"),
    ],
)
def test_the_header_tells_what_kind_of_sender_wrote(header, expected):
    assert kind(header) == expected
