"""Headers as the world writes them are read without ever raising."""

from datetime import UTC, datetime

import pytest

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.encoded_words import decode_words
from handrail.channels.email.headers import Fields

WORDS = {
    "plain": ("Hello", "Hello"),
    "q": ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
    "b": ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
    "underscores are blanks": ("=?iso-8859-1?q?a_=E4?=", "a ä"),
    "two words join": ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
    "two charsets join": ("=?utf-8?Q?=C3=A4?= =?iso-8859-1?Q?=E4?=", "ää"),
    "a sign torn in two": ("=?utf-8?B?w4M=?= =?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "Ãü"),
    "text between keeps its blanks": ("=?utf-8?Q?a?= and =?utf-8?Q?b?=", "a and b"),
    "no padding": ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
    "too much padding": ("=?ISO-2022-JP?B?GyRCO3ZMMzZJGyhC==?=", "事務局"),
    "blanks inside": ("=?utf-8?Q?a b?=", "a b"),
    "unfinished": ("=?utf-8?Q?abc", "abc"),
    "unknown charset": ("=?klingon?Q?abc?=", "abc"),
    "a language named": ("=?utf-8*de?Q?abc?=", "abc"),
    "not hexadecimal": ("=?utf-8?Q?a=ZZ?=", "a=ZZ"),
    "not one": ("a =? b ?= c", "a =? b ?= c"),
    "Chinese": ("=?GB2312?B?vKjQp7ncwO0=?=", "绩效管理"),
}


@pytest.mark.parametrize(("written", "meant"), WORDS.values(), ids=list(WORDS))
def test_an_encoded_word_is_read_however_it_is_broken(written, meant):
    assert decode_words(written) == meant


def test_a_folded_field_is_one_line():
    assert Fields.of(b"Subject: a\r\n\tb\r\n  c\r\n").text("subject") == "a b c"


def test_names_of_fields_have_no_case_and_the_first_counts():
    fields = Fields.of(b"SUBJECT: one\nSubject: two\n")

    assert fields.text("subject") == "one"
    assert len(fields.all_raw("subject")) == 2


def test_a_broken_line_is_left_out_and_named():
    fields = Fields.of(b"From: a@b.example\nthis is no field\n continued\nSubject: x\n")

    assert fields.text("subject") == "x"
    assert fields.text("from") == "a@b.example"
    assert fields.problems == {"header-line"}


def test_raw_letters_are_read_by_utf8_first_then_by_the_bodys_charset():
    assert Fields.of("Subject: Grüße".encode()).text("subject", hint="koi8-r") == "Grüße"
    assert Fields.of("Subject: Привет".encode("koi8-r")).text("subject", hint="koi8-r") == "Привет"
    assert Fields.of("Subject: Grüße".encode("latin-1")).text("subject") == "Grüße"
    assert Fields.of("Subject: 转发：整体提升企业服务水平".encode("gb18030")).text(
        "subject", hint="iso-8859-1"
    ) == ("转发：整体提升企业服务水平")


def test_control_characters_and_line_ends_cannot_pass():
    text = Fields.of(b"Subject: =?utf-8?Q?a=00b=0D=0ABcc:_x=E2=80=A8y?=").text("subject")

    assert "\x00" not in text
    assert "\r" not in text
    assert "\u2028" not in text


def test_message_ids_are_found_in_any_clutter():
    fields = Fields.of(
        b'References: <a@x> junk <b@y>\r\n\t<a@x>\nIn-Reply-To: Your mail of "Mon" from v@x.example\n'
        b"Message-ID: c@z.example\n"
    )

    assert fields.ids("references") == ("a@x", "b@y")
    assert fields.ids("in-reply-to") == ()
    assert fields.ids("message-id") == ("c@z.example",)


MOMENTS = {
    "usual": ("Mon, 2 Nov 2026 10:15:00 +0100", datetime(2026, 11, 2, 9, 15, tzinfo=UTC)),
    "with a comment": ("Mon, 2 Nov 2026 10:15:00 +0100 (CET)", datetime(2026, 11, 2, 9, 15, tzinfo=UTC)),
    "no zone": ("2 Nov 2026 10:15:00", datetime(2026, 11, 2, 10, 15, tzinfo=UTC)),
    "nonsense": ("yesterday", None),
    "no such day": ("Mon, 31 Feb 2026 10:15:00 +0100", None),
    "no such zone": ("Mon, 2 Nov 2026 10:15:00 +9999", None),
    "year 9999": ("Fri, 31 Dec 9999 23:59:59 -1200", None),
    "empty": ("", None),
}


@pytest.mark.parametrize(("written", "meant"), MOMENTS.values(), ids=list(MOMENTS))
def test_a_date_is_a_moment_or_nothing(written, meant):
    assert Fields.of(f"Date: {written}".encode()).moment("date") == meant


def test_a_long_field_is_cut_and_named():
    fields = Fields.of(b"X: " + b"a" * (limits.FIELD_BYTES + 10) + b"\nSubject: x\n")

    assert len(fields.raw("x") or b"") == limits.FIELD_BYTES
    assert fields.text("subject") == "x"
    assert "header-cut" in fields.problems


def test_a_header_of_too_many_fields_is_refused():
    with pytest.raises(Unreadable, match="2000 fields"):
        Fields.of(b"X: y\n" * (limits.FIELDS + 1))


def test_a_header_that_is_too_large_is_refused():
    with pytest.raises(Unreadable, match="256 kB"):
        Fields.of((b"X: " + b"a" * 60_000 + b"\n") * 5)
