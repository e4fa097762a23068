"""R-075: the doctor finds every mail that was lost, changed, or left without an end."""

from handrail.channels.email import soundness
from handrail.channels.email.models import OutgoingMail, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock
from handrail.tickets.models import Message


def test_R_075_all_is_well_after_a_mail_and_its_answer(support, arrive, nadia):
    mail = arrive(a_mail())
    Message.objects.get(pk=mail.message_id).ticket.reply(text="Hello", by=nadia, at=clock.now())

    asked = [
        soundness.every_mail_became_a_message,
        soundness.mails_are_as_they_came,
        soundness.every_mail_is_as_it_came,
        soundness.every_outgoing_mail_has_an_end_or_a_next_try,
    ]

    assert [each().mend for each in asked] == [""] * 4
    assert soundness.mails_are_as_they_came().said.startswith("1 raw mails")


def test_R_075_a_mail_whose_message_is_gone_is_found(support, arrive):
    mail = arrive(a_mail())
    Message.objects.all().delete()

    finding = soundness.every_mail_became_a_message()

    assert finding.said == f"1 mails were taken in but their message is gone, the first is {mail.pk}"
    assert finding.means


def test_R_075_a_raw_mail_that_somebody_changed_is_found(support, arrive):
    mail = arrive(a_mail())
    RawMail.objects.filter(pk=mail.pk).update(raw=a_mail(subject="Something else"))

    assert (
        f"1 of 1 raw mails are not what came, the first is {mail.pk}"
        == soundness.mails_are_as_they_came().said
    )
    assert not soundness.every_mail_is_as_it_came().is_fine


def test_R_075_an_answer_that_never_reached_the_outbox_is_found(support, lost_parcel, nadia):
    lost_parcel.reply(text="Hello", by=nadia, at=clock.now())
    OutgoingMail.objects.all().delete()

    finding = soundness.every_outgoing_mail_has_an_end_or_a_next_try()

    assert finding.said == "0 mails will not be tried again, 1 answers never reached the outbox"


def test_R_075_all_mails_are_compared_some_at_a_time(support, arrive, monkeypatch):
    monkeypatch.setattr(soundness, "AT_ONCE", 2)
    for number in range(5):
        last = arrive(a_mail(message_id=f"<{number}@nordlys.example>"))
    assert soundness.every_mail_is_as_it_came().said.startswith("5 raw mails")

    RawMail.objects.filter(pk=last.pk).update(raw=b"changed")

    said = soundness.every_mail_is_as_it_came().said
    assert said == f"1 of 5 raw mails are not what came, the first is {last.pk}"
