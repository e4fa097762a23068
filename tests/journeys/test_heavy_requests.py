"""S-089: requests too deep, too large or too many are refused by the real server, which stays small."""

import http.client
import json
import os
import re
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from handrail.accounts import throttling
from handrail.kit import clock
from handrail.tickets.models import BulkOrder

pytestmark = pytest.mark.browser

#: What refuses; nothing else is as good, and least of all a 500 or a broken line.
REFUSALS = {400, 403, 404, 408, 413, 414, 422, 429, 431}
FORM = "application/x-www-form-urlencoded"
#: So much may the processes of the server grow by all of this together, in kB.
GROWTH = 200_000
PASSWORD = "seventeen quiet herons"
#: So many tries that the wait grew to its longest.
TRIED = 20

Ask = Callable[..., tuple[int, dict[str, str], str]]


@pytest.fixture
def ask(served, transactional_db, client_of, nadia) -> Ask:
    """Asks as Nadia, with the token that her forms carry."""
    return _asking(served, client_of(nadia), "/inbox/views/new")


@pytest.fixture
def knock(served, transactional_db) -> Ask:
    """Asks as a stranger, with the token of the door."""
    return _asking(served, Client(), "/sign-in")


def _asking(served: str, browser: Client, form: str) -> Ask:
    place = urlsplit(served)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(form).content.decode())
    assert token
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())

    def asked(
        method: str, path: str, body: bytes = b"", kind: str = FORM, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        told = {"Cookie": cookies, "X-CSRFToken": token[1], "Origin": served, "Content-Type": kind, **headers}
        with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)) as line:
            with suppress(BrokenPipeError, ConnectionResetError):  # refused before all of it was sent
                line.request(method, path, body=body, headers=told)
            answer = line.getresponse()
            told_back = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, told_back, answer.read().decode(errors="replace")

    return asked


def _kilobytes(served: str) -> int:
    """Resident memory of all processes of the server."""
    port = f"HANDRAIL_PORT={urlsplit(served).port}".encode()
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.name != str(os.getpid()) and port in (process / "environ").read_bytes():
                found = re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text())
                total += int(found[1]) if found else 0
        except OSError:
            continue
    return total


def _form(**fields: Any) -> bytes:
    return urlencode(fields, doseq=True).encode()


def test_S_089_deep_json_is_refused(ask):
    deep = b"[" * 200_000 + b"]" * 200_000
    nested = json.dumps({"a": 1})
    for path in ("/tickets/bulk", "/inbox/views/new", "/mail/hooks/nobody"):
        status, _headers, _text = ask("POST", path, deep, "application/json")
        assert status in REFUSALS, (path, status)
    assert ask("GET", f"/inbox/open?{urlencode({'q': '(' * 5_000 + nested})}")[0] in REFUSALS | {200}


def test_S_089_ten_megabytes_are_refused_and_the_server_stays_small(ask, served):
    before = _kilobytes(served)

    large = b"a" * (10 * 1024 * 1024)
    answers = {
        ask("POST", "/inbox/views/new", b"text=" + large)[0],
        ask("POST", "/tickets/bulk", b"question=" + large)[0],
        ask("POST", "/sign-in", b"email=" + large)[0],
        ask("POST", "/inbox/views/new", large, "application/json")[0],
    }

    assert answers <= REFUSALS
    assert _kilobytes(served) - before < GROWTH
    assert ask("GET", "/inbox/open")[0] == 200


def test_S_089_no_page_is_larger_because_somebody_asks_for_a_million(ask, lost_parcel, write):
    for number in range(60):
        write(external_id=f"{number}@nordlys.example")

    for query in ("limit=1000000", "page=1000000", "per_page=1000000&page_size=1000000", "after=1000000"):
        status, _headers, page = ask("GET", f"/inbox/open?{query}")
        assert status == 200
        assert len(re.findall(r'<li class="row[ "]', page)) <= 50, query


def test_S_089_ten_thousand_ids_are_taken_as_one_list_and_refused_as_so_many_fields(ask, lost_parcel):
    numbers = list(range(lost_parcel.number, lost_parcel.number + 10_000))

    assert ask("POST", "/tickets/bulk", _form(number=numbers))[0] in {400, 413}
    assert not BulkOrder.objects.exists()
    assert ask("POST", "/tickets/bulk", _form(number=",".join(map(str, numbers))))[0] == 303
    assert BulkOrder.objects.get().total == 1


def test_S_089_a_thousand_headers_are_refused(ask):
    try:
        status, _headers, _text = ask("GET", "/inbox/open", **{f"X-Same-{n}": "a" for n in range(1_000)})
    except (http.client.BadStatusLine, ConnectionError):
        status = 431  # the line is closed before anything is read
    assert status in REFUSALS
    assert ask("GET", "/inbox/open")[0] == 200


def test_S_089_whoever_asks_for_too_many_letters_is_told_when_to_come_back(knock):
    """What is free is let through, however busy the machine: one more has to wait for an hour."""
    free = throttling.LETTER_NETWORK.free

    answers = [
        knock("POST", "/sign-in/link", _form(email=f"{n}@harbour.example", purpose="sign-in"))
        for n in range(free + 1)
    ]

    assert [status for status, _headers, _text in answers] == [200] * free + [429]
    assert 3_000 < int(answers[-1][1]["retry-after"]) <= 3_600


def test_S_089_whoever_guesses_too_often_is_told_when_to_come_back(knock, nadia):
    """So many wrong tries lie behind that the longest wait has begun; the right password waits too."""
    pace, now = throttling.ACCOUNT, clock.now()
    nadia.user.choose_password(PASSWORD, by=nadia.user, at=now)
    for before in reversed(range(TRIED)):
        throttling.knock(pace, nadia.user.email, at=now - before * pace.longest)

    status, headers, page = knock("POST", "/sign-in", _form(email=nadia.user.email, password=PASSWORD))

    assert status == 429
    assert 600 < int(headers["retry-after"]) <= pace.longest.total_seconds()
    assert "minutes" in page
    throttling.forget(pace, nadia.user.email)
    assert knock("POST", "/sign-in", _form(email=nadia.user.email, password=PASSWORD))[0] in (302, 303)
