"""R-031: a robot that shows by no header that it is one answers every word of ours; it ends all the same."""

import pytest

from handrail.channels.email import limits
from handrail.channels.email.models import AutoAnswer, Dispatch, OutgoingMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import drains
from tests.cast import NINE

ROUNDS = 12


@pytest.fixture
def talk(support, ada, arrive, sink):
    """Let a robot answer what we sent last: `talk(number, sender)`; we answer by ourselves where we do."""
    AutoAnswer.of(support).write(texts={"en": "We have your mail."}, is_on=True, by=ada.user, at=NINE)

    def answer(number: int, *, sender: str = "vera@nordlys.example", follows: bool = True) -> None:
        ours = sink.mails[-1].parsed["Message-ID"] if sink.mails and follows else ""
        subject = f"Re: {sink.mails[-1].parsed['Subject']}" if ours else f"Thank you {number}"
        text = f"Thank you for your message, number {number}. We will get back to you.\r\n"
        told = {"from": f"Shop <{sender}>", "message_id": f"<{number}@nordlys.example>", "subject": subject}
        arrive(a_mail(text=text, in_reply_to=ours, **told))
        OutgoingMail.objects.update(next_try_at=NINE)
        drains.empty("outgoing")

    return answer


def test_R_031_a_robot_that_answers_each_word_of_ours_hears_no_more_than_three(talk):
    for number in range(ROUNDS):
        talk(number)

    assert 1 <= Dispatch.objects.count() <= limits.AUTOMATIC_TO_ONE == 3


def test_R_031_a_robot_that_begins_anew_each_time_hears_three_words_an_hour(talk):
    for number in range(ROUNDS):
        talk(number, follows=False)

    assert Dispatch.objects.count() == limits.AUTOMATIC_TO_ONE == 3


def test_R_031_a_robot_that_takes_another_address_each_time_ends_at_the_mailbox(talk, monkeypatch):
    monkeypatch.setattr(limits, "AUTOMATIC_FROM_MAILBOX", 4)
    for number in range(ROUNDS):
        talk(number, sender=f"orders-{number}@robots.example", follows=False)

    assert Dispatch.objects.count() == 4
