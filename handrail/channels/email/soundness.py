"""What `handrail doctor` asks about every mail there ever was: none lost, none without an end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from handrail.kit import checks, clock, ids
from handrail.kit.checks import Finding, check

#: So many of the newest mails are compared with their hash, and as many from a place that differs each time.
SAMPLE = 500
LONGEST_SENDING_MINUTES = 20
#: So many are compared in one query when all are.
AT_ONCE = 1_000
#: Answers of the last days are looked for in the outbox; older ones were looked for while they were new.
LOOKED_BACK = timedelta(days=30)
_BEFORE_ALL = UUID(int=0)

_LOST = """
    SELECT count(*), min(mail.id::text) FROM channels_email_rawmail mail
     WHERE mail.state = 'done' AND NOT EXISTS (SELECT FROM tickets_message WHERE id = mail.message_id)
"""
_SOME = """
    SELECT count(*), count(*) FILTER (WHERE wrong), min(id::text) FILTER (WHERE wrong), max(id::text)
      FROM (SELECT id, sha256(raw) <> sha256 AS wrong FROM channels_email_rawmail
             WHERE id > %(after)s ORDER BY id LIMIT %(at_once)s) AS mail
"""
_SAMPLED = """
    SELECT count(*), count(*) FILTER (WHERE wrong), min(id::text) FILTER (WHERE wrong)
      FROM (SELECT id, sha256(raw) <> sha256 AS wrong FROM channels_email_rawmail
             WHERE id IN ((SELECT id FROM channels_email_rawmail ORDER BY id DESC LIMIT %(sample)s)
                          UNION ALL
                          (SELECT id FROM channels_email_rawmail TABLESAMPLE SYSTEM (1) LIMIT %(sample)s))
           ) AS mail
"""
_ENDLESS = """
    SELECT count(*) FROM channels_email_outgoingmail
     WHERE (state IN ('queued', 'sending') AND next_try_at IS NULL)
        OR (state = 'sending' AND tried_at < now() - %(minutes)s * interval '1 minute')
"""
_FORGOTTEN = """
    SELECT count(*) FROM tickets_message message
     WHERE message.id > %(after)s AND message.kind = 'reply' AND message.delivery = 'queued'
       AND message.channel = 'email'
       AND NOT EXISTS (SELECT FROM channels_email_outgoingmail WHERE message_id = message.id)
"""


@check("mail kept", needs_database=True)
def every_mail_became_a_message() -> Finding:
    lost, first = _one(_LOST)
    if lost:
        return Finding(
            said=f"{lost} mails were taken in but their message is gone, the first is {first}",
            means="A customer wrote and nobody can see it.",
            mend="The raw mails are still there: bring tickets_message back from a backup.",
        )
    return Finding(said="every mail is a message, waits, or lies where an operator sees it")


def every_mail_is_as_it_came() -> Finding:
    """All of them, some at a time: each is read from the disk."""
    looked_at, changed, first, after = 0, 0, None, str(_BEFORE_ALL)
    while after:
        count, wrong, found, after = _one(_SOME, after=after, at_once=AT_ONCE)
        looked_at, changed, first = looked_at + count, changed + wrong, first or found
        checks.tell(f"{looked_at:,} raw mails compared")
    return _unchanged(looked_at, changed, first)


@check("mail whole", needs_database=True, deeply=every_mail_is_as_it_came)
def mails_are_as_they_came() -> Finding:
    return _unchanged(*_one(_SAMPLED, sample=SAMPLE))


def _unchanged(looked_at: int, changed: int, first: str | None) -> Finding:
    if changed:
        return Finding(
            said=f"{changed} of {looked_at} raw mails are not what came, the first is {first}",
            means="They can no longer be read again, nor shown as evidence.",
            mend="A person or a broken disk changed channels_email_rawmail: check the disk, use a backup.",
        )
    return Finding(said=f"{looked_at} raw mails compared with their hash, all as they came")


def every_outgoing_mail_ever_has_an_end_or_a_next_try() -> Finding:
    return _ended(since=_BEFORE_ALL)


@check("mail ends", needs_database=True, deeply=every_outgoing_mail_ever_has_an_end_or_a_next_try)
def every_outgoing_mail_has_an_end_or_a_next_try() -> Finding:
    return _ended(since=ids.uuid7_at(clock.now() - LOOKED_BACK))


def _ended(*, since: UUID) -> Finding:
    (endless,) = _one(_ENDLESS, minutes=LONGEST_SENDING_MINUTES)
    (forgotten,) = _one(_FORGOTTEN, after=since)
    if endless or forgotten:
        return Finding(
            said=f"{endless} mails will not be tried again, {forgotten} answers never reached the outbox",
            means="A customer waits for an answer that will not come.",
            mend="Restart the worker; what still shows here after a minute, send again from its ticket.",
        )
    return Finding(said="every mail on its way has an end or a next try")


def _one(question: str, **values: int | str | UUID) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
