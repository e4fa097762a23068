"""The page that tells how mail is doing: what is wrong is said, and leads to where it is mended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.channels.email import overview
from handrail.channels.email.models import Obstacle, OutgoingMail
from handrail.channels.email.overview import Line
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock
from tests.cast import NINE


@pytest.fixture
def told(ada):
    """What Ada reads: title → line."""

    def lines() -> dict[str, Line]:
        return {line.title: line for line in overview.lines(ada.user, at=clock.now())}

    return lines


def test_where_mail_flows_only_the_worker_of_a_desk_that_is_not_up_is_missing(support, arrive, told):
    arrive(a_mail())

    assert {title for title, line in told().items() if line.tone != "fine"} == {"Workers"}


def test_mail_that_nobody_reads_stands_still_after_a_minute(support, deliver, told):
    deliver(a_mail(), at=clock.now() - timedelta(seconds=50))
    assert told()["Mail that came"].tone == "fine"

    deliver(a_mail(), at=clock.now() - timedelta(seconds=70))

    line = told()["Mail that came"]
    assert (line.tone, line.said) == ("overdue", "2 mails wait to be read.")


@pytest.mark.parametrize(
    ("state", "title", "page"),
    [("held", "Held mail", "/settings/held"), ("quarantined", "Quarantine", "/settings/quarantine")],
)
def test_what_was_kept_back_is_counted_and_leads_to_its_page(support, deliver, told, state, title, page):
    mail = deliver(a_mail())
    type(mail).objects.update(state=state, reason="our-address", fingerprint=b"f" * 32)

    line = told()[title]

    assert (line.tone, line.said[:6], line.href) == ("soon", "1 mail", page)


def test_a_server_that_is_away_is_named_with_its_words(support, told):
    Obstacle.met(Obstacle.What.SERVER, "", "[Errno 111] Connection refused", at=clock.now())

    line = told()["The server that sends"]

    assert (line.tone, line.said) == ("overdue", "[Errno 111] Connection refused")


def test_mail_in_trouble_leads_to_the_trouble_of_the_outbox(support, lost_parcel, nadia, told):
    lost_parcel.reply(text="Hello", by=nadia, at=NINE)
    assert told()["Outbox"].said == "1 mail waits to leave."

    OutgoingMail.objects.update(state="failed", next_try_at=None)

    line = told()["In trouble"]
    assert (line.tone, line.href) == ("soon", "/settings/outbox?shown=trouble")
    assert told()["Outbox"].said == "Every mail has left."


def test_who_may_not_manage_mailboxes_is_led_nowhere_they_may_not_go(support, iris, client_of):
    lines = {line.title: line for line in overview.lines(iris.user, at=clock.now())}

    assert lines["Mailboxes"].href == ""
    assert client_of(iris).get("/settings/health").status_code == 200


def test_an_operator_of_another_brand_reads_nothing_of_ours(house, support, deliver, ada):
    deliver(a_mail()).quarantine("too-deep", at=NINE)
    ada.user.brands.set([house.office])

    lines = {line.title: line for line in overview.lines(ada.user, at=clock.now())}

    assert lines["Quarantine"].tone == "fine"
    assert lines["Mailboxes"].said == "No mailbox takes mail."


def test_the_page_costs_the_same_for_one_mail_and_for_three(support, deliver, client_of, ada):
    page = client_of(ada)
    costs = []
    for number in range(3):
        deliver(a_mail(message_id=f"<{number}@x.example>")).quarantine("too-deep", at=NINE)
        with CaptureQueriesContext(connection) as asked:
            page.get("/settings/health")
        costs.append(len(asked))

    assert costs[1] == costs[2]
