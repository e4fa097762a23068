"""A ticket opened by hand speaks from the mailbox that was chosen, and its first mail answers nothing."""

import pytest

from handrail.channels.email import answers
from handrail.channels.email.models import EmailAccount
from handrail.kit import clock, ids
from handrail.tickets import outlets
from handrail.tickets.by_hand.opening import open_by_hand
from handrail.tickets.by_hand.order import Customer, Order
from handrail.tickets.by_hand.ways import Mode, Way
from handrail.tickets.models import Message


@pytest.fixture
def mailboxes(house) -> list[EmailAccount]:
    return [
        EmailAccount.open(
            address=f"{name}@harbour.example", display_name=name, brand=house.harbour, by=None, at=clock.now()
        )
        for name in ("support", "orders")
    ]


def _opened(nadia, vera, way: Way, mode: Mode):
    orders = next(each for each in outlets.offered(nadia) if "orders@" in each.label)
    customer = Customer(person=vera, name=vera.name, address="vera@nordlys.example")
    order = Order(way=way, outlet=orders, customer=customer, subject="Your order", mode=mode, text="It left.")
    return open_by_hand(order, by=nadia, key=ids.uuid7(), at=clock.now()).ticket


def _plan(message: Message):
    ticket = message.ticket
    account = answers.mailbox_or_none(ticket)
    to = answers.requester_of(ticket)
    return answers.plan(message, message_id="x@harbour.example", to=to, account=account, at=clock.now())


def test_the_first_mail_leaves_from_the_chosen_mailbox_under_its_own_subject(nadia, vera, mailboxes):
    ticket = _opened(nadia, vera, Way.FIRST, Mode.MAIL)

    plan = _plan(Message.objects.get(ticket=ticket))

    assert (plan.author[1], plan.subject) == ("orders@harbour.example", "Your order")
    assert plan.to == (("Vera Lindqvist", "vera@nordlys.example"),)


def test_a_mail_after_a_call_answers_no_mail(nadia, vera, mailboxes):
    ticket = _opened(nadia, vera, Way.PHONE, Mode.SAID)

    plan = _plan(ticket.reply(text="As I said.", by=nadia, at=clock.now()))

    assert (plan.subject, plan.answers, plan.references) == ("Your order", "", ())


def test_the_second_mail_hangs_on_the_first(nadia, vera, mailboxes):
    ticket = _opened(nadia, vera, Way.FIRST, Mode.MAIL)
    first = Message.objects.get(ticket=ticket)

    plan = _plan(ticket.reply(text="One more thing.", by=nadia, at=clock.now()))

    assert plan.subject == "Re: Your order"
    assert plan.references == (first.external_id,)
