"""Every route, for every role, does what tests/role_table.toml says; none is missing there (S-015)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from handrail.accounts.models import ApiToken
from handrail.accounts.rights import declared
from handrail.events.live import gates
from handrail.kit import clock
from tests.architecture.routes import Route, routes

FILE = Path(__file__).parents[1] / "role_table.toml"
CELLS = {"ok", "in", "403", "404"}
TABLE: dict[str, Any] = tomllib.loads(FILE.read_text())
COLUMNS: list[str] = TABLE.pop("columns")
PEOPLE = [column for column in COLUMNS if column not in ("none", "gone", "bot")]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. asked_for: the name of a fixture; empty for a route without parameters."""

    room: str
    method: str
    route: str
    asked_for: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.asked_for}".strip()


def rows() -> Iterator[Row]:
    for room, lines in TABLE.items():
        for line, cells in lines.items():
            method, route, *asked_for = line.split()
            yield Row(
                room=room, method=method, route=route, asked_for=" ".join(asked_for), cells=spread(cells)
            )


def spread(cells: str) -> dict[str, str]:
    """The cells by column, with "-" made the cell before it."""
    words: list[str] = []
    for word in cells.split():
        words.append(words[-1] if word == "-" else word)
    return dict(zip(COLUMNS, words, strict=True))


#: Where strangers are sent: the desk's door and the portal's.
DOORS = (reverse("accounts:sign-in"), reverse("portal:welcome"))
ROWS = list(rows())
#: So many rows are proven by one test, so that workers can share them.
AT_ONCE = 12
STRETCHES = [ROWS[start : start + AT_ONCE] for start in range(0, len(ROWS), AT_ONCE)]
KNOWN = {route.name: route for route in routes()}


def test_S_015_every_route_and_method_is_in_the_role_table():
    listed = {(row.method, row.route) for row in ROWS}
    missing = [(method, route.name) for route in routes() for method in route.methods]
    missing = [pair for pair in missing if pair not in listed]

    told = "\n".join(f'  "{method} {name}" = "…"' for method, name in missing)
    assert not missing, (
        "\nNobody has decided who may open these. "
        f"Add a row for each to {FILE.name}; its head says how:\n{told}"
    )


def test_S_015_every_row_belongs_to_a_route_and_says_what_it_may():
    pages = [row for row in ROWS if row.method != "LIVE"]
    gone = [str(row) for row in pages if row.method not in getattr(KNOWN.get(row.route), "methods", ())]
    odd = [str(row) for row in ROWS if set(row.cells.values()) - CELLS]

    assert not gone, f"These routes or methods are gone; take their rows out of {FILE.name}: {gone}"
    assert not odd, f"A cell is one of {sorted(CELLS)} or -: {odd}"


def test_S_022_every_kind_of_live_topic_is_in_the_role_table():
    listed = {row.route for row in ROWS if row.method == "LIVE"}

    assert listed == gates.kinds(), f"Say in {FILE.name} who may watch each kind: LIVE kind object"


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: f"{stretch[0].room}-{stretch[0].route}")
def test_S_015_every_cell_holds(stretch, request, house, client_of, omar):
    knock = Knocking(request, client_of, omar)

    wrong = [each for row in stretch for each in knock.wrong_cells(row)]

    assert not wrong, "\n" + "\n".join(wrong)


class Knocking:
    """Tries every door as everybody, each time in a transaction that is taken back."""

    def __init__(self, request: pytest.FixtureRequest, client_of: Any, omar: Any) -> None:
        self.request = request
        self.cookies = {name: key_of(client_of(request.getfixturevalue(name))) for name in PEOPLE}
        self.cookies["gone"] = key_of(client_of(omar))
        ada = request.getfixturevalue("ada")
        omar.user.suspend(by=ada.user, reason="Left", at=clock.now())
        scopes, lasts = list(declared()), timedelta(days=1)
        made = ApiToken.make(user=ada.user, name="Bot", scopes=scopes, lasts=lasts, at=clock.now())
        self.token = made[1]

    def wrong_cells(self, row: Row) -> Iterator[str]:
        """What is otherwise than the row says, in words."""
        knock = self.watch if row.method == "LIVE" else partial(self.cell, self.address_of(row))
        for column, expected in row.cells.items():
            found, status = knock(row, column)
            if found != expected:
                yield f"{row} as {column}: {found} ({status}), but the table says {expected}"

    def address_of(self, row: Row) -> str:
        route = KNOWN[row.route]
        if route.parameters and not row.asked_for:
            pytest.fail(f"{row}: name what it is asked for; the route takes {', '.join(route.parameters)}")
        asked_for = self.request.getfixturevalue(row.asked_for) if row.asked_for else None
        return reverse(row.route, kwargs=parameters_of(route, asked_for))

    def cell(self, address: str, row: Row, column: str) -> tuple[str, int]:
        headers = {"Authorization": f"Bearer {self.token}"} if column == "bot" else {}
        browser = Client(raise_request_exception=False, headers=headers)
        if column in self.cookies:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[column]
        with transaction.atomic():
            answer = browser.generic(row.method, address)
            for _piece in answer if answer.streaming else ():
                pass
            transaction.set_rollback(True)
        return cell_of(answer), answer.status_code

    def watch(self, row: Row, column: str) -> tuple[str, int]:
        """Whether the live stream of this person takes the topic."""
        viewer = gates.who_is(f"{settings.SESSION_COOKIE_NAME}={self.cookies.get(column, '')}")
        if viewer is None:
            return "in", 401
        topic = f"{row.route}:{self.request.getfixturevalue(row.asked_for).pk}"
        return ("ok", 200) if gates.open_topics(viewer, [topic]) else ("404", 200)


def cell_of(answer: Any) -> str:
    """What an answer means for who knocked."""
    if answer.status_code == 401 or urlsplit(answer.get("Location", "")).path in DOORS:
        return "in"
    if answer.status_code in (403, 404):
        return str(answer.status_code)
    return "broken" if answer.status_code >= 500 else "ok"


def parameters_of(route: Route, asked_for: Any) -> dict[str, Any]:
    if isinstance(asked_for, dict):
        return asked_for
    return {name: getattr(asked_for, name, getattr(asked_for, "pk", None)) for name in route.parameters}


def key_of(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value
