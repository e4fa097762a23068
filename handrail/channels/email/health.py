"""How the roads of mailboxes are doing, in words: for the mailbox's page, the list, and the doctor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from handrail.accounts.rights import Words
from handrail.channels.email.imap.troubles import Explained, explained
from handrail.channels.email.models import EmailAccount, ImapRoad, RawMail
from handrail.kit import clock

#: A fetched mailbox that was not looked at for so long has no worker that looks.
LOOKED_AT_WITHIN = timedelta(minutes=10)
TROUBLED = frozenset({"failing", "untidy"})
NOBODY_LOOKS = Explained(
    said=_("Nobody looks into this mailbox."), mend=_("See that a worker runs (`handrail worker`).")
)


@dataclass(frozen=True, kw_only=True)
class MailboxHealth:
    """One mailbox. state: fine, failing, waiting (for its first look), paused or stopped.

    state: also untidy, when all is read and cannot be moved. came_lately: mails of the last 24 hours.
    trouble: None when there is none.
    """

    account_id: UUID
    address: str
    road: Words
    state: str
    looked_at: datetime | None
    last_mail_at: datetime | None
    failing_since: datetime | None
    trouble: Explained | None
    came_lately: int

    @property
    def is_failing(self) -> bool:
        return self.state in TROUBLED


def mailbox_health() -> list[MailboxHealth]:
    """Every mailbox of every brand, for the doctor."""
    return of_all(EmailAccount.objects.select_related("imap", "hook"), at=clock.now())


def of(account: EmailAccount, *, at: datetime) -> MailboxHealth:
    """One mailbox, with its roads at hand."""
    return of_all([account], at=at)[0]


def of_all(accounts: Iterable[EmailAccount], *, at: datetime) -> list[MailboxHealth]:
    """These mailboxes, with their roads at hand, in one further query."""
    found = list(accounts)
    rows = RawMail.objects.filter(account__in=found, received_at__gt=at - timedelta(days=1), is_history=False)
    came = dict(rows.order_by().values_list("account").annotate(Count("pk")))
    return [_one(account, came.get(account.pk, 0), at=at) for account in found]


def _one(account: EmailAccount, came_lately: int, *, at: datetime) -> MailboxHealth:
    road: ImapRoad | None = getattr(account, "imap", None)
    state = _state(account, road, at=at)
    return MailboxHealth(
        account_id=account.pk,
        address=account.address,
        road=_road(account, road),
        state=state,
        looked_at=road.looked_at if road else None,
        last_mail_at=account.last_mail_at,
        failing_since=road.failing_since if road else None,
        trouble=_trouble(road) if road and state in TROUBLED else None,
        came_lately=came_lately,
    )


def _state(account: EmailAccount, road: ImapRoad | None, *, at: datetime) -> str:
    if not account.is_active:
        return "stopped"
    if road is None:
        return "fine"
    if road.is_paused:
        return "paused"
    if road.failures and road.trouble == "target":
        return "untidy"
    if road.failures or at - max(road.looked_at or road.changed_at, road.changed_at) > LOOKED_AT_WITHIN:
        return "failing"
    return "fine" if road.looked_at else "waiting"


def _trouble(road: ImapRoad) -> Explained:
    return explained(road.trouble) if road.failures else NOBODY_LOOKS


def _road(account: EmailAccount, road: ImapRoad | None) -> Words:
    if road:
        return _("fetched by IMAP")
    return _("handed in by a provider") if getattr(account, "hook", None) else _("SMTP")
