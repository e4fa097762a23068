"""The filter learns from people, starts with plain rules, and throws nothing away."""

import random
import tarfile
from datetime import timedelta

import pytest

from handrail.channels.email import deciding, inbound, jobs, shelves
from handrail.channels.email.conversing.threads import threads_of
from handrail.channels.email.models import ListedSender, SpamLesson, SpamTrait
from handrail.channels.email.spam import learning
from handrail.channels.email.spam.evaluating import Sample, evaluate
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock, drains
from handrail.kit.jobs import waiting
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE
from tests.real_mail import need

SOLD = {
    "from": "Winner <win@casino.example>",
    "message_id": "<s@casino.example>",
    "subject": "YOU HAVE BEEN SELECTED!!",
    "text": "Claim your jackpot at the casino, risk free. Act now, no obligation!\r\n",
}
#: Of each kind; all of the shared half would take a minute.
SAMPLES = 300
#: What a filter of a few lessons reaches at least; plain rules alone reach 0.39.
YOUNG_F1 = 0.55
LEARN = "handrail.channels.email.jobs.learn"


def test_plain_rules_know_plain_spam_and_let_honest_mail_pass(support, arrive):
    spam, honest = arrive(a_mail(**SOLD)), arrive(a_mail())

    assert (spam.state, spam.reason, honest.state) == ("spam", "looks-like-spam", "done")
    assert Ticket.objects.count() == 1


def test_not_spam_makes_the_ticket(support, ada, arrive):
    mail = arrive(a_mail(**SOLD))

    deciding.open_ticket(mail, subject="", by=ada.user, at=clock.now())
    drains.empty("raw_mail")

    mail.refresh_from_db()
    assert Message.objects.get(pk=mail.message_id).at == NINE


def test_who_is_blocked_is_spam_and_who_is_allowed_never_is(house, support, ada, arrive):
    at = clock.now()
    blocked, allowed = ListedSender.As.BLOCKED, ListedSender.As.ALLOWED
    ListedSender.put(brand=house.harbour, sender="nordlys.example", listed_as=blocked, by=ada.user, at=at)
    ListedSender.put(brand=house.harbour, sender="win@casino.example", listed_as=allowed, by=ada.user, at=at)

    vera, winner = arrive(a_mail()), arrive(a_mail(**SOLD))

    assert (vera.state, vera.reason, winner.state) == ("spam", "blocked", "done")


def test_an_address_counts_before_its_domain_and_in_its_brand_only(house, support, ada, arrive):
    at, put = clock.now(), ListedSender.put
    put(brand=house.harbour, sender="nordlys.example", listed_as=ListedSender.As.BLOCKED, by=ada.user, at=at)
    put(
        brand=house.harbour,
        sender="vera@nordlys.example",
        listed_as=ListedSender.As.ALLOWED,
        by=ada.user,
        at=at,
    )
    put(
        brand=house.office,
        sender="vera@nordlys.example",
        listed_as=ListedSender.As.BLOCKED,
        by=ada.user,
        at=at,
    )

    assert arrive(a_mail()).state == "done"


@pytest.mark.parametrize(
    ("listed", "sender", "state"),
    [
        ("shop.example", "ann@news.mail.shop.example", "spam"),
        ("shop.example", "ann@bookshop.example", "done"),
        ("mail.shop.example", "ann@shop.example", "done"),
        ("ann@shop.example", "ann@mail.shop.example", "done"),
        ("*@shop.example", "ann@shop.example", "spam"),
        ("*.shop.example", "ann@news.shop.example", "spam"),
    ],
)
def test_a_domain_is_listed_with_everything_below_it(
    house, support, ada, client_of, arrive, listed, sender, state
):
    typed = {"sender": listed, "listed_as": "blocked", "brand": house.harbour.pk}
    assert client_of(ada).post("/settings/senders", typed).status_code == 303

    assert arrive(a_mail(**{"from": sender})).state == state


def test_the_nearest_listing_counts(house, support, ada, arrive):
    listed_as = ListedSender.As
    for sender, said in (("shop.example", listed_as.BLOCKED), ("mail.shop.example", listed_as.ALLOWED)):
        ListedSender.put(brand=house.harbour, sender=sender, listed_as=said, by=ada.user, at=NINE)

    states = [
        arrive(a_mail(**SOLD | {"from": f"ann@{domain}", "message_id": f"<1@{domain}>"})).state
        for domain in ("news.shop.example", "eu.mail.shop.example")
    ]

    assert states == ["spam", "done"]


def test_whom_we_answered_before_sends_no_spam(support, nadia, arrive):
    ticket = Message.objects.get(pk=arrive(a_mail()).message_id).ticket
    ticket.reply(text="It is there.", by=nadia, at=NINE)

    again = arrive(a_mail(**SOLD | {"from": "Vera Lindqvist <vera@nordlys.example>"}))

    assert again.state == "done"


def test_an_answer_on_a_ticket_is_never_spam(support, arrive):
    arrive(a_mail())

    told = {name: value for name, value in SOLD.items() if name != "from"}
    assert arrive(a_mail(**told, in_reply_to="<first@nordlys.example>")).state == "done"


def test_the_filter_learns_and_a_lesson_can_be_taken_back(support, ada, arrive, monkeypatch):
    monkeypatch.setattr("handrail.channels.email.spam.verdict.ENOUGH_SPAM", 1)
    monkeypatch.setattr("handrail.channels.email.spam.verdict.ENOUGH_HONEST", 1)
    words = "Our new range of garden gnomes is in stock, order the gnome catalogue today.\r\n"
    gnomes = [_gnome(number, words) for number in range(3)]
    honest, spam = arrive(a_mail()), arrive(gnomes[0])
    assert spam.state == "done"

    learning.learn(honest, is_spam=False, by=ada.user, at=NINE)
    learning.learn(spam, is_spam=True, by=ada.user, at=NINE)
    assert arrive(gnomes[1]).state == "spam"

    learning.learn(spam, is_spam=False, by=ada.user, at=NINE)
    assert SpamLesson.counts() == (0, 2)
    assert not SpamTrait.objects.filter(spam__gt=0).exists()
    assert arrive(gnomes[2]).state == "done"


def test_opening_a_spam_ticket_again_takes_the_lesson_back(support, ada, nadia, arrive):
    ticket = Message.objects.get(pk=arrive(a_mail()).message_id).ticket
    ticket.mark_spam(by=nadia, at=NINE)
    _learn_in_any_order()
    assert SpamLesson.counts() == (1, 0)

    ticket.reopen(by=nadia, at=NINE + timedelta(minutes=1))
    _learn_in_any_order()

    assert SpamLesson.counts() == (0, 1)
    assert not SpamTrait.objects.filter(spam__gt=0).exists()


def test_answering_a_spam_ticket_takes_the_lesson_back_too(support, nadia, arrive):
    ticket = Message.objects.get(pk=arrive(a_mail()).message_id).ticket
    ticket.mark_spam(by=nadia, at=NINE)

    ticket.reply(text="It is there.", by=nadia, at=NINE + timedelta(minutes=1))
    _learn_in_any_order()

    assert SpamLesson.counts() == (0, 1)


def test_a_customer_who_writes_again_teaches_nothing(support, nadia, arrive):
    ticket = Message.objects.get(pk=arrive(a_mail()).message_id).ticket
    ticket.mark_spam(by=nadia, at=NINE)

    ticket.reopen(by=None, at=NINE + timedelta(minutes=1))
    _learn_in_any_order()

    assert SpamLesson.counts() == (1, 0)


def test_a_lesson_whose_job_comes_late_does_not_undo_a_later_word(support, ada, arrive):
    mail = arrive(a_mail())
    learning.learn(mail, is_spam=False, by=ada.user, at=NINE + timedelta(minutes=1))

    assert not learning.learn(mail, is_spam=True, by=ada.user, at=NINE)

    assert SpamLesson.counts() == (0, 1)
    assert not SpamTrait.objects.filter(spam__gt=0).exists()


def _learn_in_any_order() -> None:
    """The latest lesson first, as two workers may do it."""
    for job in reversed(waiting(name=LEARN)):
        jobs.learn(**job.arguments)


def _gnome(number: int, words: str) -> bytes:
    sender = f"Shop <shop{number}@gnomes.example>"
    return a_mail(
        **{"from": sender, "message_id": f"<{number}@gnomes.example>", "subject": "Gnomes", "text": words}
    )


def test_the_same_lesson_twice_counts_once(support, ada, arrive):
    mail = arrive(a_mail())

    assert learning.learn(mail, is_spam=True, by=ada.user, at=NINE)
    assert not learning.learn(mail, is_spam=True, by=ada.user, at=NINE)

    assert set(SpamTrait.objects.values_list("spam", flat=True)) == {1}


def test_the_spam_page_counts_and_shows_why(support, ada, arrive):
    arrive(a_mail(**SOLD))

    (row,) = shelves.spam(ada.user, before=None).rows
    assert (str(row.reason), row.subject, row.is_spam) == (
        "It looks like spam",
        "YOU HAVE BEEN SELECTED!!",
        True,
    )
    assert shelves.counts(ada.user) == {"spam": 1}


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    """Real mails of both kinds, in an order that tells nothing."""
    with tarfile.open(need("spam_mail") / "messages.tar.gz") as archive:
        names = sorted(each.name for each in archive if each.isfile())
        random.Random(7).shuffle(names)
        spam = [name for name in names if "spam/" in name][:SAMPLES]
        ham = [name for name in names if "/ham/" in f"/{name}"][:SAMPLES]
        chosen = sorted({*spam, *ham}, key=names.index)
        files = [(name, archive.extractfile(name)) for name in chosen]
        return [
            Sample(name=name, mail=inbound.read(file.read()), is_spam="spam/" in name)
            for name, file in files
            if file
        ]


@pytest.mark.xdist_group("samples")
def test_a_few_hundred_lessons_tell_most_real_spam_from_honest_mail(samples):
    half = len(samples) // 2

    figures = evaluate(learn=samples[:half], judge=samples[half:])

    assert figures.f1 >= 0.93
    assert [name for name in figures.false_alarms if "easy-ham" in name] == []


@pytest.mark.xdist_group("samples")
@pytest.mark.parametrize(("spam", "honest"), [(5, 20), (20, 20), (20, 200), (100, 100)])
def test_a_young_filter_throws_no_customer_away(samples, spam, honest):
    """However many lessons there are of each kind: also as many of spam as of honest mail, or far fewer."""
    lessons = [each for each in samples if each.is_spam][:spam]
    lessons += [each for each in samples if "easy-ham" in each.name][:honest]
    others = [each for each in samples if each not in lessons and "hard-ham" not in each.name]

    figures = evaluate(learn=lessons, judge=others)

    honest_mails = sum(not each.is_spam for each in others)
    assert len(figures.false_alarms) <= honest_mails / 100
    assert figures.f1 >= YOUNG_F1


@pytest.mark.xdist_group("samples")
def test_real_conversations_are_found_again_with_and_without_their_headers(samples):
    mails = [sample.mail for sample in samples if not sample.is_spam]

    truth = {place: set(group) for group in threads_of(mails, with_headers=True) for place in group}
    found = {place: set(group) for group in threads_of(mails, with_headers=False) for place in group}

    places = range(len(mails))
    agreed = [len(found.get(each, {each}) & truth.get(each, {each})) for each in places]
    precision = sum(agreed[each] / len(found.get(each, {each})) for each in places) / len(mails)
    recall = sum(agreed[each] / len(truth.get(each, {each})) for each in places) / len(mails)
    assert min(precision, recall) >= 0.85


def test_whoever_was_answered_taught_what_honest_mail_looks_like(support, nadia, arrive):
    ticket = Message.objects.get(pk=arrive(a_mail()).message_id).ticket
    answer = ticket.reply(text="It is there.", by=nadia, at=NINE)

    assert learning.learn_from_answer(answer, at=NINE)
    assert not learning.learn_from_answer(answer, at=NINE)
    assert SpamLesson.counts() == (0, 1)
