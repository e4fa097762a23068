"""How mail leaves a mailbox: under which name, with answers to where, by which server."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.accounts.sealing import SealBroken, seal, unseal
from handrail.channels.email.events import SendingChanged
from handrail.channels.email.models.account import EmailAccount
from handrail.channels.email.models.outgoing import OutgoingMail
from handrail.events import publish
from handrail.kit import ids
from handrail.kit.prepared import Prepared


class Sending(models.Model):
    """What one mailbox does otherwise than the desk; without a row, all is as usual.

    answers_to: another mailbox of ours that gets the answers. sealed_server: the address of a server of its
    own, with its password; empty for the desk's.
    """

    class NameFormat(models.TextChoices):
        AGENT_AT = "agent-at", _("First name at mailbox: “Nadia at Harbour Parcels”")
        MAILBOX = "mailbox", _("Mailbox: “Harbour Parcels”")
        AGENT = "agent", _("Full name: “Nadia Haddad”")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    account = models.OneToOneField(EmailAccount, on_delete=models.CASCADE, related_name="+")
    name_format = models.CharField(max_length=10, choices=NameFormat.choices, default=NameFormat.AGENT_AT)
    answers_to = models.ForeignKey(EmailAccount, on_delete=models.SET_NULL, null=True, related_name="+")
    sealed_server = models.TextField(blank=True)

    class OtherBrand(Exception):
        """The mailbox for answers belongs to another brand."""

    @classmethod
    def of(cls, account: EmailAccount) -> "Sending":
        """How mail leaves this mailbox, to look at only."""
        for name_format, answers_to, sealed_server in _SENDING.rows(account=account.pk):
            known = {"name_format": name_format, "answers_to_id": answers_to, "sealed_server": sealed_server}
            return cls(account=account, **known)
        return cls(account=account)

    @classmethod
    @transaction.atomic
    def change(
        cls,
        account: EmailAccount,
        *,
        name_format: str,
        answers_to: EmailAccount | None,
        server: str | None,
        by: User,
        at: datetime,
    ) -> "Sending":
        """Set all of it. server: None leaves what is there, empty goes back to the desk's own.

        Mail that waits goes the new way. Raises OtherBrand.
        """
        if answers_to and answers_to.brand_id != account.brand_id:
            raise cls.OtherBrand
        wanted: dict[str, object] = {"name_format": name_format, "answers_to": answers_to}
        if server is not None:
            wanted["sealed_server"] = seal(server) if server else ""
        sending, _new = cls.objects.update_or_create(account=account, defaults=wanted)
        OutgoingMail.go_by(sending.server_key, account_id=account.pk)
        publish(
            SendingChanged(
                account_id=account.pk,
                name_format=name_format,
                answers_to_id=answers_to.pk if answers_to else None,
                has_own_server=bool(sending.sealed_server),
                by_user_id=by.pk,
                at=at,
            )
        )
        return sending

    @property
    def server_key(self) -> str:
        """Names the server in the outbox, and tells nothing of it."""
        return str(self.account_id) if self.sealed_server else ""

    @property
    def server(self) -> str:
        """The address of the server of its own; empty when there is none, or when the seal is broken."""
        try:
            return unseal(self.sealed_server) if self.sealed_server else ""
        except SealBroken:
            return ""


def _sending(*, account: UUID) -> "models.QuerySet[Any, tuple[Any, ...]]":
    rows = Sending.objects.filter(account=account)
    return rows.values_list("name_format", "answers_to_id", "sealed_server")


_SENDING = Prepared(_sending)
