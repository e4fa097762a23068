"""What `handrail doctor` asks about mail."""

from datetime import timedelta

from handrail.channels.email import queries, soundness
from handrail.channels.email.health import mailbox_health
from handrail.channels.email.models import EmailAccount, Obstacle
from handrail.channels.email.queries import TOLD_FOR
from handrail.kit import clock
from handrail.kit.checks import Finding, check

__all__ = ["soundness"]  # it asks more questions

#: A mail should be a message after so long.
READ_WITHIN = timedelta(seconds=60)
#: An answer should have left after so long, its time for taking back included.
SENT_WITHIN = timedelta(minutes=5)


@check("mailboxes", needs_database=True)
def somebody_can_write_to_us() -> Finding:
    active = EmailAccount.objects.active().count()
    if active:
        return Finding(said=f"{active} mailboxes take mail")
    return Finding(said="no mailbox takes mail", mend="Add one under Settings → Mailboxes.")


@check("fetching", needs_database=True)
def every_mailbox_can_be_read() -> Finding:
    told = mailbox_health()
    failing = [each for each in told if each.is_failing and each.trouble]
    if not failing:
        return Finding(said=f"{len(told)} mailboxes: none is known to fail")
    said = "; ".join(f"{each.address}: {each.trouble.said}" for each in failing[:5] if each.trouble)
    first = failing[0].trouble
    return Finding(said=said, mend=f"{first.mend if first else ''} See Settings → Mailboxes.")


@check("mail in", needs_database=True)
def mail_is_read_soon() -> Finding:
    health = queries.health()
    if health.waits_too_long(at=clock.now(), limit=READ_WITHIN):
        since = f"{health.oldest_waiting_at:%d %b %H:%M}"
        return Finding(
            said=f"{health.waiting} mails wait to be read, the first since {since}",
            mend="See that a worker runs (`handrail worker`) and what its log says.",
        )
    return Finding(said=f"{health.waiting} mails wait to be read")


@check("quarantine", needs_database=True)
def every_mail_could_be_read() -> Finding:
    found = queries.health().quarantined
    if found:
        return Finding(
            said=f"{found} mails could not be taken in",
            mend="See why under Settings → Quarantine: try them again once mended, or call them spam.",
        )
    return Finding(said="no mail lies in quarantine")


@check("mail out", needs_database=True)
def mail_leaves_soon() -> Finding:
    health, at = queries.health(), clock.now()
    if away := Obstacle.objects.filter(what="server", since__lt=at - SENT_WITHIN).order_by("since").first():
        return Finding(
            said=f"a server takes no mail since {away.since:%d %b %H:%M}: {away.last_error}",
            means="No answer leaves by it; each is sent once it is back.",
            mend="See that it runs and knows us: HANDRAIL_MAIL_URL, or a mailbox’s own settings for sending.",
        )
    if health.failed or health.uncertain:
        counted = f"{health.failed} mails failed, {health.uncertain} perhaps arrived"
        return Finding(
            said=f"{counted} in the last {TOLD_FOR.days} days",
            mend="Read the server's words under Settings → Outbox, and send them again from there.",
        )
    if health.oldest_due_at and at - health.oldest_due_at > SENT_WITHIN:
        return Finding(
            said=f"mail waits to leave since {health.oldest_due_at:%d %b %H:%M}",
            mend="See that a worker runs and that the server of HANDRAIL_MAIL_URL answers.",
        )
    return Finding(said="no mail waits too long to leave")
