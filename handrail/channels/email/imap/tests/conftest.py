"""What the tests of fetching stand on: one Dovecot for all, and a mailbox of its own for each."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from handrail.channels.email.imap import session as sessions
from handrail.channels.email.imap.fetching import Fetcher, Stuck
from handrail.channels.email.imap.signing_in import server_of, signer
from handrail.channels.email.imap.tests.dovecot import PASSWORD, Dovecot, is_here
from handrail.channels.email.imap.tidying import tidy
from handrail.channels.email.models import EmailAccount, ImapRoad
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock
from tests.cast import NINE

__all__ = ["a_mail"]


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    if not is_here():
        pytest.skip("NO DOVECOT: mailboxes are not tested. Install dovecot-imapd.")
    with Dovecot() as server:
        yield server


@pytest.fixture(autouse=True)
def _servers_here_may_be_reached(settings) -> None:
    settings.MAIL_SERVER_NETWORKS = [ip_network("127.0.0.0/8")]


@pytest.fixture
def support(house) -> EmailAccount:
    """support@harbour.example, of Harbour Parcels, read by the team Parcels."""
    return EmailAccount.open(
        address="support@harbour.example",
        display_name="Harbour Parcels",
        brand=house.harbour,
        team=house.parcels,
        by=None,
        at=NINE,
    )


def lay(account: EmailAccount, server: Dovecot, user: str, *, by, **how) -> ImapRoad:
    place = {"host": "127.0.0.1", "port": server.port, "security": "plain", "user": user}
    return ImapRoad.lay(account, secret=PASSWORD, by=by.user, at=clock.now(), **{**place, **how})


@pytest.fixture
def road(dovecot, support, ada) -> ImapRoad:
    """Support's mailbox at that server, empty, looked at once."""
    found = lay(support, dovecot, dovecot.new_user(), by=ada)
    look(found)
    return found


def look(road: ImapRoad, stuck: Stuck | None = None) -> int:
    """As the thread of a mailbox does it, once; returns how many mails were kept."""
    road = ImapRoad.objects.select_related("account").get(pk=road.pk)
    with sessions.opened(server_of(road), signer(road)) as session:
        count = Fetcher(road, session, stuck or Stuck()).fetch_new()
        tidy(road, session)
        road.looked(at=clock.now())
    return count


def change(road: ImapRoad, *, by, **how) -> ImapRoad:
    return ImapRoad.lay(road.account, secret=None, by=by.user, at=clock.now(), **how)
