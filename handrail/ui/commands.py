"""The command bar's registry: what can be done from anywhere, by name or by key."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from handrail.ui.links import url
from handrail.ui.navigation import allowed, signed_in

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something that can be done from every page of the desk by opening an address.

    What one page alone offers is a button there with `data-hotkey` or `data-command`; the bar finds it.
    hotkey: one key ("c") or two after each other ("g i"). words: further words people may type to find it.
    """

    key: str
    label: Words
    url_name: str
    icon: str = "arrow-right"
    right: str = ""
    hotkey: str = ""
    words: Words = ""
    order: int = 100

    @property
    def address(self) -> str:
        return url(self.url_name)


_commands: dict[str, Command] = {}
_search: list[str] = []


def register(*commands: Command) -> None:
    """Add commands; one with a known key takes the place of the former."""
    for command in commands:
        _commands[command.key] = command


def registered() -> Iterable[Command]:
    """All commands, whoever may give them."""
    return _commands.values()


def search_with(url_name: str) -> None:
    """Name the route that answers `?q=` with further entries (tickets, people, articles) as a fragment."""
    _search[:] = [url_name]


def search_address() -> str:
    return url(_search[0]) if _search else ""


def commands_for(request: HttpRequest | None) -> list[Command]:
    """What this person may do from anywhere, in order."""
    if not signed_in(request):
        return []
    found = [command for command in _commands.values() if allowed(request, command.right)]
    return sorted(found, key=lambda command: command.order)
