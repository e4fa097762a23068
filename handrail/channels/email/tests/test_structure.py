"""A mail is taken apart within its limits, however it is broken."""

import time
import tracemalloc

import pytest

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.structure import parse

HEAD = b"From: vera@customer.example\nContent-Type: multipart/mixed; boundary=x\n\n"


def bodies(raw: bytes) -> list[bytes]:
    return [part.body for part in parse(raw).walk() if not part.parts]


def test_parts_end_at_their_boundary_and_the_last_at_the_end():
    assert bodies(HEAD + b"before\n--x\n\none\n--x\n\ntwo\n--x--\nafter") == [b"one", b"two"]
    assert bodies(HEAD + b"--x\n\none\n--x\n\ntwo") == [b"one", b"two"]


def test_a_line_that_only_starts_like_the_boundary_is_text():
    assert bodies(HEAD + b"--x\n\none --x\n--xy\n--x--") == [b"one --x\n--xy"]


def test_an_inner_part_ends_with_the_part_around_it():
    inner = b"--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\n\none\n"

    assert bodies(HEAD + inner + b"--x\n\ntwo\n--x--") == [b"one", b"two"]


def test_a_multipart_without_its_parts_is_read_as_it_stands():
    mail = parse(HEAD + b"no part here")

    assert (mail.body, mail.problems) == (b"no part here", frozenset({"no-parts"}))


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\r\n\r\n", b"hello", b"hello\nworld", b"\x00\xff", b":", b"From "]
)
def test_what_is_hardly_a_mail_is_still_read(raw):
    assert parse(raw).parts == ()


def test_a_text_without_any_header_is_all_body():
    assert parse(b"Just words.\nAnd more.").body == b"Just words.\nAnd more."


def test_old_line_ends_are_understood():
    mail = parse(b"From: a@x.example\rSubject: s\r\rbody\r")

    assert (mail.fields.text("subject"), mail.body) == ("s", b"body\n")


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_500))
HOSTILE = {
    "too-many-parts": HEAD + b"--x\n\n" * 100_000,
    "too-deep": b"From: a@x.example\n" + NESTED,
    "header-too-large": b"From: a@x.example\n" + b"X: y\n" * 1_000_000 + b"\nhi",
    "too-many-fields": b"From: a@x.example\n" + b"X: y\n" * 150_000 + b"\nhi",
    "too-large": b"From: a@x.example\n\n" + b"x" * limits.MAIL_BYTES,
}


@pytest.mark.parametrize(("reason", "raw"), HOSTILE.items(), ids=list(HOSTILE))
def test_S_083_a_mail_beyond_the_limits_is_refused_at_once(reason, raw):
    start = time.process_time()

    with pytest.raises(Unreadable) as refusal:
        parse(raw)

    assert refusal.value.reason == reason
    assert time.process_time() - start < 2


def test_a_large_mail_nested_deep_is_refused_before_it_is_searched_over_and_over():
    raw = b"".join(b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (n, n) for n in range(49))
    start = time.process_time()

    with pytest.raises(Unreadable):
        parse(raw + b"\n" + b"-" * 40_000_000)

    assert time.process_time() - start < 5


def test_taking_a_large_mail_apart_copies_nothing():
    raw = HEAD + b"--x\n\n" + b"x" * 20_000_000 + b"\n--x--"

    tracemalloc.start()
    parse(raw)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 2_000_000
