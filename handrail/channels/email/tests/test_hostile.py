"""Mail that was made to harm: kept, put aside by name or read, and the honest mail behind it is a ticket."""

import random
import time

import pytest

from handrail.channels.email import intake
from handrail.channels.email.models import RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.fuzz_reading import mutated
from handrail.kit import drains
from handrail.tickets.models import Message

MIXED = b"From: m@evil.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth) for depth in range(1_500)
)
HOSTILE = {
    "100,000 parts": (MIXED + b"--x\r\n\r\n" * 100_000, "too-many-parts"),
    "1,500 levels": (b"From: m@evil.example\r\n" + NESTED, "too-deep"),
    "2,000 comments": (b"From: " + b"(" * 2_000 + b" m@evil.example\r\n\r\nx", "nested-comments"),
    "1,000,000 lines": (b"From: m@evil.example\r\n" + b"X: y\r\n" * 1_000_000 + b"\r\nx", "header-too-large"),
    "128 kB of From": (b"From: " + b'"a" <b@c>, ' * 12_000 + b"\r\n\r\nx", ""),
    "broken words": (b"From: m@evil.example\r\nSubject: " + b"=?utf-8?B?" * 6_000 + b"\r\n\r\nx", ""),
    "unknown charset": (
        b"From: m@evil.example\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe\x80",
        "",
    ),
}
NASTY_AND_GOOD = 30  # of each; the promise names 300


@pytest.mark.parametrize(("raw", "reason"), HOSTILE.values(), ids=list(HOSTILE))
def test_S_083_hostile_mail_is_kept_and_the_next_is_a_ticket_in_ten_seconds(support, deliver, raw, reason):
    hostile, honest = deliver(raw), deliver(a_mail())
    start = time.process_time()

    drains.empty("raw_mail")

    hostile.refresh_from_db(), honest.refresh_from_db()
    assert honest.state == "done"
    assert time.process_time() - start < 10
    assert bytes(hostile.raw) == raw
    assert hostile.state == ("quarantined" if reason else hostile.state)
    assert hostile.reason.startswith(reason)


def test_R_020_good_mail_among_nasty_mail_becomes_a_ticket_each(support, deliver):
    kinds = [raw for raw, _reason in HOSTILE.values()]
    good = []
    for number in range(NASTY_AND_GOOD):
        chosen = kinds[number] if number < len(kinds) else mutated(random.Random(number))
        deliver(chosen)
        good.append(
            deliver(
                a_mail(
                    message_id=f"<g{number}@good.example>",
                    subject=f"Question {number}",
                    **{"from": f"v{number}@good.example"},
                )
            )
        )

    drains.empty("raw_mail")

    states = RawMail.objects.filter(pk__in=[mail.pk for mail in good]).values_list("state", flat=True)
    assert set(states) == {"done"}
    assert Message.objects.filter(sender__endswith="@good.example").count() == NASTY_AND_GOOD
    assert not RawMail.objects.waiting().exists()


def test_a_batch_that_reads_too_long_settles_what_it_has_read_and_leaves_the_rest(
    support, deliver, monkeypatch
):
    long, short = (
        deliver(a_mail(text="words " * 2_000)),
        deliver(a_mail(message_id="<short@nordlys.example>")),
    )
    with monkeypatch.context() as hurried:
        hurried.setattr(intake, "BATCH_READING_SECONDS", 0.0)
        intake.take_batch()
    long.refresh_from_db(), short.refresh_from_db()
    assert (long.state, short.state) == ("new", "done")

    RawMail.objects.update(tried_at=None)
    drains.empty("raw_mail")

    long.refresh_from_db()
    assert (long.state, long.attempts) == ("done", 1)
