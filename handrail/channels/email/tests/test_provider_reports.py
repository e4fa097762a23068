"""What providers report of mail we sent: it stands on the answer, and blocks addresses that do not work."""

import json
from typing import Any

import pytest

from handrail.channels.email import outbox
from handrail.channels.email.models import Suppression
from handrail.channels.email.tests.providers import (
    Keeper,
    hook,
    keeper,
    signed_by_amazon,
    signed_by_postal,
    signed_by_sum,
    signed_by_svix,
    signed_by_unisender,
)
from handrail.channels.email.tests.test_hooks import VERA, as_json, basic, path
from handrail.kit import clock
from handrail.tickets.models import Message

__all__ = ["hook", "keeper"]


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
