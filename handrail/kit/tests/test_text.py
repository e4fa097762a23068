"""Text from outside is fit to keep, to show on one line, and to name a file."""

import pytest

from handrail.kit.text import FILE_NAME_LENGTH, collapse, file_name, one_line, storable, tidy_lines


def test_storable_text_has_unix_newlines_and_nothing_a_database_refuses():
    assert storable("a\x00b\r\nc\rd\u2028e\ud800f\x07g\ttab") == "ab\nc\nd\nef" + "g\ttab"
    storable("\udcff\x00").encode()


def test_storable_text_keeps_letters_of_every_language():
    assert storable("Grüße, 您好, שלום, 👩‍👩‍👧") == "Grüße, 您好, שלום, 👩‍👩‍👧"


def test_one_line_is_one_line():
    assert one_line(" a\r\nb\t\x00c \u202eevil\u2029d ") == "a b c evil d"
    assert one_line("x" * 5_000, limit=10) == "x" * 10


def test_blanks_are_collapsed_and_lines_are_tidied():
    assert collapse(" a \n\t b ") == "a b"
    assert tidy_lines("\n\na  \n\n\n\n\n\nb\n") == "a\n\n\nb"


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("Übersicht 2026 €.pdf", "Übersicht 2026 €.pdf"),
        ("转发：整体.eml", "转发：整体.eml"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.doc", "x.doc"),
        ("／etc／passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("．htaccess", "htaccess"),
        (".\u200bhtaccess", "htaccess"),
        ("x.ph\u200bp", "x.php"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("a\x00b.txt", "ab.txt"),
        ("a\r\nContent-Type: x", "a Content-Type_ x"),
        ("con.txt", "file_con.txt"),
        ("ｃｏｎ.txt", "file_ｃｏｎ.txt"),
        ("LPT1", "file_LPT1"),
        ("..", "file"),
        ("", "file"),
        (" . ", "file"),
        ('a<b>"c|d?.txt', "a_b__c_d_.txt"),
    ],
)
def test_S_072_a_file_name_is_never_a_path_hidden_or_reserved(given, safe):
    assert file_name(given) == safe


def test_S_072_a_long_file_name_keeps_its_ending():
    name = file_name("x" * 300 + ".pdf")

    assert len(name) == FILE_NAME_LENGTH
    assert name.endswith(".pdf")
