"""R-025: mails of every build, and what is read of them, word by word."""

import json
from pathlib import Path

import pytest

from handrail.channels.email.inbound import read, to_inbound
from handrail.channels.email.telling import told

PAYLOADS = Path(__file__).parent / "payloads"
NAMES = sorted(path.stem for path in PAYLOADS.glob("*.eml"))


@pytest.mark.parametrize("name", NAMES)
def test_R_025_the_mail_is_read_as_its_golden_file_says(name):
    mail = read((PAYLOADS / f"{name}.eml").read_bytes())

    found = told(mail)
    assert found == json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_mail_with_other_line_ends_is_the_same(name):
    raw = (PAYLOADS / f"{name}.eml").read_bytes()

    one, other = read(raw), read(raw.replace(b"\r\n", b"\n"))

    assert one.fingerprint == other.fingerprint
    assert one.text == other.text


@pytest.mark.parametrize("name", NAMES)
def test_the_same_mail_on_another_road_has_the_same_fingerprint(name):
    raw = (PAYLOADS / f"{name}.eml").read_bytes()
    trace = (
        b"Received: by mx2.harbour.example; Mon, 2 Nov 2026 10:20:00 +0100\r\nDelivered-To: x@y.example\r\n"
    )

    assert read(trace + raw).fingerprint == read(raw).fingerprint


def test_every_golden_mail_has_a_fingerprint_of_its_own():
    prints = {read(path.read_bytes()).fingerprint for path in PAYLOADS.glob("*.eml")}

    assert len(prints) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_file_of_a_mail_is_lost_on_the_way_to_tickets(name):
    mail = read((PAYLOADS / f"{name}.eml").read_bytes())

    assert [file.content for file in to_inbound(mail).files] == [
        attachment.content for attachment in mail.attachments if not attachment.shown
    ]


def test_R_029_a_bounce_points_at_the_mail_that_failed():
    mail = read((PAYLOADS / "bounce.eml").read_bytes())

    assert mail.report is not None
    assert mail.report.message_id == "ours@harbour.example"
    assert [(each.address, each.action, each.status) for each in mail.report.deliveries] == [
        ("gone@customer.example", "failed", "5.1.1")
    ]
    assert to_inbound(mail).references == ("ours@harbour.example",)
    assert to_inbound(mail).automatic == "bounce"


def test_a_read_receipt_points_at_the_mail_that_was_read():
    inbound = to_inbound(read((PAYLOADS / "read_receipt.eml").read_bytes()))

    assert (inbound.automatic, inbound.references) == ("receipt", ("ours@harbour.example",))
