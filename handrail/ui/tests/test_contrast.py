"""Everything can be read: each ink on each ground it is used on keeps WCAG 2.2 AA, in both themes."""

import pytest

from handrail.ui.tests.colours import luminance, themes

GROUNDS = ("paper", "surface", "surface-sunk", "surface-float", "surface-hover", "surface-chosen")
MEANINGS = ("color-overdue", "color-soon", "color-fine", "color-waiting")

WORDS = [
    *((ink, ground) for ink in ("ink", "ink-quiet", "ink-faint") for ground in GROUNDS),
    *((f"{meaning}", f"{meaning}-wash") for meaning in MEANINGS),
    *((meaning, ground) for meaning in MEANINGS for ground in ("paper", "surface", "surface-chosen")),
    *(("ink", f"{meaning}-wash") for meaning in MEANINGS),
    *(("handrail", ground) for ground in ("paper", "surface", "surface-chosen", "handrail-wash")),
    ("ink", "handrail-wash"),
    ("ink-quiet", "handrail-wash"),
    ("ink-faint", "handrail-wash"),
    ("handrail-ink", "handrail"),
    ("handrail-ink", "handrail-strong"),
    ("color-danger-ink", "color-danger"),
    ("color-danger-ink", "color-danger-strong"),
    ("ink", "color-note-surface"),
    ("color-note-ink", "color-note-surface"),
    ("color-note-surface", "color-note-ink"),
    ("ink", "color-mark"),
    ("rail-ink", "rail"),
]
SHAPES = [
    *(("line-field", ground) for ground in ("paper", "surface", "surface-sunk")),
    *(("focus", ground) for ground in GROUNDS),
    ("handrail", "surface"),
    ("color-note-ink", "color-note-surface"),
]


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_can_be_read(theme, ink, ground):
    assert theme.contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_borders_of_fields_and_focus_can_be_seen(theme, shape, ground):
    assert theme.contrast(shape, ground) >= 3


def test_the_measure_itself_knows_black_and_white():
    assert round(luminance("oklch(0% 0 0)"), 4) == 0
    assert round(luminance("oklch(100% 0 0)"), 4) == 1
    assert round(luminance("oklch(62.8% 0.2577 29.23)"), 2) == 0.21  # pure red
