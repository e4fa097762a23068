"""Names, numbers and sizes, as people write them."""

import pytest
from django.utils import translation

from handrail.ui.figures import filesize, number, percent
from handrail.ui.names import initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vera Lindqvist", "VL"),
        ("Anna Maria van der Berg", "AB"),
        ("tom", "T"),
        ("vera.lindqvist@nordlys.example", "VL"),
        ("李 小龙", "李小"),
        ("", "?"),
        (None, "?"),
        ("“ ”", "?"),
    ],
)
def test_initials_are_of_the_first_and_last_word(name, expected):
    assert initials(name) == expected


def test_numbers_follow_the_language():
    assert number(12345.6) == "12,345.6"
    assert number(None) == ""
    assert number(3, 1) == "3.0"
    with translation.override("de"):
        assert number(12345.6) == "12.345,6"


def test_a_share_is_written_as_a_percentage():
    assert percent(0.943) == "94%"
    assert percent(0.943, 1) == "94.3%"
    assert percent(None) == ""


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0\xa0B"),
        (812, "812\xa0B"),
        (184_320, "184\xa0kB"),
        (2_480_000, "2.5\xa0MB"),
        (25_000_000, "25\xa0MB"),
        (None, ""),
    ],
)
def test_sizes_of_files_are_decimal(count, expected):
    assert filesize(count) == expected
