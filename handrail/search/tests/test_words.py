"""Words are found however they were written."""

import pytest

from handrail.search.words import plain


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("said “out for delivery” since", "said out for delivery since"),
        ("Grüße, Öl-Ofen", "grusse ol ofen"),
        ("vera@nordlys.example", "vera nordlys example"),
        ("HB 4471 902", "hb 4471 902"),
        ("荷物はどこですか", "荷物はどこですか"),
        ("' & | ! ( ) :*", ""),
    ],
)
def test_case_accents_and_punctuation_do_not_count(written, words):
    assert plain(written) == words
