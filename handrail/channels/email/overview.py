"""How mail is doing as a whole, line by line: what an operator looks at first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import User
from handrail.accounts.rights import Words
from handrail.channels.email import health, outbox_queries, queries, shelves
from handrail.channels.email.health import MailboxHealth
from handrail.channels.email.models import RawMail, Suppression
from handrail.kit.backlog import backlog

#: A worker reports every few seconds; a mail is read within that time.
WORKER_SILENT, READ_WITHIN = timedelta(seconds=60), timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question about mail. tone: fine, soon (somebody should look) or overdue (mail does not flow).

    said: the answer. mend: what to do. href: where it is done; empty where this user may not go.
    """

    title: str
    said: Words
    mend: Words = ""
    tone: str = "fine"
    icon: str
    href: str = ""


def lines(user: User, *, at: datetime) -> list[Line]:
    """The lines about the mail of this user's brands, in the order in which mail travels."""
    told = (_work(), _coming_in(user, at=at), *_mailboxes(user, at=at), *_kept_back(user), *_going_out(user))
    return list(told)


def worst(found: Sequence[Line]) -> str:
    """The gravest tone of these lines."""
    tones = {line.tone for line in found}
    return next((tone for tone in ("overdue", "soon") if tone in tones), "fine")


def _work() -> Line:
    seconds = backlog().seconds_since_report
    if seconds is not None and seconds <= WORKER_SILENT.total_seconds():
        return Line(title=_("Workers"), said=_("A worker is at work."), icon="cog")
    return Line(
        title=_("Workers"),
        said=_("No worker reports: mail is kept, and neither read nor sent."),
        mend=_("Start “handrail worker”."),
        tone="overdue",
        icon="cog",
    )


def _coming_in(user: User, *, at: datetime) -> Line:
    waiting = RawMail.objects.visible_to(user).waiting().filter(is_history=False)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("received_at"))
    if found["oldest"] is None or at - found["oldest"] <= READ_WITHIN:
        return Line(title=_("Mail that came"), said=_("Every mail is read at once."), icon="mail")
    words = ngettext("%(num)s mail waits to be read.", "%(num)s mails wait to be read.", found["count"])
    return Line(
        title=_("Mail that came"),
        said=words % {"num": found["count"]},
        mend=_("See that a worker runs, and what its log says."),
        tone="overdue",
        icon="mail",
    )


def _mailboxes(user: User, *, at: datetime) -> Iterator[Line]:
    told = health.of_all(queries.mailboxes(user).select_related("imap", "hook"), at=at)
    goes_to = _way(user, "mail.manage")
    failing = [each for each in told if each.is_failing and each.trouble]
    yield from (_failing(each, goes_to) for each in failing)
    if not told:
        said, mend = _("No mailbox takes mail."), _("Add one.")
        yield Line(
            title=_("Mailboxes"), said=said, mend=mend, tone="soon", icon="mailbox", href=goes_to("mailboxes")
        )
    elif not failing:
        came = sum(each.came_lately for each in told)
        words = ngettext("%(num)s mail in 24 hours.", "%(num)s mails in 24 hours.", came) % {"num": came}
        yield Line(title=_("Mailboxes"), said=words, icon="mailbox", href=goes_to("mailboxes"))


def _failing(mailbox: MailboxHealth, goes_to: "Callable[..., str]") -> Line:
    assert mailbox.trouble
    href = goes_to("incoming", mailbox=mailbox.account_id)
    said, mend = mailbox.trouble.said, mailbox.trouble.mend
    tone = "soon" if mailbox.state == "untidy" else "overdue"
    return Line(title=mailbox.address, said=said, mend=mend, tone=tone, icon="mailbox", href=href)


def _kept_back(user: User) -> Iterator[Line]:
    counts, decides = shelves.counts(user), _way(user, "mail.decide")
    held, spam = counts.get("held", 0), counts.get("spam", 0)
    broken = RawMail.objects.visible_to(user).quarantined().count()
    words = ngettext("%(num)s mail waits for a decision.", "%(num)s mails wait for a decision.", held)
    said = words % {"num": held} if held else _("Nothing is held.")
    yield Line(
        title=_("Held mail"), said=said, tone=_soon(held), icon="mail-question-mark", href=decides("held")
    )
    words = ngettext("%(num)s mail was taken for spam.", "%(num)s mails were taken for spam.", spam)
    said = words % {"num": spam} if spam else _("Nothing was taken for spam.")
    yield Line(title=_("Spam"), said=said, icon="shield-alert", href=decides("spam"))
    words = ngettext("%(num)s mail could not be taken in.", "%(num)s mails could not be taken in.", broken)
    said = words % {"num": broken} if broken else _("Every mail that came was taken in.")
    href = reverse("mail:quarantine")
    yield Line(title=_("Quarantine"), said=said, tone=_soon(broken), icon="mail-warning", href=href)


def _going_out(user: User) -> Iterator[Line]:
    href = reverse("mail:outbox")
    for away in outbox_queries.servers_away(user):
        title = away.whose or _("The server that sends")
        said, mend = away.obstacle.last_error, _("Nothing leaves by it. Each mail is sent once it is back.")
        yield Line(title=title, said=said, mend=mend, tone="overdue", icon="server-off", href=href)
    counts = outbox_queries.counts(user)
    waiting, trouble = counts["open"] - counts["trouble"], counts["trouble"]
    words = ngettext("%(num)s mail waits to leave.", "%(num)s mails wait to leave.", waiting)
    said = words % {"num": waiting} if waiting else _("Every mail has left.")
    yield Line(title=_("Outbox"), said=said, icon="send", href=href)
    words = ngettext(
        "%(num)s mail failed, or perhaps arrived.", "%(num)s mails failed, or perhaps arrived.", trouble
    )
    said = words % {"num": trouble} if trouble else _("No mail is in trouble.")
    yield Line(
        title=_("In trouble"), said=said, tone=_soon(trouble), icon="send", href=f"{href}?shown=trouble"
    )
    blocked = Suppression.objects.visible_to(user).count()
    words = ngettext("%(num)s address gets no mail.", "%(num)s addresses get no mail.", blocked)
    said = words % {"num": blocked} if blocked else _("No address is blocked.")
    yield Line(title=_("Blocked addresses"), said=said, icon="mail-x", href=reverse("mail:suppressed"))


def _soon(count: int) -> str:
    return "soon" if count else "fine"


def _way(user: User, right: str) -> "Callable[..., str]":
    """The addresses of pages that need this right; empty for who does not have it."""
    return lambda name, **named: reverse(f"mail:{name}", kwargs=named) if user.may(right) else ""
