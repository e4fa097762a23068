"""How a mailbox is entered: with a password, or with a token of Google or Microsoft."""

from collections.abc import Callable
from imaplib import IMAP4

from imapclient.exceptions import LoginError

from handrail.channels.email.imap import consent
from handrail.channels.email.imap.lines import Client, Server
from handrail.channels.email.imap.troubles import Trouble
from handrail.channels.email.models import ImapRoad


def server_of(road: ImapRoad) -> Server:
    return Server(host=road.host, port=road.port, security=road.security)


def signer(road: ImapRoad) -> Callable[[Client], None]:
    """What signs a client in, whichever way the mailbox wants it."""
    if road.sign_in == road.SignIn.PASSWORD:
        return with_password(road.user, road.secret)
    return lambda client: _with_token(client, road)


def with_password(user: str, password: str) -> Callable[[Client], None]:
    def sign_in(client: Client) -> None:
        if not password:
            raise Trouble("no-secret")
        if client.has_capability("AUTH=PLAIN"):  # knows every letter; LOGIN knows ASCII only
            client.plain_login(user, password)
        else:
            client.login(user, password)

    return sign_in


def _with_token(client: Client, road: ImapRoad) -> None:
    """With a token that was asked for just now."""
    try:
        token = consent.access_token(road)
    except consent.NotSetUp:
        raise Trouble("no-secret") from None
    try:
        client.oauth2_login(road.user, token)
    except LoginError as refusal:
        if isinstance(refusal.__context__, IMAP4.abort):
            raise
        raise Trouble("consent") from refusal
