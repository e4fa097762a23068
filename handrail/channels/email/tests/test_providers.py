"""Providers that sign in their own ways, and those that must be asked for what they keep."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from handrail.channels.email import intake, outbox
from handrail.channels.email.hooks import amazon, asking
from handrail.channels.email.models import MailHook, RawMail, Suppression
from handrail.channels.email.road_forms import HookForm
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.test_hooks import TO, VERA, as_json, basic, path
from handrail.events.models import FactRow
from handrail.kit import clock
from handrail.tickets.models import Message

MAIL = a_mail(text="Grüße\r\n")
TOPIC = "arn:aws:sns:eu-central-1:123456789012:desk-mail"
WHSEC = "whsec_" + base64.b64encode(b"a-signing-key-of-resend").decode()
SIGNING = "signing-key-of-the-route another-of-the-webhook"
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = base64.b64encode(
    PRIVATE.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
).decode()
SECRETS = {
    "amazon_ses": TOPIC,
    "brevo": "desk:a-long-password-7",
    "mailersend": SIGNING,
    "mailtrap": SIGNING,
    "postal": PUBLIC,
    "resend": WHSEC,
    "unisender_go": "api-key-of-unisender",
}


def certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    began = clock.now() - dt.timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(PRIVATE.public_key())
    made = made.serial_number(7).not_valid_before(began).not_valid_after(began + dt.timedelta(days=30))
    return made.sign(PRIVATE, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


class Keeper:
    """An honest fake of what providers keep: `keeps[path] = bytes`; asked tells who came with which key."""

    def __init__(self) -> None:
        outer = self
        self.keeps: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                key = self.headers.get("Authorization") or self.headers.get("api-key") or ""
                outer.asked.append((self.path, key))
                found = outer.keeps.get(self.path)
                self.send_response(404 if found is None else 200)
                self.send_header("Content-Length", str(len(found or b"")))
                self.end_headers()
                self.wfile.write(found or b"")

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def keeper(settings, monkeypatch) -> Iterator[Keeper]:
    settings.MAIL_SERVER_NETWORKS = [ip_network("127.0.0.0/8")]
    found = Keeper()
    for name in ("BREVO", "RESEND", "MAILTRAP"):
        monkeypatch.setattr(asking, name, found.address)
    monkeypatch.setattr(amazon, "OF_AMAZON", re.compile(re.escape(found.address) + "/"))
    monkeypatch.setattr(amazon, "_certificates", {})
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def hook(support, ada):
    def make(provider: str, *, api_key: str | None = "key-of-the-api") -> MailHook:
        made = MailHook.lay(
            support,
            provider=provider,
            secret=SECRETS[provider],
            api_key=api_key,
            is_paused=False,
            by=ada.user,
            at=clock.now(),
        )
        return MailHook.objects.select_related("account").get(pk=made.pk)

    return make


def signed_by_svix(told: object, *, age: int = 0, key: str = WHSEC, name: str = "msg_1") -> dict[str, Any]:
    body, time = json.dumps(told), str(int(clock.now().timestamp()) - age)
    secret = base64.b64decode(key.removeprefix("whsec_"))
    signature = hmac.new(secret, f"{name}.{time}.{body}".encode(), hashlib.sha256).digest()
    headers = {"svix-id": name, "svix-timestamp": time}
    headers["svix-signature"] = f"v1,AAAA v1,{base64.b64encode(signature).decode()}"
    return {"data": body, "content_type": "application/json", "headers": headers}


def signed_by_sum(told: object, header: str, *, key: str = "another-of-the-webhook") -> dict[str, Any]:
    body = json.dumps(told)
    return {
        "data": body,
        "content_type": "application/json",
        "headers": {header: hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()},
    }


def signed_by_postal(told: object, *, newer: bool = False) -> dict[str, Any]:
    body = json.dumps(told).encode()
    method = hashes.SHA256() if newer else hashes.SHA1()  # noqa: S303 - theirs
    shown = base64.b64encode(PRIVATE.sign(body, padding.PKCS1v15(), method)).decode()
    header = "X-Postal-Signature-256" if newer else "X-Postal-Signature"
    return {"data": body, "content_type": "application/json", "headers": {header: shown}}


def signed_by_unisender(told: dict[str, Any], *, key: str = "api-key-of-unisender") -> dict[str, Any]:
    unsigned = json.dumps({"auth": key, **told})
    summed = hashlib.md5(unsigned.encode(), usedforsecurity=False).hexdigest()
    return {"data": unsigned.replace(key, summed), "content_type": "application/json"}


def signed_by_amazon(
    keeper: Keeper, message: object, *, age: int = 0, version: str = "2", **more: str
) -> dict[str, Any]:
    keeper.keeps["/SimpleNotificationService-0123456789abcdef.pem"] = certificate()
    time = (clock.now() - dt.timedelta(seconds=age)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    told = {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": time,
    } | more
    confirms = told["Type"] != "Notification"
    names = ["Message", "MessageId"]
    names += ["SubscribeURL", "Timestamp", "Token"] if confirms else ["Subject", "Timestamp"]
    signed = "".join(f"{name}\n{told[name]}\n" for name in [*names, "TopicArn", "Type"] if name in told)
    method = hashes.SHA256() if version == "2" else hashes.SHA1()  # noqa: S303 - theirs
    signature = base64.b64encode(PRIVATE.sign(signed.encode(), padding.PKCS1v15(), method)).decode()
    told |= {"Signature": signature, "SignatureVersion": version}
    told.setdefault("SigningCertURL", f"{keeper.address}/SimpleNotificationService-0123456789abcdef.pem")
    return {"data": json.dumps(told), "content_type": "text/plain; charset=UTF-8"}


def received_by_ses(**changes: object) -> dict[str, Any]:
    action = {"type": "SNS", "topicArn": TOPIC, "encoding": "BASE64"}
    headers = [{"name": "Subject", "value": "Where is my parcel?"}, {"name": "From", "value": VERA}]
    return {
        "notificationType": "Received",
        "mail": {"source": VERA, "destination": [TO], "messageId": "o3vrnil0e2ic28", "headers": headers},
        "receipt": {"recipients": [TO], "action": action},
        "content": base64.b64encode(MAIL).decode(),
    } | changes


def ses(keeper: Keeper) -> dict[str, Any]:
    return signed_by_amazon(keeper, received_by_ses())


def resend(keeper: Keeper) -> dict[str, Any]:
    told = {"raw": {"download_url": f"{keeper.address}/raw/56761188", "expires_at": "…"}}
    keeper.keeps |= {"/emails/receiving/56761188": json.dumps(told).encode(), "/raw/56761188": MAIL}
    data = {"email_id": "56761188", "from": VERA, "to": [TO], "subject": "Where is my parcel?"}
    return signed_by_svix({"type": "email.received", "data": data})


def mailtrap(keeper: Keeper) -> dict[str, Any]:
    place = "/inbound/inboxes/77/messages/m-1"
    told = json.dumps({"id": "m-1", "raw_message_url": f"{keeper.address}/raw/m-1"}).encode()
    keeper.keeps |= {place: told, "/raw/m-1": MAIL}
    event = {"event": "inbound.message_received", "event_id": "e1", "inbox_id": 77, "message_id": "m-1"}
    return signed_by_sum({"events": [event]}, "Mailtrap-Signature")


def mailersend(_keeper: Keeper) -> dict[str, Any]:
    data = {
        "object": "message",
        "id": "62fb66bef54a112e920b5493",
        "sender": {"email": VERA},
        "recipients": {"rcptTo": [{"email": TO}]},
        "raw": MAIL.decode(),
    }
    return signed_by_sum({"type": "inbound.message", "data": data}, "Signature")


def postal(_keeper: Keeper) -> dict[str, Any]:
    told = {"id": 7, "rcpt_to": TO, "mail_from": VERA, "message": base64.b64encode(MAIL).decode()}
    return signed_by_postal(told | {"base64": True, "size": len(MAIL)})


INBOUND = {
    "amazon_ses": ses,
    "resend": resend,
    "mailtrap": mailtrap,
    "mailersend": mailersend,
    "postal": postal,
}


@pytest.mark.parametrize("provider", INBOUND)
def test_a_mail_is_kept_as_it_was_and_becomes_a_ticket(client, hook, keeper, support, provider):
    ours = hook(provider)

    said = client.post(path(ours), **INBOUND[provider](keeper))

    assert (said.status_code, said.json()["new"]) == (200, 1)
    kept = RawMail.objects.get()
    assert (bytes(kept.raw), kept.account, kept.source) == (MAIL, support, "hook")
    intake.take_batch()
    assert Message.objects.get().ticket.subject == "Where is my parcel?"


@pytest.mark.parametrize("provider", INBOUND)
def test_S_103_the_same_mail_again_hears_200_and_adds_nothing(client, hook, keeper, provider):
    ours = hook(provider)
    again = INBOUND[provider](keeper)

    said = [client.post(path(ours), **again) for _ in range(3)]

    assert [(each.status_code, each.json()["new"]) for each in said] == [(200, 1), (200, 0), (200, 0)]


@pytest.mark.parametrize("provider", INBOUND)
def test_S_103_the_same_call_by_somebody_else_is_refused(client, hook, keeper, provider):
    ours = hook(provider)
    call = INBOUND[provider](keeper)
    body = call["data"].encode() if isinstance(call["data"], str) else call["data"]
    changed = body.replace(b"vera@", b"eve@").replace(b'"raw"', b'"row"').replace(b"56761188", b"5676118x")
    changed = changed.replace(b"m-1", b"m-2").replace(b"BASE64", b"BASE65").replace(b"Received", b"Recieved")
    wrong = [
        {**call, "data": changed},
        {**call, "data": b"{}"},
        {**call, "data": b"[]"},
        {**call, "data": b"x"},
    ]
    if "headers" in call:
        wrong.append({"data": body, "content_type": "application/json"})
    assert changed != body

    assert [client.post(path(ours), **each).status_code for each in wrong] == [403] * len(wrong)
    assert RawMail.objects.count() == 0


@pytest.mark.parametrize("provider", [*INBOUND, "brevo", "unisender_go"])
def test_S_042_known_and_unknown_addresses_hear_the_same_without_the_secret(client, hook, keeper, provider):
    ours = hook(provider)
    call = {"data": b'{"a": 1}', "content_type": "application/json"}
    unknown = f"/hooks/mail/{provider}/{'x' * 24}"

    posts = [client.post(address, **call) for address in (path(ours), unknown)]
    gets = [client.get(address) for address in (path(ours), unknown)]

    assert posts[0].content == posts[1].content
    assert gets[0].content == gets[1].content
    assert [each.status_code for each in (*posts, *gets)] == [403, 403, 200, 200]
    assert keeper.asked == []


def test_S_103_an_old_or_future_signature_is_refused(client, hook, keeper):
    amazon_hook = hook("amazon_ses")
    old = [signed_by_amazon(keeper, received_by_ses(), age=age) for age in (13 * 3600, -3600)]
    assert [client.post(path(amazon_hook), **call).status_code for call in old] == [403, 403]

    resend_hook = hook("resend")
    stale = [signed_by_svix({"type": "email.received"}, age=age) for age in (13 * 3600, -3600)]
    assert [client.post(path(resend_hook), **call).status_code for call in stale] == [403, 403]


def test_S_103_another_topic_of_amazon_is_refused_though_amazon_signed(client, hook, keeper):
    ours = hook("amazon_ses")
    theirs = signed_by_amazon(keeper, received_by_ses(), TopicArn=TOPIC.replace("desk", "evil"))

    assert client.post(path(ours), **theirs).status_code == 403
    assert keeper.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-0123456789abcdef.pem",
        "https://evil.example/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com@evil.example/SimpleNotificationService-0123456789abcdef.pem",
        "http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.x.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://s3.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com\\@evil.example/a.pem",
    ],
)
def test_S_069_no_certificate_is_fetched_from_anywhere_but_amazon(address):
    assert not amazon.OF_AMAZON.match(address)


def test_amazons_own_addresses_are_known():
    for region in ("us-east-1", "eu-central-1", "us-gov-west-1", "ap-southeast-2"):
        assert amazon.OF_AMAZON.match(
            f"https://sns.{region}.amazonaws.com/SimpleNotificationService-0123.pem"
        )
    assert amazon.OF_AMAZON.match("https://sns.cn-north-1.amazonaws.com.cn/?Action=ConfirmSubscription")


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_subscription_is_confirmed_when_our_topic_asks(client, hook, keeper, version):
    ours = hook("amazon_ses")
    keeper.keeps["/?Action=ConfirmSubscription&Token=t0k3n"] = b"<ConfirmSubscriptionResponse/>"
    visit = f"{keeper.address}/?Action=ConfirmSubscription&Token=t0k3n"
    words = "You have chosen to subscribe to the topic"
    more: dict[str, Any] = {"Type": "SubscriptionConfirmation", "SubscribeURL": visit, "Token": "t0k3n"}

    said = client.post(path(ours), **signed_by_amazon(keeper, words, version=version, **more))

    assert said.status_code == 200
    assert keeper.asked[-1][0] == "/?Action=ConfirmSubscription&Token=t0k3n"


def test_a_confirmation_that_leads_elsewhere_is_not_followed(client, hook, keeper):
    ours = hook("amazon_ses")
    more: dict[str, Any] = {
        "Type": "SubscriptionConfirmation",
        "SubscribeURL": "http://169.254.169.254/",
        "Token": "t",
    }

    assert client.post(path(ours), **signed_by_amazon(keeper, "words", **more)).status_code == 400


def test_a_certificate_that_cannot_be_had_now_is_asked_for_later(client, hook, keeper):
    ours = hook("amazon_ses")
    call = ses(keeper)
    keeper.keeps.clear()

    said = client.post(path(ours), **call)

    assert (said.status_code, said["Retry-After"]) == (503, "60")


def test_a_mail_that_lies_in_s3_is_put_aside_with_its_place(client, hook, keeper):
    ours = hook("amazon_ses")
    told = received_by_ses()
    told.pop("content")
    told["receipt"] = {
        "recipients": [TO],
        "action": {"type": "S3", "bucketName": "desk-mail", "objectKey": "in/o3vrnil0e2ic28"},
    }

    assert client.post(path(ours), **signed_by_amazon(keeper, told)).status_code == 200

    kept = RawMail.objects.get()
    assert (kept.state, kept.reason) == ("quarantined", "lies-elsewhere: S3: desk-mail/in/o3vrnil0e2ic28")
    assert b"Subject: Where is my parcel?" in bytes(kept.raw)


def test_a_mail_in_utf_8_without_base64_is_read_too(client, hook, keeper):
    ours = hook("amazon_ses")
    action = {"type": "SNS", "encoding": "UTF8"}
    told = received_by_ses(content=MAIL.decode(), receipt={"recipients": [TO], "action": action})

    client.post(path(ours), **signed_by_amazon(keeper, told))

    assert bytes(RawMail.objects.get().raw) == MAIL


def test_brevo_hands_in_pieces_and_is_asked_for_the_files(client, hook, keeper):
    ours = hook("brevo")
    keeper.keeps["/inbound/attachments/t0k3n%2F1"] = b"%PDF-1.4 label"
    told = {
        "Uuid": ["8d79f2b1-20ae-4939-8d0b-d2517331a9e5"],
        "To": [{"Name": None, "Address": TO}],
        "Headers": {
            "Received": ["by a.example", "by b.example"],
            "From": f"Vera <{VERA}>",
            "To": TO,
            "Subject": "Where is my parcel?",
            "Message-ID": "<brevo-1@nordlys.example>",
            "Content-Type": "multipart/mixed",
        },
        "RawTextBody": "Grüße aus Kiel\r\n",
        "RawHtmlBody": None,
        "Attachments": [
            {
                "Name": "label.pdf",
                "ContentType": "application/pdf",
                "DownloadToken": "t0k3n/1",
                "ContentID": None,
            }
        ],
    }

    said = client.post(path(ours), **as_json({"items": [told]}))

    assert (said.status_code, keeper.asked) == (200, [("/inbound/attachments/t0k3n%2F1", "key-of-the-api")])
    intake.take_batch()
    message = Message.objects.get()
    assert (message.external_id, message.text.strip()) == ("brevo-1@nordlys.example", "Grüße aus Kiel")
    assert [file.stored.name for file in message.attachments.all()] == ["label.pdf"]


def test_a_mail_that_the_provider_does_not_hand_over_is_not_said_to_be_kept(client, hook, keeper):
    ours = hook("resend")
    call = resend(keeper)
    keeper.keeps.clear()

    said = [client.post(path(ours), **call) for _ in range(2)]

    assert [each.status_code for each in said] == [503, 503]
    assert RawMail.objects.count() == 0
    told = FactRow.objects.filter(kind="channels.email.MailTroubleNoticed").order_by("id").last()
    assert told is not None
    assert told.payload["topic"] == "hook-failing"


def test_without_an_api_key_the_provider_is_asked_to_come_later(client, hook, keeper):
    ours = hook("resend", api_key=None)

    assert client.post(path(ours), **resend(keeper)).status_code == 503
    assert keeper.asked == []


@pytest.fixture
def answered(write, nadia, support) -> Message:
    write().ticket.reply(text="Here it is.", by=nadia, at=clock.now())
    message = Message.objects.get(kind="reply")
    outbox.take_batch()
    return message


def bounce_of_ses(keeper: Keeper, ours: str, *, lasting: bool = True) -> dict[str, Any]:
    who = {"emailAddress": VERA, "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
    kind = "Permanent" if lasting else "Transient"
    bounce = {"bounceType": kind, "bounceSubType": "General", "bouncedRecipients": [who]}
    headers = [{"name": "Message-ID", "value": f"<{ours}>"}]
    mail = {"messageId": "0102", "destination": [VERA], "headers": headers}
    return signed_by_amazon(keeper, {"notificationType": "Bounce", "bounce": bounce, "mail": mail})


def bounce_of_postal(_keeper: Keeper, ours: str) -> dict[str, Any]:
    message = {"id": 1571, "direction": "outgoing", "message_id": ours, "to": VERA}
    payload = {
        "message": message,
        "status": "HardFail",
        "details": "Failed",
        "output": "550 5.1.1 no such user",
    }
    return signed_by_postal(
        {"event": "MessageDeliveryFailed", "payload": payload, "uuid": "5fec"}, newer=True
    )


def bounce_of_brevo(_keeper: Keeper, ours: str) -> dict[str, Any]:
    told = {
        "event": "hard_bounce",
        "email": VERA,
        "message-id": f"<{ours}>",
        "reason": "550 5.1.1 no such user",
    }
    return {**as_json(told | {"ts_epoch": 1700000000000}), "headers": basic()}


def bounce_of_resend(_keeper: Keeper, ours: str) -> dict[str, Any]:
    data = {
        "email_id": "aaaaaaaa",
        "to": [VERA],
        "headers": [{"name": "Message-Id", "value": f"<{ours}>"}],
        "bounce": {"type": "Permanent", "message": "550 5.1.1 no such user, a hard bounce message"},
    }
    return signed_by_svix({"type": "email.bounced", "created_at": "2026-11-16T09:00:00.000Z", "data": data})


@pytest.mark.parametrize(
    ("provider", "bounce"),
    [
        ("amazon_ses", bounce_of_ses),
        ("postal", bounce_of_postal),
        ("brevo", bounce_of_brevo),
        ("resend", bounce_of_resend),
    ],
)
def test_a_bounce_stands_on_the_answer_and_blocks_the_address_once(
    client, hook, keeper, answered, provider, bounce
):
    ours = hook(provider)
    call = bounce(keeper, answered.external_id)

    assert [client.post(path(ours), **call).status_code for _ in range(2)] == [200, 200]

    answered.refresh_from_db()
    assert (answered.delivery, Suppression.objects.get().address) == ("bounced", VERA)


def test_a_mailbox_that_is_full_for_now_is_not_blocked(client, hook, keeper, answered):
    ours = hook("amazon_ses")
    call = bounce_of_ses(keeper, answered.external_id, lasting=False)
    told = json.loads(call["data"])
    said = json.loads(told["Message"])
    said["bounce"]["bouncedRecipients"][0]["diagnosticCode"] = ""

    client.post(path(ours), **signed_by_amazon(keeper, said))

    answered.refresh_from_db()
    assert (answered.delivery, Suppression.objects.count()) == ("bounced", 0)


def complaint_of_mailersend() -> dict[str, Any]:
    email = {"message": {"id": "62f"}, "recipient": {"email": VERA}}
    data = {"object": "activity", "id": "a1", "type": "spam_complaint", "email": email, "morph": None}
    told = {"type": "activity.spam_complaint", "data": data | {"created_at": "2026-11-16T09:00:00.000000Z"}}
    return signed_by_sum(told, "Signature")


def complaint_of_unisender() -> dict[str, Any]:
    event = {"job_id": "1lSkJ1", "email": VERA, "status": "spam", "event_time": "2026-11-16 09:00:00"}
    events = [{"event_name": "transactional_email_status", "event_data": event}]
    return signed_by_unisender({"events_by_user": [{"user_id": 456, "events": events}]})


def complaint_of_mailtrap() -> dict[str, Any]:
    event = {"event": "spam", "message_id": "m", "email": VERA, "timestamp": 1700000000, "event_id": "e"}
    return signed_by_sum({"events": [event]}, "Mailtrap-Signature")


@pytest.mark.parametrize(
    ("provider", "complaint"),
    [
        ("mailersend", complaint_of_mailersend),
        ("unisender_go", complaint_of_unisender),
        ("mailtrap", complaint_of_mailtrap),
    ],
)
def test_a_complaint_blocks_the_address_though_the_provider_names_no_mail_of_ours(
    client, hook, answered, provider, complaint
):
    ours = hook(provider)

    assert client.post(path(ours), **complaint()).status_code == 200

    assert list(Suppression.objects.values_list("address", "reason")) == [(VERA, "complained")]


def test_a_report_about_somebody_we_never_wrote_to_blocks_nobody(client, hook, support):
    ours = hook("mailersend")

    assert client.post(path(ours), **complaint_of_mailersend()).status_code == 200

    assert Suppression.objects.count() == 0


def test_a_wrong_key_of_unisender_is_refused(client, hook):
    ours = hook("unisender_go")
    told: dict[str, Any] = {"events_by_user": []}
    wrong = [signed_by_unisender(told, key="another"), as_json({"auth": "", **told}), as_json({"auth": "a"})]

    assert [client.post(path(ours), **call).status_code for call in wrong] == [403] * 3


def test_the_form_wants_what_each_provider_proves_with(db):
    def problems(provider: str, secret: str) -> list[str]:
        form = HookForm({"provider": provider, "secret": secret}, known=None)
        return [str(words) for words in form.errors.get("secret", [])]

    assert problems("amazon_ses", TOPIC) == []
    assert problems("amazon_ses", "just-a-password-of-mine") != []
    assert problems("brevo", "no-colon-in-this-one") != []
    assert problems("resend", "") != []


def test_the_key_of_the_api_is_sealed_and_forgotten_with_the_provider(hook, support, ada):
    ours = hook("resend")
    assert (ours.api_key, "key-of-the-api" in ours.sealed_api_key) == ("key-of-the-api", False)

    again = MailHook.lay(
        support, provider="mailgun", secret="another-one-1234", is_paused=False, by=ada.user, at=clock.now()
    )

    assert again.api_key == ""


def test_what_resend_keeps_is_taken_byte_by_byte(client, hook, keeper):
    ours = hook("resend")

    client.post(path(ours), **resend(keeper))

    assert message_from_bytes(bytes(RawMail.objects.get().raw))["Subject"] == "Where is my parcel?"
    assert keeper.asked == [("/emails/receiving/56761188", "Bearer key-of-the-api"), ("/raw/56761188", "")]
