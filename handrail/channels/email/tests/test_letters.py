"""S-006: what strangers can make up never becomes more than text in the mails that the desk writes itself."""

from email.header import decode_header, make_header
from typing import Any

import pytest
from django.test import Client
from django.utils.module_loading import import_string

from handrail.accounts import letters
from handrail.channels.email.models import AutoAnswer
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock, drains, jobs
from tests.cast import NINE

HOSTILE = '"><script>alert(1)</script>'
CANARY = "canary-4711"
#: What a browser or a proxy says about itself, all of it made up.
HEADERS: dict[str, Any] = {
    "HTTP_USER_AGENT": f"{CANARY}{HOSTILE}",
    "HTTP_X_FORWARDED_FOR": f"{CANARY}{HOSTILE}, 203.0.113.7",
    "HTTP_X_REAL_IP": f"{CANARY}{HOSTILE}",
    "HTTP_CLIENT_IP": f"{CANARY}\r\nBcc: evil@evil.example",
    "HTTP_FORWARDED": f'for="{CANARY}{HOSTILE}"',
    "HTTP_REFERER": f"http://{CANARY}.example/{HOSTILE}",
    "HTTP_ACCEPT_LANGUAGE": f"{CANARY}, de;q=0.9",
}


def the_mail(sink):
    drains.empty("outgoing")
    (mail,) = sink.mails
    return mail


def words_of(mail):
    """What it says, plain and in html."""
    plain, html = (part.get_payload(decode=True) for part in mail.parsed.get_payload())
    return plain.decode(), html.decode()


def test_S_006_request_headers_and_claimed_addresses_stand_in_no_letter(nadia, sink):
    asked = Client().post("/sign-in/link", {"email": nadia.user.email, "purpose": "password"}, **HEADERS)
    for waiting in jobs.waiting(name="handrail.accounts.jobs.answer_the_request"):
        import_string(waiting.name)(**waiting.arguments)

    mail = the_mail(sink)

    assert asked.status_code < 400
    assert mail.recipients == [nadia.user.email]
    assert "evil.example" not in mail.raw.decode()
    assert not [part for part in (mail.raw.decode(), *words_of(mail)) if CANARY in part]


@pytest.mark.parametrize("of", ["who invites", "who reads"])
def test_S_006_hostile_names_stand_in_a_letter_as_text_only(nadia, ada, sink, of):
    (ada if of == "who invites" else nadia).user.name = f"Eve {HOSTILE}"
    letters.send_invitation(nadia.user, by=ada.user, at=clock.now())

    mail = the_mail(sink)
    plain, html = words_of(mail)

    assert "<script" not in html
    told = plain if of == "who invites" else str(make_header(decode_header(str(mail.parsed["To"]))))
    assert "<script>alert(1)</script>" in told


def test_S_006_a_hostile_body_stands_in_a_letter_as_text_only(nadia, sink):
    letters.tell_of_change(nadia.user, f"{HOSTILE}\r\n.\r\nMAIL FROM:<evil@evil.example>", at=clock.now())

    plain, html = words_of(the_mail(sink))

    assert HOSTILE in plain
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert [each for each in sink.commands if "evil" in each] == []


def test_S_006_an_acknowledgement_repeats_nothing_of_a_hostile_mail(support, ada, arrive, sink):
    AutoAnswer.of(support).write(texts={"en": "We have it."}, is_on=True, by=ada.user, at=NINE)
    arrive(
        a_mail(**{"from": f'"{CANARY}" <vera@nordlys.example>'}, subject=f"{CANARY} {HOSTILE}", text=CANARY)
    )

    mail = the_mail(sink)

    assert b"script" not in mail.raw
    assert mail.raw.count(CANARY.encode()) == mail.raw.split(b"\r\nSubject")[0].count(CANARY.encode()) == 1
