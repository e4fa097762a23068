"""A server whose name is dead or slow holds up nobody else's mail."""

import time

import pytest

from handrail.channels.email.models import EmailAccount, Obstacle, Sending
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.names import DEAD, SLOW, names
from handrail.channels.email.tests.test_outbox import answer, just_now, later
from handrail.events.models import FactRow
from handrail.kit import drains
from handrail.tickets.models import Message
from tests.cast import NINE

__all__ = ["answer", "names"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (DEAD, "The server is unknown, or its network is not allowed."),
        (SLOW, "Its name could not be looked up in time."),
    ],
)
def test_R_052_a_mailbox_whose_servers_name_is_dead_or_slow_delays_no_other_and_is_told_of(
    answer, support, house, ada, nadia, arrive, sink, names, name, words
):
    legal = EmailAccount.open(
        address="legal@harbour.example", display_name="Legal", brand=house.harbour, by=None, at=NINE
    )
    asked = Message.objects.get(pk=arrive(a_mail(to=legal.address), account=legal).message_id).ticket
    how = {"name_format": "agent", "answers_to": None, "by": ada.user, "at": NINE}
    Sending.change(support, server=f"smtps://{name}:465", **how)
    stuck, began = answer(), time.monotonic()
    free = asked.reply(text="Here it is.", by=nadia, at=just_now())

    drains.empty("outgoing")

    assert time.monotonic() - began < 5
    stuck.refresh_from_db()
    free.refresh_from_db()
    assert (free.delivery, stuck.delivery) == ("sent", "queued")
    assert Obstacle.objects.get().last_error == words
    for _minute in range(5):
        later(1)
        drains.empty("outgoing")
    alarm = FactRow.objects.get(kind="channels.email.MailTroubleNoticed")
    assert (alarm.payload["topic"], alarm.payload["detail"]) == ("server-away", words)
