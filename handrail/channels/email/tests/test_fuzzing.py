"""R-022: mutated mails never raise anything but a refusal, and what is read of them can be stored."""

import dataclasses
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.channels import Unreadable
from handrail.channels.email.inbound import read, to_inbound

PAYLOADS = [path.read_bytes() for path in sorted((Path(__file__).parent / "payloads").glob("*.eml"))]
SPICE = [
    b"\x00", b"\xff\xfe", b"\r", b"\n\n", b"--x\n", b"=?utf-8?B?", b"?=", b"(" * 60, b'"', b"<",
    b";charset=utf-16", b"Content-Transfer-Encoding: base64\n", b"=ED=A0=80", b"&#0;", b"<div>" * 200,
    b"boundary=", b"\xed\xa0\x80",
]  # fmt: skip


def assert_readable_or_refused(raw: bytes) -> None:
    try:
        inbound = to_inbound(read(raw))
    except Unreadable as refusal:
        assert refusal.reason and refusal.words  # noqa: PT017, PT018 - one of the two right answers
        return
    for text in _texts(dataclasses.asdict(inbound)):
        text.encode()
        assert "\x00" not in text


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


@pytest.mark.parametrize("seed", range(150))
def test_R_022_a_mutated_mail_is_read_or_refused(seed):
    chance = random.Random(seed)
    raw = bytearray(chance.choice(PAYLOADS))
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(raw) + 1)
        step = chance.random()
        if step < 0.4:
            raw[place : place + chance.randint(0, 40)] = chance.choice(SPICE)
        elif step < 0.7:
            raw[place : place + 1] = bytes([chance.randrange(256)])
        else:
            other = chance.choice(PAYLOADS)
            raw[place:place] = other[chance.randrange(len(other)) :][: chance.randint(0, 300)]

    assert_readable_or_refused(bytes(raw))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_R_022_any_bytes_are_read_or_refused(raw):
    assert_readable_or_refused(raw)
    assert_readable_or_refused(b"From: a@x.example\nContent-Type: text/html\n\n" + raw)
    assert_readable_or_refused(b"Subject: " + raw)
