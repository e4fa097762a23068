"""A flood at the listener is told to come back later; nobody else hears of it, and nothing is lost."""

import smtplib
from collections.abc import Callable, Iterator
from ipaddress import ip_network

import pytest

from handrail.channels.email import door
from handrail.channels.email.door import Door
from handrail.channels.email.models import RawMail
from handrail.channels.email.tests.conftest import Running, a_mail
from handrail.kit import drains

SUPPORT = "support@harbour.example"
#: A peer somewhere on the internet, and a second one.
PEER, OTHER = "198.51.100.7", "203.0.113.9"


@pytest.fixture
def behind(transactional_db, support) -> Iterator[Callable[[Door], smtplib.SMTP]]:
    """A client of a listener with this door: `behind(Door(…))`; it speaks from this machine, a relay."""
    open_now: list[Running | smtplib.SMTP] = []

    def start(its_door: Door) -> smtplib.SMTP:
        listener = Running(door=its_door)
        client = smtplib.SMTP("127.0.0.1", listener.port, timeout=20)
        open_now.extend([listener, client])
        client.ehlo("relay.example")
        return client

    yield start
    for each in reversed(open_now):
        each.close() if isinstance(each, smtplib.SMTP) else each.stop()


def send(client: smtplib.SMTP, sender: str, number: int) -> tuple[int, str]:
    """What the listener says to one mail in the end."""
    mail = a_mail(message_id=f"<{sender}{number}@x.example>", subject=f"Matter {number}")
    try:
        client.sendmail(sender, [SUPPORT], mail)
    except smtplib.SMTPSenderRefused as refused:
        words = refused.smtp_error
        return refused.smtp_code, words.decode() if isinstance(words, bytes) else words
    return 250, ""


def test_a_flood_of_one_sender_through_a_relay_is_told_to_come_back_and_others_pass(behind):
    client = behind(Door(of_sender=3, from_peer=1))

    flood = [send(client, "flood@evil.example", number) for number in range(5)]
    others = [send(client, f"person{number}@nordlys.example", number) for number in range(3)]

    assert [code for code, _words in flood] == [250, 250, 250, 450, 450]
    assert flood[-1][1] == "4.7.1 Too many mails of this sender, try again in a minute"
    assert [code for code, _words in others] == [250, 250, 250]
    assert RawMail.objects.count() == 6


def test_a_relay_that_comes_back_loses_nothing(behind):
    its_door = Door(of_sender=2)
    client = behind(its_door)
    waiting = list(range(4))
    rounds = 0

    while waiting and rounds < 3:
        waiting = [number for number in waiting if send(client, "vera@nordlys.example", number)[0] != 250]
        its_door._seen.clear()  # a minute passes
        rounds += 1
    drains.empty("raw_mail")

    assert (waiting, rounds) == ([], 2)
    assert list(RawMail.objects.values_list("state", flat=True)) == ["done"] * 4


def test_a_refused_mail_leaves_the_conversation_whole(behind):
    client = behind(Door(of_sender=1))
    send(client, "flood@evil.example", 1)

    assert client.mail("flood@evil.example")[0] == 450
    assert client.rcpt(SUPPORT)[0] == 503
    assert send(client, "vera@nordlys.example", 2)[0] == 250


def test_R_032_reports_of_servers_are_not_counted_at_a_relay(behind):
    client = behind(Door(of_sender=1))

    assert [send(client, "<>", number)[0] for number in range(4)] == [250] * 4


@pytest.mark.parametrize("sender", ["a@x.example", ""])
def test_a_stranger_is_counted_by_its_address_whatever_sender_it_names(sender):
    entrance = Door(from_peer=2, of_sender=1)

    said = [entrance.refusal(PEER, sender and f"{number}{sender}", at=0) for number in range(3)]

    assert said == ["", "", door.TOO_MANY_FROM_PEER]
    assert entrance.refusal(OTHER, sender, at=0) == ""


def test_a_stranger_who_names_a_sender_uses_up_nothing_of_theirs():
    entrance = Door(from_peer=5, of_sender=1)
    for _ in range(5):
        entrance.refusal(PEER, "vera@nordlys.example", at=0)

    assert entrance.refusal("127.0.0.1", "vera@nordlys.example", at=0) == ""


def test_a_network_of_relays_is_counted_by_sender_only():
    entrance = Door(from_peer=1, of_sender=1, relays=[ip_network("198.51.100.0/24")])

    said = [entrance.refusal(PEER, f"p{number}@x.example", at=0) for number in range(5)]

    assert said == [""] * 5
    assert entrance.refusal(PEER, "P1@x.example", at=0) == door.TOO_MANY_OF_SENDER


@pytest.mark.parametrize(
    ("one", "same_place"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("198.51.100.7", "::ffff:198.51.100.7")],
)
def test_addresses_that_one_peer_can_change_among_are_one_place(one, same_place):
    entrance = Door(from_peer=1)
    entrance.refusal(one, "", at=0)

    assert entrance.refusal(same_place, "", at=0) == door.TOO_MANY_FROM_PEER


def test_what_may_come_grows_back_evenly():
    entrance = Door(from_peer=60)
    for _ in range(60):
        assert entrance.refusal(PEER, "", at=100) == ""

    assert entrance.refusal(PEER, "", at=100.5) == door.TOO_MANY_FROM_PEER
    assert entrance.refusal(PEER, "", at=101.1) == ""
    assert [entrance.refusal(PEER, "", at=500) for _ in range(61)].count("") == 60


def test_P_10_the_door_remembers_a_bounded_number_of_places(monkeypatch):
    monkeypatch.setattr(door, "REMEMBERED", 10)
    entrance = Door(from_peer=5)

    for number in range(100):
        entrance.refusal(f"203.0.{number}.1", "", at=number)

    assert len(entrance._seen) <= 10


def test_no_limit_takes_any_number():
    assert {Door().refusal(PEER, "", at=0) for _ in range(1_000)} == {""}
