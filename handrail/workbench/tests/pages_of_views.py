"""Reading the pages of views in tests."""

import re


def rows_of(page):
    return re.findall(r'<li class="row[^"]*" id="row-(\d+)"', page)


def count_in(page, view):
    found = re.search(rf'id="view-{view.key}".*?<span class="count">(\d+)</span>', page)
    return int(found[1]) if found else None


def counted(browser, view):
    """The views once every number is there, as a browser asks for them after the page."""
    return browser.get(f"/inbox/{view.key}/counts").content.decode()
