"""The inbox over the demo company: how long a list and a ticket take, and how many lists a second there are.

Whole HTTP answers, warm. p50, p95 in milliseconds with one client; pages a second with eight.
cpu_ms_per_page: of the web process and the database together, with one client.
"""

import argparse
import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from handrail.cli._complaint import Complaint
from handrail.cli.bench._trial import Trial, free_port, trial
from handrail.cli.bench._visiting import wait_for_web

WHO = "iris@harbour.example"
#: The longest list of the demo company: every page of it is full.
LIST = "/inbox/closed"
TEN_MESSAGES = """
    SELECT number FROM tickets_ticket ticket
     WHERE (SELECT count(*) FROM tickets_message WHERE ticket_id = ticket.id) = 10
     ORDER BY number DESC LIMIT 1
"""
WARM_UP = 40
STARTS_WITHIN_SECONDS = 60
LINK = """
from handrail.accounts import links
from handrail.accounts.models import User
from handrail.kit import clock
print(links.issue(user=User.objects.get(email="{who}"), at=clock.now()))
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tickets", type=int, default=20_000, help="how large the company is (default 20000)"
    )
    parser.add_argument("--pages", type=int, default=500, help="pages of each kind (default 500)")
    parser.add_argument("--clients", type=int, default=8, help="clients at once (default 8)")


def measure(options: argparse.Namespace) -> dict[str, object]:
    with trial() as desk:
        desk.run("demo", f"--tickets={options.tickets}")
        port = free_port()
        desk.start("web", HANDRAIL_PORT=str(port))
        wait_for_web(port)
        cookie = signed_in(desk, port)
        ticket = f"/tickets/{desk.ask(TEN_MESSAGES)}"
        return {
            "tickets": options.tickets,
            "list_of_50": alone(desk, port, cookie, LIST, pages=options.pages),
            "ticket_of_10_messages": alone(desk, port, cookie, ticket, pages=options.pages),
            f"list_with_{options.clients}_clients": together(port, cookie, options),
        }


def alone(desk: Trial, port: int, cookie: str, path: str, *, pages: int) -> dict[str, float]:
    """One client asks again and again over one connection."""
    ask = client(port, cookie, path)
    for _page in range(WARM_UP):
        ask()
    before = desk.cpu_seconds()
    took = sorted(ask() for _page in range(pages))
    after = desk.cpu_seconds()
    cpu = sum(after[name] - before[name] for name in ("web", "database"))
    return {
        "p50_ms": round(statistics.median(took) * 1000, 1),
        "p95_ms": round(took[int(len(took) * 0.95)] * 1000, 1),
        "cpu_ms_per_page": round(cpu / pages * 1000, 1),
    }


def together(port: int, cookie: str, options: argparse.Namespace) -> dict[str, float]:
    """Several clients share the pages."""
    share = options.pages // options.clients
    took: list[float] = []

    def ask_on() -> None:
        ask = client(port, cookie, LIST)
        took.extend(ask() for _page in range(share))

    threads = [threading.Thread(target=ask_on) for _client in range(options.clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    return {
        "pages_per_second": round(len(took) / seconds, 1),
        "p50_ms": round(statistics.median(took) * 1000, 1),
        "p95_ms": round(sorted(took)[int(len(took) * 0.95)] * 1000, 1),
    }


def client(port: int, cookie: str, path: str) -> Callable[[], float]:
    """A function that fetches the page once over its own connection, and says how many seconds that took."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask() -> float:
        began = time.perf_counter()
        line.request("GET", path, headers={"Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise Complaint(f"{path} answered {answer.status}.")
        return time.perf_counter() - began

    return ask


def signed_in(desk: Trial, port: int) -> str:
    """Follow a one-time link as a browser does; returns the cookies."""
    address = f"http://127.0.0.1:{port}"
    link = urlsplit(desk.said("shell", "--command", LINK.format(who=WHO), HANDRAIL_PORT=str(port)).strip())
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", link.path)
    shown = line.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.read().decode())
    if token is None:
        raise Complaint("The sign-in link showed no form.")
    cookies = _cookies(shown)
    headers = {"Cookie": cookies, "Origin": address, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", link.path, urlencode({"csrfmiddlewaretoken": token.group(1)}), headers)
    done = line.getresponse()
    done.read()
    return f"{cookies}; {_cookies(done)}"


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or [])
