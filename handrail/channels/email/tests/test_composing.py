"""What leaves is what was meant to leave: its words, its headers, its readers, and nothing else."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import getaddresses

import pytest

from handrail.channels.email import answers, composing, tokens
from handrail.channels.email.header_lines import Unsendable
from handrail.channels.email.models import EmailAccount, OutgoingMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.files import storing
from handrail.kit import clock, drains
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE

EVIL = [
    "x\r\nBcc: victim@evil.example",
    "x\nBcc: victim@evil.example",
    "x\rBcc: victim@evil.example",
    "x\0y",
    "x\u2028Bcc: victim@evil.example",
    "x\u2029\u0085Bcc: victim@evil.example",
    "x\x0bBcc: victim@evil.example\x0c\x1c",
    "=?utf-8?q?x=0D=0ABcc=3A_victim=40evil.example?=",
    'x" <victim@evil.example>, "y',
    "x <victim@evil.example>, y",
    "\r\n\r\n--boundary\r\nContent-Type: text/html\r\n\r\n<script>",
    "\r\n.\r\nMAIL FROM:<victim@evil.example>\r\n",
    "ä" * 500 + "\r\nBcc: victim@evil.example",
]
HEADERS = ["From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"]


@pytest.fixture
def ticket(support, arrive) -> Ticket:
    """Vera's ticket, come by mail."""
    return Message.objects.get(pk=arrive(a_mail()).message_id).ticket


@pytest.fixture
def send(sink, nadia, ticket):
    """Let Nadia answer and return what the server got."""

    def out(text: str = "It is in the van.", **more):
        ticket.reply(text=text, by=nadia, at=clock.now(), **more)
        drains.empty("outgoing")
        return sink.mails[-1]

    return out


def words_of(parsed, name: str) -> str:
    return str(make_header(decode_header(parsed[name])))


def test_an_answer_is_from_a_person_at_the_mailbox_and_to_who_asked(send, sink, ticket):
    mail = send(cc=[("Tom Akande", "tom@akande.example")])

    headers = mail.parsed
    assert words_of(headers, "From") == "Nadia at Harbour Parcels <support@harbour.example>"
    assert getaddresses([headers["To"]]) == [("Vera Lindqvist", "vera@nordlys.example")]
    assert getaddresses([headers["Cc"]]) == [("Tom Akande", "tom@akande.example")]
    assert headers["Subject"] == "Re: Where is my parcel?"
    assert mail.recipients == ["vera@nordlys.example", "tom@akande.example"]
    assert headers["Auto-Submitted"] is None
    assert headers.get_payload().strip() == "It is in the van."


def test_an_answer_hangs_on_what_the_customer_wrote_and_bears_the_token(send, ticket, arrive):
    reply_to = tokens.reply_address("support@harbour.example", ticket_id=ticket.pk, number=ticket.number)
    first = send("First")
    arrive(
        a_mail(
            message_id="<2@nordlys.example>",
            to=reply_to,
            references="<elsewhere@nordlys.example> " + first.parsed["Message-ID"],
        )
    )

    second = send("Second")

    assert getaddresses([second.parsed["Reply-To"]])[0][1] == reply_to
    assert second.sender == reply_to
    assert second.parsed["In-Reply-To"] == "<2@nordlys.example>"
    assert second.parsed["References"].split() == [
        "<elsewhere@nordlys.example>",
        first.parsed["Message-ID"],
        "<first@nordlys.example>",
        "<2@nordlys.example>",
    ]


def test_ids_are_long_random_and_ours(send, settings):
    first, second = (send(text).parsed["Message-ID"] for text in ("One", "Two"))

    assert first != second
    assert all(each.endswith(f"@{settings.MAIL_DOMAIN}>") for each in (first, second))
    assert len(first.partition("@")[0]) >= 27


def test_a_long_chain_of_ids_keeps_its_root_and_its_newest_unbroken(send, ticket):
    ids = [f"{'long' * 20}{number}@nordlys.example" for number in range(60)]
    Message.objects.filter(ticket=ticket).update(references=ids)

    kept = send().parsed["References"].split()

    assert kept[0] == f"<{ids[0]}>"
    assert kept[-1] == "<first@nordlys.example>"
    assert kept[1:-1] == [f"<{each}>" for each in ids[-18:]]


def test_hostile_ids_hang_nothing_on_an_answer(send, ticket):
    Message.objects.filter(ticket=ticket).update(
        external_id="a b>@x\r\nBcc: victim@evil.example",
        references=["<x>", "ä@b", "no-at", "ok@nordlys.example"],
    )

    mail = send()

    assert mail.parsed["References"] == "<ok@nordlys.example>"
    assert mail.parsed["In-Reply-To"] is None


@pytest.mark.parametrize("subject", ["Re: Aw: RE:  SV: Parcel", "Parcel", "re:Parcel"])
def test_the_subject_says_re_once(subject):
    assert composing.answer_subject(subject) == "Re: Parcel"


def test_html_goes_beside_the_text_and_only_what_an_editor_writes(send):
    mail = send(
        html='<p>In the <strong>van</strong></p><script>x()</script><img src="https://e.example/t.gif">'
    )

    text, html = mail.parsed.get_payload()
    assert mail.parsed.get_content_type() == "multipart/alternative"
    assert text.get_payload().strip() == "It is in the van."
    assert "<strong>van</strong>" in html.get_payload()
    assert "script" not in html.get_payload()


def test_files_go_along_byte_for_byte_under_their_names(send):
    photo = storing.store(
        name="Päckchen.png", content=b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 900, at=NINE
    )
    mail = storing.store(name="old.eml", content=b"From: a@b.example\r\n\r\nHello\r\n", at=NINE)

    parsed = BytesParser(policy=policy.default).parsebytes(send(files=[photo, mail]).raw)

    first, second = parsed.iter_attachments()
    assert (first.get_filename(), first.get_content_type()) == ("Päckchen.png", "image/png")
    assert first.get_content() == storing.content_of(photo)
    assert second.get_content_type() != "message/rfc822"
    assert second.get_payload(decode=True) == storing.content_of(mail)
    body = parsed.get_body()
    assert body is not None
    assert body.get_content().strip() == "It is in the van."


def test_a_large_file_never_lies_in_memory_whole(support, ticket, nadia):
    import tracemalloc

    large = storing.store(name="large.bin", content=b"x" * 20_000_000, at=NINE)
    message = ticket.reply(text="Here", by=nadia, files=[large], at=NINE)
    plan = answers.plan(message, message_id="x@y.example", to=answers.requester_of(ticket), at=NINE)

    tracemalloc.start()
    size = sum(len(piece) for piece in composing.compose(plan).pieces())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 26_000_000
    assert most < 2_000_000


def test_a_file_that_is_gone_fails_the_mail_with_its_name(ticket, nadia, sink):
    lost = storing.store(name="lost.txt", content=b"soon gone", at=NINE)
    storing.path_of(lost.sha256).unlink()
    message = ticket.reply(text="Here", by=nadia, files=[lost], at=clock.now())

    drains.empty("outgoing")

    mail = OutgoingMail.objects.get(message=message)
    assert (mail.state, "lost.txt" in mail.last_error) == ("failed", True)
    assert sink.mails == []


def no_more_than_meant(raw: bytes, *, headers: list[str], to: set[str]) -> None:
    """The mail has these headers in this order, goes to these people, and every line of it ends whole."""
    parsed = message_from_bytes(raw)
    head, _, _body = raw.partition(b"\r\n\r\n")
    lines = head.replace(b"\r\n", b"")
    assert parsed.keys() == headers
    assert {
        address for _n, address in getaddresses([*parsed.get_all("To", []), *parsed.get_all("Cc", [])])
    } == to
    assert lines.isascii()
    assert not set(b"\r\n\0\x0b\x0c\x1c") & set(lines)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert len(words_of(parsed, "Subject").splitlines()) == 1


@pytest.mark.parametrize("number", range(len(EVIL)))
def test_S_044_no_value_becomes_a_header_a_recipient_a_part_or_a_command(
    support, ticket, nadia, sink, number
):
    evil = EVIL[number].replace("\0", "")  # no database keeps it
    Ticket.objects.filter(pk=ticket.pk).update(subject=f"S {evil}"[:500])
    EmailAccount.objects.update(display_name=f"D {evil}"[:100])
    nadia.name = evil[:150]
    nadia.save()
    ticket.participants.update(name=f"N {evil}"[:200])
    file = storing.store(name=f"f{evil}.txt", content=b"content", at=NINE)
    ticket.refresh_from_db()
    said = {"text": f"T {evil}", "html": f"<p>H {evil}</p>", "files": [file]}
    ticket.reply(cc=[(evil, "tom@akande.example")], by=nadia, at=clock.now(), **said)

    drains.empty("outgoing")

    mail = sink.mails[0]
    readers = ["vera@nordlys.example", "tom@akande.example"]
    verbs = [command.split()[0].upper() for command in sink.commands]
    assert mail.recipients == readers
    assert verbs == ["EHLO", "MAIL", "RCPT", "RCPT", "DATA", "QUIT"]
    no_more_than_meant(mail.raw, headers=[*HEADERS, "MIME-Version", "Content-Type"], to=set(readers))
    assert [part.get_content_type() for part in mail.parsed.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/plain",
    ]


@pytest.mark.parametrize("number", range(len(EVIL)))
def test_S_044_the_composer_itself_lets_nothing_through(db, number):
    evil = EVIL[number]
    plan = composing.Plan(
        author=(evil, "desk@x.example"),
        to=((evil, "vera@nordlys.example"),),
        cc=((evil, "tom@akande.example"),),
        reply_to="desk+r@x.example",
        subject=evil,
        text=evil,
        message_id="a@b.example",
        answers=f"a{evil}@b.example",
        references=(f"a{evil}@b.example", "fine@b.example"),
        at=NINE,
    )

    raw = b"".join(composing.compose(plan).pieces())

    headers = [name for name in HEADERS if name != "In-Reply-To"]
    wanted = [*headers, "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
    no_more_than_meant(raw, headers=wanted, to={"vera@nordlys.example", "tom@akande.example"})


@pytest.mark.parametrize(
    "address",
    [
        *("a b@x.example", "x@y z", "a@b@c", "<a@b.example>", "a@b.example>", "", "nobody", "a,b@x.example"),
        *("a\r\nRCPT TO:<b@c.example>@d.example", "a@b.example\u2028c", '"a b"@x.example'),
        *("a@-x.example", "a@x..example", "a\0b@x.example", "a@x.example\r\nDATA"),
    ],
)
def test_S_044_an_address_that_is_none_stops_its_mail(address):
    plan = composing.Plan(
        author=("Desk", "desk@x.example"), to=(("", address),), subject="", text="", message_id="a@b", at=NINE
    )

    with pytest.raises(Unsendable):
        composing.compose(plan)


def test_a_domain_of_other_letters_is_written_in_ascii_and_a_mailbox_of_them_asks_for_a_newer_server(sink):
    plan = composing.Plan(
        author=("Desk", "desk@x.example"), to=(("J", "jö@bücher.example"),), subject="x", text="x",
        message_id="a@b.example", at=NINE,
    )  # fmt: skip

    mail = composing.compose(plan)

    assert mail.recipients == ("jö@xn--bcher-kva.example",)
    assert mail.needs_utf8


def test_letters_of_any_alphabet_arrive_as_they_were_written(send):
    text = "Grüße aus Zürich, 你好, \U0001f4e6\n.\n..two dots\n" + "long " * 400

    mail = send(text)

    parsed = BytesParser(policy=policy.default).parsebytes(mail.raw)
    assert parsed.get_content().replace("\r\n", "\n").strip() == text.strip()
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 998


# The audience: canaries stand where only colleagues may read.


def test_a_note_never_leaves_whatever_asks_for_it(support, ticket, nadia, sink):
    file = storing.store(name="canary-file.txt", content=b"canary in a file", at=NINE)
    note = ticket.note(text="canary in a note", html="<p>canary</p>", by=nadia, files=[file], at=NINE)
    OutgoingMail.put(
        message=note, lane=ticket.pk, rfc_message_id="n@x.example", to=[("", "vera@nordlys.example")],
        due_at=NINE, at=NINE,
    )  # fmt: skip

    with pytest.raises(answers.NotPublic):
        answers.plan(note, message_id="a@b.example", to=[("", "vera@nordlys.example")], at=NINE)
    drains.empty("outgoing")

    assert OutgoingMail.objects.get(message=note).state == "failed"
    assert sink.mails == []


def test_a_customers_word_never_leaves_again(ticket):
    with pytest.raises(answers.NotPublic):
        answers.plan(ticket.messages.get(), message_id="a@b.example", to=[("", "x@y.example")], at=NINE)


def test_S_018_an_answer_holds_no_canary_of_notes_of_other_tickets_or_of_blind_copies(
    ticket, write, nadia, omar, send
):
    note_file = storing.store(name="canary.txt", content=b"canary-note-file", at=NINE)
    note = ticket.note(text="canary-note", html="<p>canary-html</p>", by=omar, files=[note_file], at=NINE)
    Message.objects.filter(pk=note.pk).update(external_id="canary-id@notes.example")
    other = write(subject="canary-subject", text="canary-other").ticket
    other.reply(text="canary-reply", by=omar, at=clock.now())

    mail = send("Everything is fine.", files=[storing.store(name="ok.txt", content=b"public", at=NINE)])

    mine = next(each for each in [mail] if each.recipients == ["vera@nordlys.example"])
    whole = mine.raw + b"".join(part.get_payload(decode=True) or b"" for part in mine.parsed.walk())
    assert b"canary" not in whole
    assert b"public" in whole
    assert mine.parsed["Bcc"] is None


def test_our_own_mailboxes_are_never_written_to(house, send, ticket):
    EmailAccount.open(
        address="sales@harbour.example", display_name="Sales", brand=house.harbour, by=None, at=NINE
    )

    mail = send(
        cc=[("", "Support@harbour.example"), ("", "sales@harbour.example"), ("", "tom@akande.example")]
    )

    assert mail.recipients == ["vera@nordlys.example", "tom@akande.example"]


def test_a_picture_inside_the_words_leaves_inside_the_mail(send, nadia):
    stored = storing.store(name="label.png", content=b"\x89PNG\r\n\x1a\n0", at=NINE)
    beside = storing.store(name="log.txt", content=b"all of it", at=NINE)
    picture = f'<img src="cid:{stored.pk.hex}@desk" alt="The label">'
    words = f"<p>Look:</p>{picture}<table><tr><td>1</td></tr></table>"

    mail = send(text="Look:\n\n[The label]", html=words, files=[stored, beside])

    parsed = message_from_bytes(mail.raw, policy=policy.default)
    assert parsed.get_content_type() == "multipart/mixed"
    related, attached = parsed.iter_parts()
    alternative, shown = related.iter_parts()
    text, page = alternative.iter_parts()
    assert related.get_content_type() == "multipart/related"
    assert shown["Content-ID"] == f"<{stored.pk.hex}@desk>"
    assert shown.get_content_disposition() == "inline"
    assert shown.get_content() == b"\x89PNG\r\n\x1a\n0"
    assert f'src="cid:{stored.pk.hex}@desk"' in page.get_content()
    assert "max-width:100%" in page.get_content()
    assert '<td style="border:1px solid' in page.get_content()
    assert "[The label]" in text.get_content()
    assert attached.get_filename() == "log.txt"
