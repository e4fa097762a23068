"""The same program runs against any PostgreSQL, by its address."""

import pytest

from handrail.kit.postgres import Embedded
from tests.journeys.desk import running_desk, wait_until
from tests.ports import free_port

pytestmark = pytest.mark.running

MAIL = b"""From: Vera Lindqvist <vera@nordlys.example>
To: support@harbour.example
Subject: Where is my parcel?
Message-ID: <one@nordlys.example>

It has said out for delivery since Tuesday.
"""


@pytest.fixture
def server(tmp_path):
    """A PostgreSQL of its own that is reached over TCP only."""
    home = tmp_path / "server"
    home.mkdir()
    tmp_path.chmod(0o755)
    port = free_port()
    embedded = Embedded(home, tcp_port=port, durable=False)
    url = embedded.start()
    password = url.partition("@")[0].rpartition(":")[2]
    yield f"postgresql://handrail:{password}@127.0.0.1:{port}/handrail"
    embedded.stop()


def test_a_mail_becomes_a_ticket_in_a_database_reached_over_tcp(tmp_path, server):
    home = tmp_path / "home"
    home.mkdir()

    with running_desk(home, database_url=server) as desk:
        desk.hand_in(MAIL)
        wait_until(lambda: desk.value("SELECT count(*) FROM tickets_message") == 1, otherwise=desk.last_words)

        assert desk.value("SELECT subject FROM tickets_ticket") == "Where is my parcel?"
        assert not list(home.glob("postgres*"))
