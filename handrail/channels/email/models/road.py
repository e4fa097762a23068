"""How a mailbox elsewhere is fetched by IMAP: the server, what happens after fetching, how it goes."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.accounts.sealing import SealBroken, seal, unseal
from handrail.channels.email import alarms
from handrail.channels.email.events import MailboxRecovered, MailboxRoadChanged
from handrail.channels.email.models.account import EmailAccount
from handrail.events import publish
from handrail.kit import drains, ids

#: So far a server's clock may be behind ours without a mail falling between the two.
CLOCKS_DIFFER = timedelta(minutes=10)
#: Those who look after mail are told after so many failures in a row.
ALARM_AFTER = 3


class ImapRoads(models.QuerySet["ImapRoad"]):
    """Chains that start from fetched mailboxes."""

    def visible_to(self, user: User) -> "ImapRoads":
        """Of mailboxes of this user's brands."""
        return self.filter(account__brand__in=user.brands.all())

    def walked(self) -> "ImapRoads":
        """Those that are looked at: neither paused nor of a mailbox that takes no mail."""
        return self.filter(is_paused=False, account__is_active=True)


class ImapRoad(models.Model):
    """A mailbox that is fetched. Its place in the folder is remembered by numbers of the server (UIDs).

    last_uid: everything up to it is kept or not wanted. tidied_uid: up to it, what happens after fetching has
    happened. Mail below live_from_uid is history, unless it came after live_from; null: all of it is. History
    is left where it lies.
    """

    class Security(models.TextChoices):
        TLS = "tls", _("TLS from the start (usual, port 993)")
        STARTTLS = "starttls", _("STARTTLS (port 143)")
        PLAIN = "plain", _("None (only for a server on this machine)")

    class SignIn(models.TextChoices):
        PASSWORD = "password", _("User and password")
        GOOGLE = "google", _("Google account")
        MICROSOFT = "microsoft", _("Microsoft 365 account")

    class Afterwards(models.TextChoices):
        READ = "read", _("Mark it as read")
        LEAVE = "leave", _("Leave it as it is")
        MOVE = "move", _("Move it to a folder")
        DELETE = "delete", _("Delete it")

    #: What decides which mails a number means; when one changes, the numbers start anew.
    PLACE: ClassVar[tuple[str, ...]] = ("host", "port", "user", "folder")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    account = models.OneToOneField(EmailAccount, on_delete=models.CASCADE, related_name="imap")
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    sign_in = models.CharField(max_length=10, choices=SignIn.choices, default=SignIn.PASSWORD)
    user = models.CharField(max_length=254)
    #: The password, or what a Google or Microsoft account gave us to ask for short-lived ones.
    sealed_secret = models.TextField(blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    afterwards = models.CharField(max_length=6, choices=Afterwards.choices, default=Afterwards.READ)
    move_to = models.CharField(max_length=200, blank=True)
    history_days = models.PositiveIntegerField(default=0)
    is_paused = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    tidied_uid = models.BigIntegerField(default=0)
    live_from_uid = models.BigIntegerField(default=0)
    live_from = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)

    looked_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=30, blank=True)

    objects = ImapRoads.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(afterwards="move") | ~Q(move_to=""), name="moved_mail_has_its_folder"
            ),
            models.CheckConstraint(condition=Q(failures=0) | ~Q(trouble=""), name="failure_has_its_reason"),
        ]

    class Changed(Exception):
        """Somebody changed how it is fetched, or that it is, since it was read from the database."""

    def __str__(self) -> str:
        return f"{self.user} at {self.host}"

    @classmethod
    @transaction.atomic
    def lay(
        cls, account: EmailAccount, *, secret: str | None, by: User, at: datetime, **columns: Any
    ) -> "ImapRoad":
        """Fetch this mailbox from now on, or change how. secret: None keeps what is known.

        A changed place begins anew: what lies there now is not fetched, but for the days of history asked.
        """
        road = cls.objects.select_for_update().filter(account=account).first() or cls(account=account)
        moved = any(getattr(road, name) != columns.get(name, getattr(road, name)) for name in cls.PLACE)
        further_back = columns.get("history_days", road.history_days) > road.history_days
        for name, value in columns.items():
            setattr(road, name, value)
        road.changed_at = at
        if secret is not None:
            road.sealed_secret = seal(secret)
        if moved:
            road._begin_anew()
        elif further_back:
            road.last_uid = 0  # what is kept already is not fetched again
        road._forget_trouble()
        road.save()
        road._tell_change(by=by, at=at)
        return road

    @transaction.atomic
    def pause(self, *, paused: bool, by: User, at: datetime) -> None:
        """Stop looking, or look again; nothing that comes meanwhile is missed."""
        self.is_paused, self.changed_at = paused, at
        self._forget_trouble()
        self.save(update_fields=["is_paused", "changed_at", "failures", "failing_since", "trouble"])
        self._tell_change(by=by, at=at)

    @transaction.atomic
    def end(self, *, by: User, at: datetime) -> None:
        """Fetch it no more, and forget how to sign in."""
        self.is_paused = True
        self._tell_change(by=by, at=at)
        self.delete()

    @transaction.atomic
    def grant(self, refresh_token: str, *, by: User, at: datetime) -> None:
        """The owner of the account allowed us to read it."""
        self.sealed_secret, self.changed_at = seal(refresh_token), at
        self._forget_trouble()
        self.save(update_fields=["sealed_secret", "changed_at", "failures", "failing_since", "trouble"])
        self._tell_change(by=by, at=at)

    def renewed(self, refresh_token: str) -> None:
        """The provider handed out another token in place of the one we had."""
        self._set(sealed_secret=seal(refresh_token))

    @property
    def secret(self) -> str:
        """What is needed to sign in; empty when there is none or it cannot be opened any more."""
        try:
            return unseal(self.sealed_secret) if self.sealed_secret else ""
        except SealBroken:
            return ""

    def begin(self, *, uid_validity: int, next_uid: int, at: datetime) -> None:
        """First look: what lies there is not ours, but for the history that was asked for."""
        self._set(
            uid_validity=uid_validity,
            last_uid=0 if self.history_days else next_uid - 1,
            tidied_uid=next_uid - 1,
            live_from_uid=next_uid,
            live_from=None,
            started_at=at,
        )

    def renumbered(self, *, uid_validity: int, next_uid: int) -> None:
        """The server numbered the folder anew: look through it again. What we have, intake knows."""
        since = (self.looked_at or self.started_at or self.changed_at) - timedelta(days=1)
        self._set(
            uid_validity=uid_validity, last_uid=0, tidied_uid=0, live_from_uid=next_uid, live_from=since
        )

    def key_of(self, uid: int) -> str:
        """The name of a mail on this road: the same mail fetched twice has the same."""
        place = "\n".join(str(getattr(self, name)) for name in self.PLACE)
        return f"imap:{sha256(place.encode()).hexdigest()[:16]}:{self.uid_validity}:{uid}"

    def is_history(self, uid: int, *, came_at: datetime) -> bool:
        """Whether a mail was there before this desk looked: it becomes a closed ticket and sends nothing."""
        return uid < self.live_from_uid and (self.live_from is None or came_at < self.live_from)

    @property
    def fetched_since(self) -> datetime:
        """Older mail is never fetched."""
        return (self.started_at or self.changed_at) - timedelta(days=self.history_days) - CLOCKS_DIFFER

    def reached(self, uid: int) -> None:
        """Everything up to this number is kept; said in the transaction that keeps it."""
        self._set(last_uid=uid)

    def tidied(self, uid: int) -> None:
        self._set(tidied_uid=uid)

    @transaction.atomic
    def looked(self, *, at: datetime) -> None:
        """All went well."""
        if self.failures >= ALARM_AFTER:
            publish(MailboxRecovered(account_id=self.account_id, failing_since=self.failing_since, at=at))
        self._set(looked_at=at, failures=0, failing_since=None, trouble="")

    @transaction.atomic
    def left_untidy(self, trouble: str, *, at: datetime) -> None:
        """Everything was fetched, and could not be put where it should be."""
        self._set(looked_at=at)
        self._fail(trouble, topic="mailbox-untidy", at=at)

    @transaction.atomic
    def failed(self, trouble: str, *, at: datetime) -> None:
        """It went wrong once more; after some times those who look after mail are told."""
        self._fail(trouble, topic="mailbox-failing", at=at)

    def _fail(self, trouble: str, *, topic: str, at: datetime) -> None:
        self._set(failures=self.failures + 1, failing_since=self.failing_since or at, trouble=trouble)
        if self.failures == ALARM_AFTER:
            brand_id, address = self.account.brand_id, self.account.address
            alarms.notice(topic, about_id=self.account_id, detail=address, brand_id=brand_id, at=at)

    def _begin_anew(self) -> None:
        self.uid_validity, self.last_uid, self.tidied_uid, self.live_from_uid = None, 0, 0, 0
        self.live_from = self.started_at = None

    def _forget_trouble(self) -> None:
        self.failures, self.failing_since, self.trouble = 0, None, ""

    def _tell_change(self, *, by: User, at: datetime) -> None:
        publish(
            MailboxRoadChanged(
                account_id=self.account_id,
                road="imap",
                server=self.host,
                afterwards=self.afterwards,
                is_paused=self.is_paused,
                by_user_id=by.pk,
                at=at,
            )
        )
        drains.wake("mailboxes")

    def _set(self, **columns: object) -> None:
        """Note how far a fetcher came. Raises Changed: then its numbers may mean other mails."""
        if not type(self).objects.filter(pk=self.pk, changed_at=self.changed_at).update(**columns):
            raise self.Changed
        for name, value in columns.items():
            setattr(self, name, value)
