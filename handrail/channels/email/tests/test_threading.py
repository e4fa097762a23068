"""What in a mail points at an earlier one is found, and nothing that only looks so."""

from handrail.channels.email import limits
from handrail.channels.email.headers import Fields
from handrail.channels.email.threading import candidates, references_of, subject_number_of


def test_references_come_oldest_first_with_the_answered_one_last():
    fields = Fields.of(b"References: <1@x> <2@x> <3@x>\nIn-Reply-To: <2@x>\n")

    assert references_of(fields) == ("1@x", "3@x", "2@x")


def test_of_an_endless_chain_the_first_and_the_newest_are_kept():
    chain = b" ".join(b"<%d@x>" % number for number in range(1_000))

    kept = references_of(Fields.of(b"References: " + chain))

    assert (len(kept), kept[0], kept[-1]) == (limits.REFERENCES, "0@x", "999@x")


def test_tokens_stand_behind_the_plus_of_any_address_the_mail_went_to():
    fields = Fields.of(
        b"To: Help <help+abc123@harbour.example>, x@y.example\n"
        b"Cc: help+abc123@harbour.example, help+other@harbour.example\n"
        b"Delivered-To: help+third@harbour.example\n"
    )

    found = candidates(fields, subject="Re: [Ticket#42] Parcel")

    assert found.reply_tokens == ("abc123", "other", "third")
    assert found.subject_number == 42


def test_a_number_in_the_subject_is_found_behind_its_sign():
    assert subject_number_of("Re: [#1042] parcel") == 1042
    assert subject_number_of("parcel #7") == 7
    assert subject_number_of("C#7 and issue&#35;") is None
    assert subject_number_of("parcel 1042") is None
