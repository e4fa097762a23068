"""Providers that sign in their own ways, and those that must be asked for what they keep."""

import base64
import json
from email import message_from_bytes
from typing import Any

import pytest

from handrail.channels.email import intake
from handrail.channels.email.hooks import amazon
from handrail.channels.email.models import MailHook, RawMail
from handrail.channels.email.road_forms import HookForm
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.providers import (
    TOPIC,
    Keeper,
    hook,
    keeper,
    signed_by_amazon,
    signed_by_postal,
    signed_by_sum,
    signed_by_svix,
)
from handrail.channels.email.tests.test_hooks import TO, VERA, as_json, path
from handrail.events.models import FactRow
from handrail.kit import clock
from handrail.tickets.models import Message

__all__ = ["hook", "keeper"]

MAIL = a_mail(text="Grüße\r\n")


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
