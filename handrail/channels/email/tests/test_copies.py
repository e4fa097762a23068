"""One mail to several of our mailboxes: never only the first, never doubled on a ticket (R-015)."""

import pytest

from handrail.channels.email.models import EmailAccount, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock, drains
from handrail.tickets.models import Link, Message, Ticket
from handrail.tickets.queries.timeline import timeline_of
from tests.cast import NINE

TO = "billing@harbour.example, Legal <legal@harbour.example>"


@pytest.fixture
def mailboxes(house) -> list[EmailAccount]:
    """billing@ and legal@, of the same brand and team."""
    return [
        EmailAccount.open(
            address=f"{name}@harbour.example",
            display_name=name.title(),
            brand=house.harbour,
            team=house.parcels,
            by=None,
            at=NINE,
        )
        for name in ("billing", "legal")
    ]


@pytest.fixture
def reach(deliver, mailboxes):
    """The same mail, handed over for each of the mailboxes as the listener does: their rows afterwards."""

    def come(raw: bytes, *, together: bool, to=None) -> list[RawMail]:
        mails = []
        for mailbox in to or mailboxes:
            mails.append(deliver(raw, account=mailbox, to=[box.address for box in to or mailboxes]))
            if not together:
                drains.empty("raw_mail")
        drains.empty("raw_mail")
        return list(RawMail.objects.filter(pk__in=[mail.pk for mail in mails]).order_by("id"))

    return come


def share(*mailboxes: EmailAccount) -> None:
    for mailbox in mailboxes:
        EmailAccount.objects.filter(pk=mailbox.pk).update(copies="shared")


def told_on(ticket: Ticket) -> str:
    items = timeline_of(ticket.pk).items
    return " ".join(str(deed) for item in items for deed in getattr(item, "deeds", []))


@pytest.mark.parametrize("together", [True, False])
def test_R_015_one_mail_to_two_mailboxes_is_a_ticket_each_and_they_are_tied(mailboxes, reach, together):
    reach(a_mail(to=TO), together=together)

    first, second = Ticket.objects.order_by("number")
    link = Link.objects.get()
    assert (link.kind, {link.source_id, link.target_id}) == ("related", {first.pk, second.pk})
    assert [ticket.messages.count() for ticket in (first, second)] == [1, 1]
    assert f"legal@harbour.example</b> too: #{second.number}" in told_on(first)
    assert f"billing@harbour.example</b> too: #{first.number}" in told_on(second)


@pytest.mark.parametrize("together", [True, False])
def test_R_015_mailboxes_that_share_have_one_ticket_which_tells_of_both(mailboxes, reach, together):
    share(*mailboxes)

    mails = reach(a_mail(to=TO), together=together)

    ticket = Ticket.objects.get()
    assert (ticket.messages.count(), Link.objects.count()) == (1, 0)
    assert [mail.state for mail in mails] == ["done", "duplicate"]
    assert mails[1].message_id == mails[0].message_id
    assert "got the same mail at <b>legal@harbour.example</b> too" in told_on(ticket)


def test_R_015_another_team_that_shares_still_gets_a_ticket_of_its_own(mailboxes, reach, house):
    share(*mailboxes)
    EmailAccount.objects.filter(pk=mailboxes[1].pk).update(team=None)

    reach(a_mail(to=TO), together=False)

    assert (Ticket.objects.count(), Link.objects.count()) == (2, 1)


def test_S_025_mailboxes_of_two_brands_are_never_tied(mailboxes, reach, house):
    office = EmailAccount.open(
        address="desk@office.example", display_name="Office", brand=house.office, by=None, at=NINE
    )
    share(mailboxes[0], office)

    reach(
        a_mail(to="billing@harbour.example, desk@office.example"), together=False, to=[mailboxes[0], office]
    )

    assert (Ticket.objects.count(), Link.objects.count()) == (2, 0)


def test_an_answer_to_both_mailboxes_lies_on_its_ticket_once(mailboxes, reach, nadia):
    reach(a_mail(to=TO), together=False)
    ticket = Ticket.objects.order_by("number")[0]
    ticket.reply(text="Which number?", by=nadia, at=clock.now())
    ours = Message.objects.get(kind="reply").external_id

    mails = reach(
        a_mail(to=TO, message_id="<again@nordlys.example>", in_reply_to=f"<{ours}>", text="This one.\r\n"),
        together=False,
    )

    assert [mail.state for mail in mails] == ["done", "duplicate"]
    assert ticket.messages.filter(kind="customer").count() == 2


def test_two_mails_that_only_look_alike_are_not_tied(mailboxes, reach):
    reach(a_mail(to=TO), together=False, to=mailboxes[:1])
    reach(a_mail(to=TO, message_id="<other@x.example>", text="Else.\r\n"), together=False, to=mailboxes[1:])

    assert Link.objects.count() == 0


def test_a_mail_to_one_mailbox_asks_for_no_twin(mailboxes, deliver, django_assert_max_num_queries):
    deliver(a_mail(to="billing@harbour.example"), account=mailboxes[0])

    with django_assert_max_num_queries(60) as asked:
        drains.empty("raw_mail")

    assert not [query for query in asked.captured_queries if "pg_advisory_xact_lock" in query["sql"]]
