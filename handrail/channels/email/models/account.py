"""A mailbox: an address of ours, whose brand and team get what is written to it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand, User
from handrail.channels.email.events import MailboxChanged, MailboxOpened
from handrail.events import publish
from handrail.kit import ids
from handrail.team.models import Team

#: The time of the last mail is written no more often than this, so that no mail waits for another's row.
LAST_MAIL_PRECISION = timedelta(minutes=1)
#: Said to change() where None has a meaning of its own.
AS_IT_IS = -1


class EmailAccounts(models.QuerySet["EmailAccount"]):
    """Chains that start from mailboxes."""

    def visible_to(self, user: User) -> "EmailAccounts":
        """Mailboxes of this user's brands."""
        return self.filter(brand__in=user.brands.all())

    def active(self) -> "EmailAccounts":
        return self.filter(is_active=True)


class EmailAccount(models.Model):
    """One address of ours. Deactivated, it takes no mail any more; what came stays.

    copies: what becomes of a mail that came to another mailbox of the brand as well.
    """

    class Copies(models.TextChoices):
        OWN = "own", _("A ticket each, tied together")
        SHARED = "shared", _("One ticket, of the mailbox that got it first")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=254, unique=True)
    display_name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    copies = models.CharField(
        max_length=10, choices=Copies.choices, default=Copies.OWN, db_default=Copies.OWN.value
    )
    #: What a proven colleague forwards to it is the customer's who first wrote it.
    trusts_forwards = models.BooleanField(default=True, db_default=True)
    #: So many days after its end an answer opens a ticket again; later it opens a new one. None: always.
    reopens_for_days = models.PositiveSmallIntegerField(null=True, blank=True)
    last_mail_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = EmailAccounts.as_manager()

    class Meta:
        ordering = ("address",)
        constraints = [
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="mailbox_address_is_in_small_letters"
            ),
            # A plus would be cut off as the token of a reply.
            models.CheckConstraint(
                condition=Q(address__regex=r"^[^@+\s]+@[^@\s]+$"), name="mailbox_address_is_plain"
            ),
        ]

    class AddressTaken(Exception):
        """There is a mailbox with this address already."""

    class TeamOfAnotherBrand(Exception):
        """The team belongs to another brand than the mailbox."""

    def __str__(self) -> str:
        return self.address

    @classmethod
    @transaction.atomic
    def open(
        cls,
        *,
        address: str,
        display_name: str,
        brand: Brand,
        team: Team | None = None,
        by: User | None,
        at: datetime,
    ) -> "EmailAccount":
        """Take mail at a further address. by: None when the installation sets itself up.

        Raises AddressTaken, TeamOfAnotherBrand.
        """
        cls._mind_the_brand(brand, team)
        address = address.strip().lower()
        if cls.objects.filter(address=address).exists():
            raise cls.AddressTaken
        account = cls.objects.create(
            address=address, display_name=display_name, brand=brand, team=team, created_at=at
        )
        publish(
            MailboxOpened(
                account_id=account.pk, address=account.address, by_user_id=by.pk if by else None, at=at
            )
        )
        return account

    @transaction.atomic
    def change(
        self,
        *,
        display_name: str,
        team: Team | None,
        is_active: bool,
        copies: str = "",
        trusts_forwards: bool | None = None,
        reopens_for_days: int | None = AS_IT_IS,
        by: User,
        at: datetime,
    ) -> None:
        """Rename it, give it to another team, or stop and start taking mail. The address stays for good.

        copies, trusts_forwards: empty and None leave them as they are; reopens_for_days: AS_IT_IS does.
        """
        self._mind_the_brand(self.brand, team)
        self.display_name, self.team, self.is_active = display_name, team, is_active
        self.copies = copies or self.copies
        self.trusts_forwards = self.trusts_forwards if trusts_forwards is None else trusts_forwards
        if reopens_for_days != AS_IT_IS:
            self.reopens_for_days = reopens_for_days
        self.save(
            update_fields=[
                "display_name",
                "team",
                "is_active",
                "copies",
                "trusts_forwards",
                "reopens_for_days",
            ]
        )
        self._tell_change(by=by, at=at)

    @classmethod
    def heard(cls, account_ids: set[UUID], *, at: datetime) -> None:
        """Note that mail came for these mailboxes, to the minute."""
        quiet = Q(last_mail_at=None) | Q(last_mail_at__lt=at - LAST_MAIL_PRECISION)
        cls.objects.filter(quiet, pk__in=account_ids).update(last_mail_at=at)

    def _tell_change(self, *, by: User, at: datetime) -> None:
        publish(
            MailboxChanged(
                account_id=self.pk,
                display_name=self.display_name,
                team_id=self.team_id,
                is_active=self.is_active,
                copies=self.copies,
                trusts_forwards=self.trusts_forwards,
                reopens_for_days=self.reopens_for_days,
                by_user_id=by.pk,
                at=at,
            )
        )

    @classmethod
    def _mind_the_brand(cls, brand: Brand, team: Team | None) -> None:
        if team is not None and team.brand_id != brand.pk:
            raise cls.TeamOfAnotherBrand
