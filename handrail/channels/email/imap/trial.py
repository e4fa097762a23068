"""Trying a mailbox before it is relied on: reach, sign in, list, look; always in words of ours."""

from collections.abc import Callable
from dataclasses import dataclass

from handrail.channels.email.imap import session as sessions
from handrail.channels.email.imap.lines import Client, Server
from handrail.channels.email.imap.troubles import Explained, Trouble, explained

#: Somebody waits before a screen: no step takes longer.
PATIENCE_SECONDS = 8.0
SHOWN_FOLDERS = 100


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How far it came. trouble: None when all went well. waiting: mails in the folder now."""

    trouble: Explained | None
    folders: tuple[str, ...] = ()
    waiting: int = 0
    tells_of_news: bool = False


def attempt(server: Server, sign_in: Callable[[Client], None], *, folder: str) -> Tried:
    """Look once, change nothing."""
    folders: tuple[str, ...] = ()
    try:
        with sessions.opened(server, sign_in, patience=PATIENCE_SECONDS) as session:
            folders = tuple(session.folders()[:SHOWN_FOLDERS])
            place = session.open(folder, read_only=True)
            waiting = place.count
            return Tried(trouble=None, folders=folders, waiting=waiting, tells_of_news=session.can_wait)
    except Trouble as trouble:
        return Tried(trouble=explained(trouble.key), folders=folders)
