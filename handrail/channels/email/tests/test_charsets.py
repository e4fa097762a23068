"""Bytes are read by the charset they are in, whatever the mail says."""

import pytest

from handrail.channels.email.charsets import codec_for, decode

GERMAN = "Grüße aus München, wo ist mein Paket geblieben?"
RUSSIAN = "Здравствуйте, где моя посылка? Она опаздывает уже на три дня. Ответьте, пожалуйста."
CHINESE = "您好，我的包裹在哪里？已经晚了三天，请尽快告诉我。谢谢！"
JAPANESE = "こんにちは。荷物はどこにありますか。三日も遅れています。教えてください。"


@pytest.mark.parametrize(
    ("declared", "text", "written_in"),
    [
        ("utf-8", GERMAN, "utf-8"),
        ("utf8", GERMAN, "utf-8"),
        ('"UTF-8"', GERMAN, "utf-8"),
        ("iso-8859-1", GERMAN, "latin-1"),
        ("ISO-8859-1", "„quoted“ – dash", "cp1252"),
        ("windows-1252", GERMAN, "cp1252"),
        ("cp-1252", GERMAN, "cp1252"),
        ("gb2312", "镕基", "gbk"),
        ("iso-gb2312", CHINESE, "gb18030"),
        ("ks_c_5601-1987", "안녕하세요", "cp949"),
        ("shift_jis", "①髙", "cp932"),
        ("iso-2022-jp", JAPANESE, "iso2022_jp"),
        ("unicode-1-1-utf-7", "Übermittlung", "utf-7"),
        ("koi8-r", RUSSIAN, "koi8-r"),
    ],
)
def test_a_declared_charset_under_any_of_its_names(declared, text, written_in):
    found = decode(text.encode(written_in), declared)

    assert (found.text, found.problem) == (text, "")


@pytest.mark.parametrize(
    ("text", "written_in"),
    [
        (GERMAN, "latin-1"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (CHINESE, "gb18030"),
        (JAPANESE, "shift_jis"),
    ],
)
@pytest.mark.parametrize("declared", ["utf-8", "us-ascii", "klingon-8", ""])
def test_R_021_a_charset_that_lies_or_lacks_is_guessed(text, written_in, declared):
    assert decode(text.encode(written_in), declared).text == text


def test_R_021_latin_that_is_utf8_is_read_as_what_it_is():
    found = decode(GERMAN.encode(), "iso-8859-1")

    assert (found.text, found.problem) == (GERMAN, "charset-lied")


def test_two_charsets_in_one_text_are_both_read():
    assert decode("äöü – 差出人, ".encode() + "äöü".encode("latin-1"), "iso-x").text == "äöü – 差出人, äöü"


def test_one_broken_sign_does_not_make_the_charset_a_lie():
    found = decode(CHINESE.encode("gb18030") + b"\xff", "gb2312")

    assert found.text == CHINESE + "\ufffd"
    assert found.problem == "charset-broken"


@pytest.mark.parametrize(
    "name", ["punycode", "idna", "unicode_escape", "rot13", "hex", "zip", "undefined", "mbcs", "../x"]
)
def test_codecs_that_are_no_charset_of_mail_are_not_used(name):
    assert codec_for(name) is None


@pytest.mark.parametrize(
    "data", [bytes(range(256)), b"\xff" * 1000, b"\x80", bytes(range(128, 256)) * 40, b""]
)
@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "utf-7", "iso-2022-jp", "gb2312", "x", None])
def test_bytes_of_no_charset_at_all_still_become_text(data, declared):
    assert isinstance(decode(data, declared).text, str)
