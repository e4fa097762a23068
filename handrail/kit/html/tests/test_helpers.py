"""S-088: what frameworks offer for foreign text is not used on it, and what we use is quick on it."""

import re
import time
from pathlib import Path

import jinja2
import pytest

HOUSE = Path(__file__).parents[3]
#: Filters and helpers that hung on hostile text before (CVE-2026-1285, CVE-2019-14232, CVE-2019-14233).
SLOW = re.compile(
    r"\|\s*(?:urlize|striptags|wordwrap|truncatewords_html|truncatechars_html|truncatewords)\b"
    r"|\b(?:strip_tags|urlize|Truncator|wordwrap)\("
)
#: Our own words only, never anybody else's.
ALLOWED = {"ui/templates/ui/errors/_frame.html"}
HOSTILE = {
    "open tags": "<a " * 300_000,
    "entities": "&#x" * 300_000,
    "brackets": "<" * 1_000_000,
    "comments": "<!--" * 250_000,
    "addresses": "www." * 250_000,
    "one word": "a" * 1_000_000,
}


def test_S_088_no_slow_helper_is_used_on_foreign_text():
    files = [*HOUSE.rglob("*.html"), *HOUSE.rglob("*.py")]
    users = {
        str(path.relative_to(HOUSE))
        for path in files
        if "tests" not in path.parts and SLOW.search(path.read_text(encoding="utf-8"))
    }

    assert users <= ALLOWED


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_S_088_cutting_a_hostile_text_short_takes_less_than_200_ms(text):
    page = jinja2.Environment(autoescape=True).from_string("{{ text|truncate(600) }}")
    start = time.process_time()

    page.render(text=text)

    assert time.process_time() - start < 0.2
