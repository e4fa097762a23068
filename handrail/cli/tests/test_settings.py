"""`handrail settings`: what is set, and the page made from it."""

from handrail.cli.settings import markdown
from handrail.kit.settings import CHECKOUT


def test_the_reference_page_is_in_step():
    page = CHECKOUT / "docs" / "reference" / "settings.md"

    assert page.read_text() == markdown(), "run `make reference`"
