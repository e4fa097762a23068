"""S-003: nothing active survives cleaning in any mutation of the corpus; `make torture` tries 200,000."""

import random

from handrail.kit import html
from handrail.kit.html import allowed
from handrail.kit.html.cleaning import STRICT_TAGS
from handrail.kit.html.tests.mutations import mutated
from handrail.kit.html.tests.reader import Reader
from handrail.kit.html.tests.test_cleaning import assert_nothing_active

MUTATIONS = 3_000
SEED = 20261122


def must_be_harmless(page: str) -> None:
    """As mail, as what our own editor wrote, and read a second time, as a browser reads what we wrote."""
    cleaned, own = html.clean(page).html, html.strict(page)
    assert_nothing_active(cleaned, allowed.TAGS)
    assert_nothing_active(own, STRICT_TAGS)
    assert Reader(html.clean(cleaned).html).tags == Reader(cleaned).tags, (
        "the second reading finds other tags"
    )
    assert Reader(html.strict(own)).tags == Reader(own).tags, "the second reading of our own finds other tags"


def test_S_003_nothing_active_survives_in_a_mutation_of_the_corpus():
    for number in range(MUTATIONS):
        page = mutated(random.Random(SEED * 1_000_003 + number))
        try:
            must_be_harmless(page)
        except AssertionError as broken:
            raise AssertionError(f"mutation {number} of seed {SEED}: {page!r}: {broken}") from broken


def test_S_003_the_mutations_differ_and_reach_what_is_read_in_other_ways():
    pages = {mutated(random.Random(number)) for number in range(500)}

    assert len(pages) > 490
    for name in ("<svg", "<math", "<style", "<noscript", "annotation-xml", "<!--", "\x00"):
        assert any(name in page.lower() for page in pages), name
