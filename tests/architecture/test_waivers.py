"""Exceptions are possible, listed with a reason, and counted."""

from collections import Counter

import pytest

from tests.architecture.findings import Finding, Waiver, counted, expect_none, waivers


def miscounted(written: tuple[Waiver, ...], most: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Rules whose number of waivers differs from the number in the list: rule → (written, counted)."""
    have = Counter(waiver.rule for waiver in written)
    return {
        rule: (have[rule], most.get(rule, 0)) for rule in {*have, *most} if have[rule] != most.get(rule, 0)
    }


def test_there_are_exactly_as_many_waivers_as_counted():
    assert miscounted(waivers(), counted()) == {}, "Lower the number when a waiver goes; never raise it."


def test_every_waiver_gives_a_reason_that_is_a_sentence():
    assert [each.where for each in waivers() if len(each.why.split()) < 4] == []


def test_one_waiver_too_many_is_noticed():
    more = (Waiver(rule="sizes", where="a.py", why="one"), Waiver(rule="sizes", where="b.py", why="two"))

    assert miscounted(more, {"sizes": 1}) == {"sizes": (2, 1)}


def test_a_red_rule_says_where_what_and_how_to_mend_it():
    with pytest.raises(AssertionError) as told:
        expect_none([Finding("handrail/a.py::long", "has 41 lines")], rule="sizes", mend="Cut it in two.")

    assert str(told.value).splitlines()[:3] == [
        "",
        "  handrail/a.py::long: has 41 lines",
        "→ Cut it in two.",
    ]
