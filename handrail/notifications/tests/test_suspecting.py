"""Who looks after mailboxes hears of deceit once for a campaign or a sender, and can go to the message."""

from datetime import timedelta

import pytest

from handrail.channels.email.events import PhishingSuspected
from handrail.channels.email.tests.conftest import a_mail, arrive, deliver, support
from handrail.events import publish
from handrail.notifications import suspecting
from handrail.notifications.models import Kind, Mute, Notification
from handrail.notifications.tests.test_telling import told
from handrail.tickets.models import Message
from tests.cast import NINE

__all__ = ["arrive", "deliver", "support", "told"]


@pytest.fixture
def deceive(arrive, nadia):
    """A mail that bears Nadia's name from elsewhere, or another name with another sign; its message."""
    count = iter(range(1000))

    def come(*, sender: str = "m@evil.example", name: str = "Nadia Haddad", **more) -> Message:
        raw = a_mail(**{"from": f"{name} <{sender}>"}, message_id=f"<{next(count)}@evil.example>", **more)
        mail = arrive(raw)
        return Message.objects.get(pk=mail.message_id)

    return come


def test_the_bell_of_who_looks_after_mailboxes_leads_to_the_message(
    deceive, ada, nadia, piet, told, client_of
):
    message = deceive()

    assert told() == [("Ada Moreno", "phishing")]
    page = client_of(ada).get("/notifications").content.decode()
    assert f'href="/tickets/{message.ticket.number}#message-{message.pk}"' in page
    assert "A mail by m@evil.example shows signs of deceit" in page
    assert "The sender bears the name of a colleague, from another address. Nadia Haddad" in page


def test_the_same_sender_and_the_same_campaign_ring_once(deceive, ada, told):
    deceive()
    deceive(subject="Another one")
    deceive(sender="other@elsewhere.example", subject="The same name from elsewhere")

    assert told() == [("Ada Moreno", "phishing")]


def test_another_campaign_rings_again(deceive, ada, told):
    deceive()
    deceive(sender="m@harb0ur.example", name="Mallory", subject="Parcel")

    assert told() == [("Ada Moreno", "phishing")] * 2


def test_a_storm_of_campaigns_rings_ten_times_a_day_and_no_more(deceive, ada, told):
    message = deceive()
    told()
    for number in range(30):
        warnings = [["risky-file", f"invoice-{number}.js"]]
        Message.objects.filter(pk=message.pk).update(
            extras={"warnings": warnings}, sender=f"{number}@evil.example"
        )
        again = Notification.objects.filter(kind=Kind.PHISHING)
        again.update(message=None)
        suspecting.tell(_fact(message, signs=("risky-file",)))

    assert Notification.objects.filter(kind=Kind.PHISHING).count() == suspecting.MOST_A_DAY


def test_a_campaign_that_comes_again_after_a_week_rings_again(deceive, ada, told):
    message = deceive()
    told()

    suspecting.tell(_fact(message, at=NINE + timedelta(days=6)))
    suspecting.tell(_fact(message, at=NINE + timedelta(days=8)))

    assert Notification.objects.filter(kind=Kind.PHISHING).count() == 2


def test_a_repeated_job_tells_nobody_twice(deceive, ada, told):
    message = deceive()
    told()

    suspecting.tell(_fact(message))

    assert Notification.objects.count() == 1


def test_who_does_not_want_to_hear_of_it_does_not(deceive, ada, told):
    Mute.choose(ada.user, wanted=[kind for kind in Kind if kind != Kind.PHISHING], at=NINE)

    deceive()

    assert told() == []


def test_a_message_that_is_gone_rings_nobody(deceive, ada, told):
    message = deceive()
    fact = _fact(message)
    Notification.objects.all().delete()
    message.delete()

    publish(fact)

    assert told() == []


def _fact(message: Message, *, signs=("name-of-colleague",), at=NINE) -> PhishingSuspected:
    return PhishingSuspected(message_id=message.pk, ticket_id=message.ticket_id, signs=signs, at=at)
