"""The page that operators read holds the limits that the code has."""

import re
from pathlib import Path

import pytest

from handrail.channels.email import limits
from handrail.kit.html import allowed

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "mail-limits.md"


def in_words(name: str) -> str:
    """50 MB, 256 kB, 1,000 or 2 million, as the page writes it."""
    value = getattr(limits, name, None) or getattr(allowed, name)
    if name.endswith("_BYTES"):
        return f"{value // limits.MB} MB" if value >= limits.MB else f"{value // limits.KB} kB"
    return f"{value // 1_000_000} million" if value >= 1_000_000 else f"{value:,}"


@pytest.mark.skipif(not PAGE.exists(), reason="the docs are not installed beside the code")
def test_the_page_names_each_limit_with_its_figure():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    named = {name: row for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}

    assert named
    assert {name: in_words(name) for name, row in named.items() if in_words(name) not in row} == {}
