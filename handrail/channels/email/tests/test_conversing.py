"""Which mails belong together is told by the words in them, where the ids that they named are lost."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from handrail.channels.email.conversing.introductions import read_introduction
from handrail.channels.email.conversing.layers import layers_of
from handrail.channels.email.conversing.naming import Naming, naming_of
from handrail.channels.email.conversing.threads import threads_of
from handrail.channels.email.evidence import rows_of
from handrail.channels.email.inbound import ReadMail, read

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
QUESTION = "Does anybody know how the crane in the old harbour is kept from rusting in winter?"
ANSWER = "They grease it twice a year and paint the cables with something that smells of fish."
OTHER = "My neighbour sells a crane of brass for the garden, two metres high and nearly new."


def mail(
    text: str, *, by: str = "Vera Klein", minutes: int = 0, subject: str = "Re: The crane", **fields: str
) -> ReadMail:
    address = f"{by.split()[0].lower()}@{by.split()[-1].lower()}.example"
    header = {
        "From": f"{by} <{address}>",
        "To": "harbour@lists.example",
        "Subject": subject,
        "Date": format_datetime(NINE + timedelta(minutes=minutes)),
        "Message-ID": f"<{minutes}.{address}>",
    }
    header |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "\n".join(f"{name}: {value}" for name, value in header.items())
    return read(f"{lines}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode())


def quoted(text: str, *, by: str, at: str = "Mon, Nov 2, 2026 at 9:00 AM", mark: str = "> ") -> str:
    return f"On {at}, {by} wrote:\n{mark}{text}"


def together(*mails: ReadMail) -> list[list[int]]:
    return sorted(threads_of(mails, with_headers=False))


def test_an_answer_belongs_to_the_mail_that_it_quotes():
    question = mail(QUESTION, subject="The crane")
    answer = mail(f"{quoted(QUESTION, by='Vera Klein')}\n\n{ANSWER}", by="Tom Berg", minutes=30)

    assert together(question, answer) == [[0, 1]]


def test_two_conversations_on_one_subject_stay_apart():
    first = mail(QUESTION, subject="The crane")
    second = mail(OTHER, by="Ada Wolf", minutes=5, subject="The crane")
    to_first = mail(f"{quoted(QUESTION, by='Vera Klein')}\n\nGrease.", by="Tom Berg", minutes=30)
    to_second = mail(
        f"{quoted(OTHER, by='Ada Wolf', at='2 Nov 2026 09:05')}\n\nSold?", by="Ida Moor", minutes=31
    )

    assert together(first, second, to_first, to_second) == [[0, 2], [1, 3]]


def test_who_wrote_when_tells_two_short_answers_apart():
    """Two words quoted are no evidence; the line above them is."""
    question = mail(QUESTION, subject="The crane")
    yes = mail("Yes, please.", by="Tom Berg", minutes=10, subject="The crane")
    also = mail("Yes, please.", by="Ada Wolf", minutes=20, subject="The crane")
    text = quoted("Yes, please.", by="Ada Wolf", at="2 November 2026, 9:20")

    assert together(question, yes, also, mail(f"{text}\n\nI will.", minutes=40)) == [[2, 3]]


def test_two_that_answer_a_mail_which_is_not_here_belong_together():
    one = mail(f"{quoted(QUESTION, by='Lea Stern')}\n\n{ANSWER}", by="Tom Berg", minutes=30)
    other = mail(f"{quoted(QUESTION, by='Lea Stern')}\n\n{OTHER}", by="Ada Wolf", minutes=90)

    assert together(one, other) == [[0, 1]]


def test_an_answer_to_something_unknown_is_taken_to_answer_what_came_last():
    question = mail(QUESTION, subject="The crane")
    days = 24 * 60

    assert together(question, mail("Me too.", by="Tom Berg", minutes=days)) == [[0, 1]]
    assert together(question, mail("Me too.", by="Tom Berg", minutes=40 * days)) == []
    assert together(question, mail("Me too.", by="Tom Berg", minutes=days, subject="The crane")) == []


@pytest.mark.parametrize(
    ("program", "found"),
    [("Mutt/2.2", [[0, 1, 2]]), ("Microsoft Outlook, Build 10.0", [[1, 2]]), ("Internet Mail Service", [])],
    ids=["that names all of the conversation", "that names what it answers", "that names nothing"],
)
def test_a_mail_belongs_to_those_that_its_program_would_have_named(program, found):
    """What Tom answered is absent, and quotes Vera's question: only a program that names all leads to her."""
    question = mail(QUESTION, subject="The crane")
    above = quoted(ANSWER, by="Lea Stern", at="2 Nov 2026, 9:30")
    history = f"{above}\n> {quoted(QUESTION, by='Vera Klein', mark='> > ')}"
    answers = [
        mail(f"{history}\n\n{own}", by=by, minutes=minutes, X_Mailer=program)
        for own, by, minutes in (("True.", "Tom Berg", 60), ("Fish?", "Ada Wolf", 90))
    ]

    assert together(question, *answers) == found


def test_what_many_mails_say_is_a_footer_and_joins_nothing():
    footer = "This list is kept by the friends of the old harbour, who ask you to trim what you quote."
    mails = [
        mail(f"{text}\n\n{footer}", by=f"{name} Berg", minutes=place, subject="The crane")
        for place, (name, text) in enumerate(
            zip("ABCDE", (QUESTION, ANSWER, OTHER, "No.", "Yes."), strict=True)
        )
    ]
    stranger = mail(f"> {footer}", by="Lea Stern", minutes=30, subject="The crane")

    assert together(*mails, stranger) == []


def test_a_mail_without_date_or_subject_joins_nothing():
    assert together(mail(QUESTION, subject=""), mail(QUESTION, subject=""), mail(QUESTION, Date="soon")) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Lea wrote:\n> {QUESTION}\n\n{ANSWER}",
        f"Lea wrote:\nLS> {QUESTION}\n\n{ANSWER}",
        f'>>>>> "LS" == Lea Stern <lea@stern.example> writes:\n\n    LS> {QUESTION}\n\n{ANSWER}',
        f"Lea wrote:\n--] {QUESTION}\n\n{ANSWER}",
        f"    Date:  Mon, 2 Nov 2026\n    From:  Lea <lea@stern.example>\n\n  | {QUESTION}\n\n{ANSWER}",
        f"{ANSWER}\n\n-----Original Message-----\nFrom: Lea Stern\nSent: 2 November 2026\n\n{QUESTION}",
        f"{ANSWER}\n\nVon: Lea <lea@stern.example>\nGesendet: Montag\nAn: Tom\nBetreff: Kran\n\n{QUESTION}",
    ],
    ids=[
        "marked",
        "with initials",
        "supercited",
        "with odd signs",
        "of MH",
        "of Outlook",
        "of Outlook in German",
    ],
)
def test_what_a_mail_says_and_what_it_quotes_are_told_apart(text):
    own, quotation = layers_of(text)[:2]

    assert (own.depth, quotation.depth) == (0, 1)
    assert rows_of(ANSWER) <= own.rows
    assert rows_of(QUESTION) <= quotation.rows
    assert not quotation.rows & rows_of(ANSWER)
    assert "Lea" in quotation.introduction


def test_each_layer_has_its_own_introduction():
    layers = layers_of(f"Tom wrote:\n> Lea wrote:\n> > {QUESTION}\n>\n> {ANSWER}\n\nThank you both.")

    assert [(each.depth, each.introduction) for each in layers] == [
        *((0, ""), (1, "Tom wrote:"), (2, "Tom wrote: Lea wrote:")),
    ]


@pytest.mark.parametrize(
    ("text", "day", "minute"),
    [
        ("On Mon, Nov 2, 2026 at 3:07 PM Lea Stern <lea@stern.example> wrote:", (11, 2), (15, 7)),
        ("Am 02.11.26 um 15:07 schrieb Lea Stern:", (11, 2), (15, 7)),
        ("Le 2 nov. 2026 à 15:07, Lea Stern a écrit :", (11, 2), (15, 7)),
        ("El 2 de noviembre de 2026, Lea Stern escribió:", (11, 2), None),
        ("2026-11-02 15:07, Lea Stern:", (11, 2), (15, 7)),
        ("Lea Stern wrote:", None, None),
        ("At 12:10 AM on 3 May, Lea Stern said:", (5, 3), (0, 10)),
    ],
)
def test_an_introduction_tells_the_moment_in_many_ways(text, day, minute):
    told = read_introduction(text)

    assert day in told.days if day else not told.days
    assert told.minute == minute
    assert ("lea", "stern") in zip(told.words, told.words[1:], strict=False)


def test_behind_the_robot_of_a_list_stands_who_wrote():
    told = read_introduction(
        "From: harbour-admin@lists.example [mailto:harbour-admin@lists.example] On Behalf Of Lea"
    )

    assert (told.words, told.addresses) == (("lea",), frozenset())


@pytest.mark.parametrize(
    ("fields", "naming"),
    [
        ({"User-Agent": "Mutt/2.2"}, Naming.ALL),
        ({"X-Mailer": "Apple Mail (2.482)"}, Naming.PARENT),
        ({"X-MimeOLE": "Produced By Microsoft Exchange V6.0"}, Naming.NOTHING),
        ({"Message-ID": "<0A1B2C3D4E5F60718293A4B5C6D7E8F9012345@host.example>"}, Naming.NOTHING),
        ({"Message-ID": "<F12aBcDeFgHiJkLmNoP00001a2b@hotmail.com>"}, Naming.NOTHING),
        (
            {
                "Message-ID": "<OE12aBcDeFgHiJkLmNo00001a2b@hotmail.com>",
                "X-Mailer": "Microsoft Outlook Express",
            },
            Naming.NOTHING,
        ),
        ({"Message-ID": "<Pine.LNX.4.44.0209@host.example>"}, Naming.PARENT),
        ({"Message-ID": "<20260902164409.8826AC44D@host.example>"}, Naming.PARENT),
        ({"Message-ID": "<20260902164409.GA16820@host.example>"}, Naming.ALL),
        ({}, Naming.ALL),
    ],
)
def test_what_a_program_names_is_known_by_its_name_or_by_the_form_of_its_ids(fields, naming):
    assert (
        naming_of(mail(QUESTION, **{name.replace("-", "_"): each for name, each in fields.items()})) is naming
    )


@pytest.mark.parametrize(
    "text",
    [">" * 40_000, "a> " * 13_000, "On " * 13_000, "From: a\n" * 5_000],
    ids=["of marks", "of initials", "of one word", "of headers"],
)
def test_no_text_takes_long(text):
    mails = [mail(text, minutes=minutes) for minutes in range(2)]
    began = time.process_time()

    together(*mails)

    assert time.process_time() - began < 5
