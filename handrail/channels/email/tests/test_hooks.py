"""Mail that providers hand in by HTTP: proven, kept once, bounded; and what they report of ours."""

import base64
import hashlib
import hmac
import json

import pytest

from handrail.channels.email import intake
from handrail.channels.email.hooks import parcels
from handrail.channels.email.models import EmailAccount, MailHook, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tokens import reply_address
from handrail.kit import clock
from handrail.kit.settings import Environment
from handrail.tickets.models import Message, Ticket

SECRET = "desk:a-long-password-7"
KEY = "key-9f8e7d6c5b4a3210"
MAIL = a_mail(text="Grüße\r\n")
BOUNDARY = "xYzZy"
VERA = "vera@nordlys.example"
TO = "support+r2@harbour.example"


@pytest.fixture
def hook(support, ada):
    def make(provider: str) -> MailHook:
        secret = KEY if provider in ("mailgun", "mandrill") else SECRET
        return MailHook.lay(
            support, provider=provider, secret=secret, is_paused=False, by=ada.user, at=clock.now()
        )

    return make


def path(hook: MailHook) -> str:
    return f"/hooks/mail/{hook.provider}/{hook.key}"


def basic(secret: str = SECRET) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}


def as_json(told: object, **headers: str) -> dict[str, object]:
    return {"data": json.dumps(told), "content_type": "application/json", "headers": headers or basic()}


def as_form(**fields: bytes | str) -> dict[str, object]:
    body = b""
    for name, value in fields.items():
        value = value if isinstance(value, bytes) else value.encode()
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name.replace("_", "-")}"\r\n\r\n'
        body += head.encode() + value + b"\r\n"
    body += f"--{BOUNDARY}--\r\n".encode()
    return {"data": body, "content_type": f"multipart/form-data; boundary={BOUNDARY}"}


def signed_by_mailgun(*, key: str = KEY, age: int = 0) -> dict[str, str]:
    token, time = "t0k3n", str(int(clock.now().timestamp()) - age)
    signature = hmac.new(key.encode(), f"{time}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": time, "token": token, "signature": signature}


def postmark(_hook: MailHook) -> dict[str, object]:
    return as_json(
        {
            "MessageID": "22c",
            "From": "vera@nordlys.example",
            "OriginalRecipient": TO,
            "RawEmail": MAIL.decode(),
        }
    )


def mailgun(_hook: MailHook, **how) -> dict[str, object]:
    fields: dict[str, bytes | str] = {
        "body_mime": MAIL,
        "recipient": TO,
        "sender": "vera@nordlys.example",
        **signed_by_mailgun(**how),
    }
    return as_form(**fields)


def sendgrid(_hook: MailHook) -> dict[str, object]:
    envelope = json.dumps({"to": [TO], "from": "vera@nordlys.example"})
    return {**as_form(email=MAIL, envelope=envelope), "headers": basic()}


def sparkpost(_hook: MailHook) -> dict[str, object]:
    content = {"email_rfc822": base64.b64encode(MAIL).decode(), "email_rfc822_is_base64": True}
    relay = {"content": content, "msg_from": "vera@nordlys.example", "rcpt_to": TO}
    return as_json([{"msys": {"relay_message": relay}}])


def mandrill(hook: MailHook) -> dict[str, object]:
    from handrail.channels.email.views.incoming import hook_address

    told = json.dumps([{"event": "inbound", "msg": {"raw_msg": MAIL.decode(), "email": TO}}])
    signed = hook_address(hook) + "mandrill_events" + told
    signature = base64.b64encode(hmac.new(KEY.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    return {"data": {"mandrill_events": told}, "headers": {"X-Mandrill-Signature": signature}}


PROVIDERS = [postmark, mailgun, sendgrid, sparkpost, mandrill]


@pytest.mark.parametrize("call", PROVIDERS)
def test_a_mail_handed_in_is_kept_as_it_was_and_becomes_a_ticket(client, hook, support, call):
    ours = hook(call.__name__)

    answer = client.post(path(ours), **call(ours))

    assert (answer.status_code, answer.json()["new"]) == (200, 1)
    kept = RawMail.objects.get()
    assert (bytes(kept.raw), kept.account, kept.source) == (MAIL, support, "hook")
    assert kept.envelope_to == [TO]
    intake.take_batch()
    assert Ticket.objects.get().subject == "Where is my parcel?"


def test_mailjet_hands_in_pieces_which_become_the_mail(client, hook):
    ours = hook("mailjet")
    told = {
        "Sender": "vera@nordlys.example",
        "Recipient": TO,
        "Headers": {
            "From": "Vera <vera@nordlys.example>",
            "To": TO,
            "Subject": "Hello",
            "Message-ID": "<1@x>",
        },
        "Parts": [{"Headers": {"Content-Type": "text/plain; charset=UTF-8"}, "ContentRef": "Text-part"}],
        "Text-part": "Where is it?",
    }

    assert client.post(path(ours), **as_json(told)).status_code == 200

    intake.take_batch()
    assert Message.objects.get().text.strip() == "Where is it?"


@pytest.mark.parametrize("call", PROVIDERS)
def test_S_103_the_same_call_again_hears_200_and_adds_nothing(client, hook, call):
    ours = hook(call.__name__)
    again = call(ours)

    said = [client.post(path(ours), **again) for _ in range(3)]

    assert [answer.status_code for answer in said] == [200, 200, 200]
    assert [answer.json()["new"] for answer in said] == [1, 0, 0]


def test_S_103_a_call_without_a_right_proof_is_refused_and_leaves_nothing(client, hook):
    ours = hook("mailgun")
    wrong = [
        mailgun(ours, key="another-key-0000"),
        mailgun(ours, age=13 * 3600),
        mailgun(ours, age=-3600),
        as_form(body_mime=MAIL, recipient=TO),
        as_form(body_mime=MAIL, **{**signed_by_mailgun(), "token": "other"}),
        {"data": b"{", "content_type": "application/json"},
        {"data": b"", "content_type": "multipart/form-data"},
    ]

    assert [client.post(path(ours), **call).status_code for call in wrong] == [403] * len(wrong)
    assert RawMail.objects.count() == 0
    ours.refresh_from_db()
    assert ours.refused_at is not None


@pytest.mark.parametrize("headers", [{}, basic("desk:wrong"), {"Authorization": "Basic !!"}, basic("")])
def test_S_103_a_call_without_the_right_password_is_refused(client, hook, headers):
    ours = hook("postmark")

    assert client.post(path(ours), **{**postmark(ours), "headers": headers}).status_code == 403
    assert RawMail.objects.count() == 0


def test_S_042_a_wrong_key_and_a_wrong_secret_hear_the_same(client, hook):
    ours = hook("postmark")
    call = {**postmark(ours), "headers": basic("desk:wrong")}

    wrong_secret = client.post(path(ours), **call)
    wrong_key = client.post("/hooks/mail/postmark/nothing", **call)
    wrong_provider = client.post(f"/hooks/mail/mailgun/{ours.key}", **call)

    assert wrong_secret.content == wrong_key.content == wrong_provider.content
    assert {wrong_secret.status_code, wrong_key.status_code, wrong_provider.status_code} == {403}


def test_S_042_mails_to_existing_and_to_invented_tickets_hear_the_same(client, hook, support, lost_parcel):
    """Who holds the secret learns nothing about tickets either."""
    ours, number = hook("postmark"), lost_parcel.number
    token = reply_address(support.address, ticket_id=lost_parcel.pk, number=number)
    invented = token.replace(f"{number}@", f"{number + 7_000}@")
    told = [{"MessageID": to, "OriginalRecipient": to, "RawEmail": MAIL.decode()} for to in (token, invented)]

    answers = [client.post(path(ours), **as_json(each)) for each in told]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert {*answers[0].headers} == {*answers[1].headers}


def test_S_042_the_gateway_listens_on_this_machine_only_unless_told_otherwise():
    assert Environment.__dict__["HANDRAIL_HOST"].default == "127.0.0.1"
    assert Environment.__dict__["HANDRAIL_SMTP_HOST"].default == "127.0.0.1"


def test_S_103_a_mailbox_without_a_hook_has_no_address_to_call(client, support):
    assert (
        client.post(f"/hooks/mail/postmark/{support.pk}", **as_json({"RawEmail": MAIL.decode()})).status_code
        == 403
    )


def test_what_is_paused_or_stopped_is_asked_to_come_later(client, hook, support, ada):
    ours = hook("postmark")
    EmailAccount.objects.filter(pk=support.pk).update(is_active=False)

    answer = client.post(path(ours), **postmark(ours))

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert RawMail.objects.count() == 0


def test_a_mail_that_is_too_large_is_refused_in_words(client, hook, monkeypatch):
    ours = hook("postmark")
    monkeypatch.setattr(parcels, "BODY_BYTES", 100)

    assert client.post(path(ours), **postmark(ours)).status_code == 413


def test_a_mail_larger_than_a_form_may_be_elsewhere_is_taken(client, hook):
    ours = hook("mailgun")
    large = a_mail(text="x" * 70 + "\r\n" * 4_000_000)
    call = as_form(body_mime=large, recipient=TO, sender="v@x.example", **signed_by_mailgun())

    assert client.post(path(ours), **call).status_code == 200
    assert RawMail.objects.get().size == len(large)


def test_what_a_provider_does_not_send_is_answered_in_words(client, hook):
    ours = hook("postmark")

    wrong: list[object] = [[], {}, {"RawEmail": 7}, None, "x"]
    for told in wrong:
        assert client.post(path(ours), **as_json(told)).status_code == 400


def test_a_report_says_that_an_answer_came_back(client, hook, write, nadia, support):
    from handrail.channels.email import outbox

    write().ticket.reply(text="Here it is.", by=nadia, at=clock.now())
    message = Message.objects.get(kind="reply")
    outbox.take_batch()
    told = {
        "signature": signed_by_mailgun(),
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "timestamp": clock.now().timestamp(),
            "id": "e1",
            "recipient": "vera@nordlys.example",
            "reason": "bounce",
            "message": {"headers": {"message-id": message.external_id}},
            "delivery-status": {"code": 550, "message": "5.1.1 No such user"},
        },
    }
    ours = hook("mailgun")

    answer = client.post(path(ours), data=json.dumps(told), content_type="application/json")

    assert answer.status_code == 200
    message.refresh_from_db()
    assert message.delivery == "bounced"
