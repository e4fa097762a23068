"""S-075: no parameter of any page, by whoever asks, is a server error: filters, orders, search, bulk."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.architecture.test_role_table import KNOWN, ROWS, Row, parameters_of
from tests.architecture.test_role_table import PEOPLE as EVERYBODY

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


#: `make torture` asks every row of the role table as everybody in it.
WHOLE = [row for row in ROWS if row.method in ("GET", "POST")]
WHOLE_STRETCHES = [WHOLE[start : start + AT_ONCE] for start in range(0, len(WHOLE), AT_ONCE)]


def _first(stretch: list[Row]) -> str:
    return f"{stretch[0].room}-{stretch[0].route}"


@pytest.mark.parametrize("stretch", STRETCHES, ids=_first)
def test_S_075_no_parameter_of_a_page_is_a_server_error(stretch, request, client_of, house):
    assert _wrong(stretch, request, _browsers(PEOPLE, request, client_of), each=ASKED) == []


@pytest.mark.torture
@pytest.mark.parametrize("stretch", WHOLE_STRETCHES, ids=_first)
def test_S_075_so_it_is_on_every_page_for_everybody(stretch, request, client_of, house):
    assert _wrong(stretch, request, _browsers(("none", *EVERYBODY), request, client_of), each=1) == []


def _browsers(names: Iterable[str], request: pytest.FixtureRequest, client_of: Any) -> dict[str, Client]:
    """One for each, signed in; "none" is a stranger."""
    return {name: Client() if name == "none" else client_of(request.getfixturevalue(name)) for name in names}


def _wrong(
    stretch: list[Row], request: pytest.FixtureRequest, browsers: dict[str, Client], *, each: int
) -> list[str]:
    """What is a server error; each: so many of the people after each other share one row."""
    return [
        f"{row} as {name}: {answer}"
        for place, row in enumerate(stretch)
        for turn, (name, browser) in enumerate(browsers.items())
        if (place + turn) % each == 0
        if (answer := _answer(row, request, browser, HOSTILE[(place + turn) % len(HOSTILE)])) >= 500
    ]


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
