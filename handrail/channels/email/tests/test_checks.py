"""What the doctor says about mail."""

from datetime import timedelta

from handrail.channels.email import checks
from handrail.channels.email.models import Obstacle, OutgoingMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock, drains
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
    OutgoingMail.objects.update(next_try_at=clock.now() - timedelta(minutes=6))
    assert "waits to leave" in checks.mail_leaves_soon().said

    OutgoingMail.objects.update(state="failed", next_try_at=None)

    assert checks.mail_leaves_soon().said == "1 mails failed, 0 perhaps arrived in the last 7 days"


def test_what_failed_a_week_ago_is_no_news(support, lost_parcel, nadia):
    lost_parcel.reply(text="Hello", by=nadia, at=clock.now() - timedelta(days=8))
    OutgoingMail.objects.update(state="failed", next_try_at=None)

    assert checks.mail_leaves_soon().is_fine


def test_a_mail_put_off_and_a_domain_left_in_peace_are_no_trouble_of_ours(support, lost_parcel, nadia):
    lost_parcel.reply(text="Hello", by=nadia, at=clock.now() - timedelta(hours=2))
    OutgoingMail.objects.update(next_try_at=clock.now() + timedelta(minutes=20))
    assert checks.mail_leaves_soon().is_fine

    OutgoingMail.objects.update(next_try_at=clock.now() - timedelta(minutes=6))
    (mail,) = OutgoingMail.objects.all()
    Obstacle.met(Obstacle.What.DOMAIN, mail.domain, "421 come later", at=clock.now())

    assert checks.mail_leaves_soon().is_fine


def test_a_server_that_takes_no_mail_is_named_first_with_its_words(support, lost_parcel, nadia):
    since = clock.now() - timedelta(minutes=6)
    lost_parcel.reply(text="Hello", by=nadia, at=clock.now())
    OutgoingMail.objects.update(state="failed", next_try_at=None)
    Obstacle.met(Obstacle.What.SERVER, "", "[Errno 111] Connection refused", at=since)

    found = checks.mail_leaves_soon()

    assert "Connection refused" in found.said
    assert "HANDRAIL_MAIL_URL" in found.mend


def test_what_lies_in_quarantine_is_called_spam_and_the_doctor_is_content(support, deliver, ada, client_of):
    mail = deliver(a_mail())
    mail.quarantine("too-deep", at=NINE)
    desk = client_of(ada)

    desk.post(f"/settings/held/{mail.pk}/decision", {"decision": "spam"})

    mail.refresh_from_db()
    assert (mail.state, mail.reason, bytes(mail.raw)) == ("spam", "said-so", a_mail())
    assert checks.every_mail_could_be_read().is_fine
    assert "Where is my parcel?" in desk.get("/settings/spam").content.decode()


def test_who_may_not_read_the_quarantine_calls_nothing_there_spam(support, deliver, iris, client_of):
    mail = deliver(a_mail())
    mail.quarantine("too-deep", at=NINE)

    told = client_of(iris).post(f"/settings/held/{mail.pk}/decision", {"decision": "spam"})

    mail.refresh_from_db()
    assert (told.status_code, mail.state) == (404, "quarantined")


def test_what_was_called_spam_by_mistake_goes_back_to_quarantine(support, deliver, ada, client_of):
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at) for at in range(99)
    )
    mail = deliver(b"From: m@evil.example\r\n" + deep)
    mail.quarantine("too-deep", at=NINE)
    desk = client_of(ada)
    desk.post(f"/settings/held/{mail.pk}/decision", {"decision": "spam"})

    desk.post(f"/settings/held/{mail.pk}/decision", {"decision": "new"})
    drains.empty("raw_mail")

    mail.refresh_from_db()
    assert (mail.state, mail.reason.partition(":")[0]) == ("quarantined", "too-deep")
