"""S-075: no parameter of any page, by whoever asks, is a server error: filters, orders, search, bulk."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.architecture.test_role_table import KNOWN, ROWS, Row, parameters_of

#: Whatever pages read from an address or a form, by the names they give it.
NAMES = [
    *("q", "sort", "page", "after", "before", "from", "limit", "month", "text", "number", "all", "except"),
    *("to", "deleted", "words", "organisation", "on", "name", "question", "chosen", "view", "key", "reason"),
    *("other", "list", "position", "labels", "grouping", "shape", "columns", "audience", "dated_by", "macro"),
    *("status", "owner", "team", "priority", "tag", "untag", "delete", "due", "checklist", "fields"),
    *("merged", "split", "touched", "shown", "what", "until"),
]
HOSTILE = [
    "'; DROP TABLE tickets_ticket; --",
    "\x00\ud7ff%00",
    "9" * 40,
    "-1",
    "1e400",
    '{"a": {"b": [[[]]]}}',
    "sort:field.x' field.y:1..2 (((",
    "../../etc/passwd",
    "٣" * 5,
]
PEOPLE = ("none", "vera", "lena", "nadia", "iris", "ada")
ROOMS = ("tickets", "workbench", "customers", "fields", "notifications", "portal", "team")
PAGES = [row for row in ROWS if row.room in ROOMS and row.method in ("GET", "POST")]
#: Each row is asked by every second of them, so that the suite stays quick; each of them asks half of all.
ASKED = 2
#: So many rows are asked by one test, so that workers can share them.
AT_ONCE = 25
STRETCHES = [PAGES[start : start + AT_ONCE] for start in range(0, len(PAGES), AT_ONCE)]


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: f"{stretch[0].room}-{stretch[0].route}")
def test_S_075_no_parameter_of_a_page_is_a_server_error(stretch, request, client, client_of, house):
    browsers = {
        name: client if name == "none" else client_of(request.getfixturevalue(name)) for name in PEOPLE
    }

    wrong = [
        f"{row} as {name}: {answer}"
        for place, row in enumerate(stretch)
        for turn, (name, browser) in enumerate(browsers.items())
        if (place + turn) % ASKED == 0
        if (answer := _answer(row, request, browser, HOSTILE[(place + turn) % len(HOSTILE)])) >= 500
    ]

    assert wrong == []


def _answer(row: Row, request: pytest.FixtureRequest, browser: Any, hostile: str) -> int:
    """The status; whatever it did is taken back."""
    asked_for = request.getfixturevalue(row.asked_for) if row.asked_for else None
    address = reverse(row.route, kwargs=parameters_of(KNOWN[row.route], asked_for))
    given = dict.fromkeys(NAMES, hostile)
    browser.raise_request_exception = False
    with transaction.atomic():
        answer = browser.get(address, given) if row.method == "GET" else browser.post(address, given)
        if answer.streaming:
            b"".join(answer.streaming_content)  # then what is sent is closed
        transaction.set_rollback(True)
    return int(answer.status_code)
