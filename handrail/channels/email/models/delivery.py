"""What became of a mail for one of its recipients."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from handrail.kit import ids
from handrail.kit.prepared import Prepared

Pair = tuple[str, str]


class Deliveries(models.QuerySet["Delivery"]):
    """Chains that start from deliveries."""

    def open(self) -> "Deliveries":
        """Those that are tried again by themselves."""
        return self.filter(next_try_at__isnull=False)

    def turn(
        self, state: "Delivery.State", *, detail: str = "", again: timedelta | None = None, at: datetime
    ) -> int:
        """Bring them into a state. again: after which pause they are tried once more, if at all."""
        next_try_at = Now() + again if again is not None else None
        return self.update(state=state, detail=detail[:500], next_try_at=next_try_at, at=at)


class Delivery(models.Model):
    """One recipient of one mail. copied: in copy; blind: without the others seeing it.

    at: since when the state is what it is.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waits")
        SENT = "sent", _("sent")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("not sent")
        BOUNCED = "bounced", _("came back")
        UNCERTAIN = "uncertain", _("perhaps sent")
        SUPPRESSED = "suppressed", _("not sent: address blocked")

    #: The mail is out of our hands.
    ARRIVED: ClassVar[frozenset[str]] = frozenset({"sent", "delivered"})
    #: A person can let it leave once more.
    MENDABLE: ClassVar[frozenset[str]] = frozenset({"failed", "bounced", "uncertain", "suppressed"})

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    mail = models.ForeignKey(
        "channels_email.OutgoingMail", on_delete=models.CASCADE, related_name="deliveries"
    )
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=320)
    copied = models.BooleanField(default=False)
    blind = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    detail = models.CharField(max_length=500, blank=True)
    next_try_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    objects = Deliveries.as_manager()
    #: By the database's clock, where it was read with `of_mail`.
    is_due: bool = False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mail", "address"], name="recipient_gets_a_mail_once"),
            models.CheckConstraint(condition=Q(blind=False) | Q(copied=True), name="blind_is_a_copy"),
            models.CheckConstraint(
                condition=Q(state="queued", next_try_at__isnull=False)
                | Q(state="uncertain")
                | Q(next_try_at=None) & ~Q(state="queued"),
                name="delivery_is_tried_again_while_open",
            ),
        ]
        indexes = [models.Index(fields=["address", "-at"], name="delivery_by_address")]

    @classmethod
    def for_mail(
        cls, mail_id: UUID, *, to: Sequence[Pair], cc: Sequence[Pair], bcc: Sequence[Pair], at: datetime
    ) -> "list[Delivery]":
        """The unsaved deliveries of a new mail, each address once: who is seen by all is not blind."""
        found: dict[str, Delivery] = {}
        for pairs, copied, blind in ((to, False, False), (cc, True, False), (bcc, True, True)):
            for name, address in pairs:
                one = cls(mail_id=mail_id, name=name[:200], address=address[:320], at=at)
                one.copied, one.blind, one.next_try_at = copied, blind, Now()
                found.setdefault(address, one)
        return list(found.values())

    @classmethod
    def of_mail(cls, mail_id: UUID) -> "list[Delivery]":
        """All of one mail, first those whom it was written to. `is_due`: to be tried now."""
        found = []
        for *columns, is_due in _OF_MAIL.rows(mail=mail_id):
            one = cls(**dict(zip(COLUMNS, columns, strict=True)))
            one._state.adding, one.is_due = False, is_due
            found.append(one)
        return found

    @property
    def pair(self) -> Pair:
        return self.name, self.address

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()[:255]

    def told(self) -> dict[str, Any]:
        """What the timeline keeps of it."""
        return {
            "address": self.address,
            "state": self.state,
            "detail": self.detail,
            "at": self.at.isoformat(),
        }


COLUMNS = ("id", "mail_id", "name", "address", "copied", "blind", "state", "detail", "next_try_at", "at")


def _of_mail(*, mail: UUID) -> "QuerySet[Any, tuple[Any, ...]]":
    due = Case(When(next_try_at__lte=Now(), then=Value(True)), default=Value(False))
    rows = Delivery.objects.filter(mail=mail).annotate(due_now=due).order_by("copied", "blind", "id")
    return rows.values_list(*COLUMNS, "due_now")


_OF_MAIL = Prepared(_of_mail)
