"""What the doctor says about mail."""

from datetime import timedelta

from handrail.channels.email import checks
from handrail.channels.email.models import OutgoingMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock
from tests.cast import NINE


def test_a_desk_without_a_mailbox_is_told_so(db):
    assert not checks.somebody_can_write_to_us().is_fine


def test_a_desk_where_mail_flows_is_fine(support, arrive):
    arrive(a_mail())

    asked = [
        checks.somebody_can_write_to_us,
        checks.mail_is_read_soon,
        checks.every_mail_could_be_read,
        checks.mail_leaves_soon,
    ]
    assert [each().mend for each in asked] == [""] * 4


def test_mail_that_nobody_reads_is_noticed_after_a_minute(support, deliver):
    deliver(a_mail(), at=clock.now() - timedelta(seconds=50))
    assert checks.mail_is_read_soon().is_fine

    deliver(a_mail(), at=clock.now() - timedelta(seconds=70))
    assert "2 mails wait" in checks.mail_is_read_soon().said


def test_the_quarantine_is_counted(support, deliver):
    deliver(a_mail()).quarantine("too-deep", at=NINE)

    assert checks.every_mail_could_be_read().said == "1 mails could not be taken in"


def test_answers_that_failed_and_answers_that_wait_are_noticed(support, lost_parcel, nadia):
    lost_parcel.reply(text="Hello", by=nadia, at=clock.now() - timedelta(minutes=4))
    assert checks.mail_leaves_soon().is_fine
    OutgoingMail.objects.update(due_at=clock.now() - timedelta(minutes=6))
    assert "waits to leave" in checks.mail_leaves_soon().said

    OutgoingMail.objects.update(state="failed", next_try_at=None)

    assert checks.mail_leaves_soon().said == "1 mails failed, 0 perhaps arrived"
