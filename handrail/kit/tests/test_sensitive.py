"""Card numbers, accounts and keys are found by their checks: little is missed, nothing else is taken."""

import json
from time import process_time

import pytest

from handrail.kit.sensitive import found_in, masked
from tests.real_mail import need

MB = 1024 * 1024
FOUND = {
    "4111111111111111": "••••••••••••1111",
    "4111 1111 1111 1111": "•••• •••• •••• 1111",
    "5500-0000-0000-0004": "••••-••••-••••-0004",
    "378282246310005": "•••••••••••0005",
    "6011000990139424": "••••••••••••9424",
    "DE89 3704 0044 0532 0130 00": "•••• •••• •••• •••• ••30 00",
    "gb82west12345698765432": "••••••••••••••••••5432",
    "AKIAIOSFODNN7EXAMPLE": "AKIA••••••••",
    "ghp_" + "a1B2" * 9: "ghp_••••••••",
    "xoxb-1234567890-abcdef": "xoxb••••••••",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----": "----••••••••",
}
NOT_FOUND = [
    "4111111111111112",  # no such check digit
    "0000 0000 0000 0000",
    "HB 4471 902 000 1234",  # a parcel
    "2026-11-22 09:15:00 +0100 4111",
    "+49 170 4111111 111111",  # a telephone
    "order 1234567812345670-4111111111111111",
    "https://shop.example/?id=4111111111111111",
    "DE89370400440532013001",
    "XX82WEST12345698765432",
    "ghp_short",
    "eyJ is how tokens begin",
    "-----BEGIN PRIVATE KEY----- and no end",
]


@pytest.mark.parametrize("words", FOUND)
def test_each_is_found_wherever_it_stands_and_only_its_end_stays(words):
    text = f"Hello, {words}, thanks"

    assert masked(text)[0] == f"Hello, {FOUND[words]}, thanks"
    assert masked(words)[0] == FOUND[words]


@pytest.mark.parametrize("words", NOT_FOUND)
def test_what_only_looks_like_one_is_left(words):
    assert found_in(words) == []


def test_several_in_one_text_are_all_found():
    text = "4111 1111 1111 1111 or DE89 3704 0044 0532 0130 00?"

    assert masked(text)[1] == {"card", "account"}


@pytest.mark.parametrize(
    "text", ["1 " * MB, "4" * MB, "AA00 " * MB, "eyJ" * MB, "-----BEGIN PRIVATE KEY-----" * 40_000, "4-" * MB]
)
def test_a_hostile_text_is_read_in_linear_time(text):
    started = process_time()
    found_in(text[:MB])

    assert process_time() - started < 1


def test_S8_on_marked_samples_nearly_all_are_found_and_nothing_else():
    rows = [json.loads(line) for line in (need("pii_presidio") / "samples.jsonl").read_text().splitlines()]
    wanted, found = set(), set()
    for row in rows:
        spans = [each for each in row["spans"] if each["entity_type"] in ("CREDIT_CARD", "IBAN_CODE")]
        wanted |= {(row["id"], each["start_position"], each["end_position"]) for each in spans}
        found |= {(row["id"], each.start, each.end) for each in found_in(row["text"])}

    assert len(wanted) >= 80
    assert len(wanted & found) / len(wanted) >= 0.97
    assert len(wanted & found) / len(found) >= 0.99
