"""What a mail holds beside words: invitations, winmail.dat, signatures, cards, reports, mails within."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from handrail.channels.email.contents.calendars import Invitation, read_calendar, reply_calendar
from handrail.channels.email.contents.tnef import read_tnef
from handrail.channels.email.inbound import read, to_inbound
from handrail.channels.email.kinds import Kind

PAYLOADS = Path(__file__).parent / "payloads"
AT = datetime(2026, 11, 2, 9, 15, tzinfo=UTC)


def payload(name: str):
    return read((PAYLOADS / f"{name}.eml").read_bytes())


def test_an_invitation_is_told_with_its_time_in_utc_and_the_organisers_zone():
    mail = payload("invitation_outlook")

    found = mail.invitation
    assert mail.kind is Kind.CALENDAR
    assert (found.method, found.summary, found.place) == (
        "request",
        "Talk about the parcel, again",
        "Room 4, Hamburg",
    )
    assert (found.starts, found.ends) == (
        datetime(2026, 11, 6, 13, 0, tzinfo=UTC),
        datetime(2026, 11, 6, 14, 0, tzinfo=UTC),
    )
    assert (found.zone, found.all_day, found.sequence) == ("Europe/Berlin", False, 2)
    assert (found.organiser.name, found.organiser.address) == ("Vera Klein", "vera@customer.example")
    assert [(each.address, each.status) for each in found.attendees] == [
        ("help@harbour.example", "needs-action")
    ]


def test_a_cancelled_whole_day_is_told_from_a_file():
    found = payload("invitation_cancelled_as_file").invitation

    assert (found.method, found.all_day, found.status) == ("cancel", True, "cancelled")
    assert (found.starts.day, found.ends.day) == (6, 7)


def test_an_invitation_survives_the_way_through_the_database():
    extras = json.loads(json.dumps(to_inbound(payload("invitation_outlook")).extras))

    assert msgspec.convert(extras["invitation"], Invitation) == payload("invitation_outlook").invitation


@pytest.mark.parametrize("answer", ["accepted", "tentative", "declined"])
def test_the_answer_to_an_invitation_names_the_event_and_what_we_say(answer):
    invitation = payload("invitation_outlook").invitation
    assert invitation is not None

    text = reply_calendar(
        invitation, answer=answer, name="Ada\r\nX-Evil: 1", address="help@harbour.example", at=AT
    )

    told = read_calendar(text.decode())
    assert told is not None
    assert (told.method, told.uid, told.sequence) == ("reply", invitation.uid, 2)
    assert (told.starts, told.ends) == (invitation.starts, invitation.ends)
    assert [(each.address, each.status) for each in told.attendees] == [("help@harbour.example", answer)]
    assert not any(line.startswith(b"X-Evil") for line in text.splitlines())


def test_an_invitation_by_nobody_cannot_be_answered():
    found = read_calendar("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR")

    assert found is not None
    with pytest.raises(ValueError, match="nobody"):
        reply_calendar(found, answer="accepted", name="", address="a@b.example", at=AT)


@pytest.mark.parametrize(
    "text", ["", "x", "BEGIN:VCALENDAR", "BEGIN:VEVENT\nDTSTART:never\nEND:VEVENT", "END:VCALENDAR\n" * 50]
)
def test_a_broken_calendar_is_none(text):
    assert read_calendar(text) is None


def test_files_and_text_come_out_of_a_winmail():
    mail = payload("winmail_with_files")

    assert mail.text == "Two photos of the broken box, Grüße"
    assert [(each.name, len(each.content)) for each in to_inbound(mail).files] == [
        ("box.jpg", 25),
        ("Rechnung für Vera.pdf", 19),
    ]


def test_of_a_cut_winmail_what_is_left_comes_out_and_the_rest_stays():
    mail = payload("winmail_cut")

    assert "winmail-cut" in mail.problems
    assert [each.name for each in to_inbound(mail).files][:2] == ["WINMAIL.DAT", "box.jpg"]


def test_a_winmail_cut_anywhere_raises_nothing():
    whole = next(each.content for each in payload("winmail_with_files").attachments if each.shown)

    for end in range(len(whole)):
        read_tnef(whole[:end])


@pytest.mark.parametrize(
    ("name", "how", "signed", "encrypted", "signers"),
    [
        ("smime_signed_with_certificate", "smime", True, False, ("vera@customer.example",)),
        ("smime_wrapped", "smime", True, False, ("vera@customer.example",)),
        ("smime_signed", "smime", True, False, ()),
        ("smime_encrypted", "smime", False, True, ()),
        ("pgp_signed", "pgp", True, False, ()),
        ("pgp_inline", "pgp", True, False, ()),
        ("pgp_encrypted", "pgp", False, True, ()),
        ("pgp_encrypted_inline", "pgp", False, True, ()),
    ],
)
def test_the_protection_of_a_mail_is_told(name, how, signed, encrypted, signers):
    found = payload(name).protection

    assert (found.how, found.is_signed, found.is_encrypted) == (how, signed, encrypted)
    assert found.signers == signers


def test_the_words_inside_a_wrapping_signature_are_read():
    assert payload("smime_wrapped").reply == "Signed words, Grüße."


def test_visiting_cards_are_told():
    vera, tom = payload("visiting_card").contacts

    assert (vera.name, vera.organisation, vera.role) == ("Vera Kléin", "Nordlys GmbH, Einkauf", "Buyer")
    assert (vera.addresses, vera.phones) == (("vera@customer.example",), ("+49 40 123456",))
    assert (tom.name, tom.phones) == ("Tom Berg", ("+49-40-654321",))


@pytest.mark.parametrize("name", ["bounce", "bounce_exim", "bounce_qmail"])
def test_R_029_a_bounce_of_any_server_names_whom_it_did_not_reach_and_our_mail(name):
    mail = payload(name)

    assert mail.kind is Kind.BOUNCE
    assert mail.report.message_id == "ours@harbour.example"
    assert [(each.address, each.action) for each in mail.report.deliveries] == [
        ("gone@customer.example", "failed")
    ]


def test_a_read_receipt_says_what_was_done():
    report = payload("read_receipt").report

    assert report.deliveries == ()
    assert report.receipt.disposition == "displayed"


def test_words_of_mails_within_are_found_by_the_search_and_the_mails_stay_files():
    mail = payload("nested_in_nested")

    assert [word for word in ("Heliotrope", "Periwinkle", "Vermilion") if word in mail.inside] == [
        "Heliotrope",
        "Periwinkle",
        "Vermilion",
    ]
    assert [each.name for each in mail.attachments] == ["Outer.eml", "Another.eml"]
    assert to_inbound(mail).extras["inside"] == mail.inside


def test_a_plain_mail_has_no_extras():
    assert to_inbound(payload("plain")).extras == {}
