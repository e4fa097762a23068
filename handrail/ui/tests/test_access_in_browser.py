"""Everybody can use it: axe finds nothing serious, and no page is wider than a phone."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

AXE = Path("node_modules/axe-core/axe.min.js")
PAGES = ("/ui", "/ui/panes", "/ui/settings", "/ui/sheet", "/ui/portal", "/ui/table")
DARK = "{runOnly: ['color-contrast']}"


@pytest.mark.parametrize(
    ("where", "theme", "rules"),
    [*((where, "light", "{}") for where in PAGES), ("/ui", "dark", DARK), ("/ui/panes", "dark", DARK)],
)
def test_axe_finds_nothing_serious(browser, address, where, theme, rules):
    page = browser.new_page(base_url=address, color_scheme=theme, reduced_motion="reduce", bypass_csp=True)
    page.goto(where)
    page.add_script_tag(path=AXE)
    found = page.evaluate(f"axe.run({rules})")["violations"]
    page.close()

    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []


@pytest.mark.parametrize("query", ["", "?dir=rtl"])
def test_no_page_is_wider_than_a_phone(browser, address, query):
    page = browser.new_page(base_url=address, viewport={"width": 375, "height": 812})
    widths = {}
    for where in PAGES:
        page.goto(where + query)
        widths[where] = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert widths == dict.fromkeys(PAGES, 375)
