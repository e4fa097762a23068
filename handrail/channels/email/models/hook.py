"""A mail provider that hands in the mail of a mailbox by HTTP, and tells what became of what we sent."""

import secrets
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.accounts.sealing import SealBroken, seal, unseal
from handrail.channels.email.events import MailboxRoadChanged
from handrail.channels.email.models.account import EmailAccount
from handrail.events import publish
from handrail.kit import ids

#: When something came is written no more often than this.
HEARD_PRECISION = timedelta(minutes=1)


def new_key() -> str:
    return secrets.token_urlsafe(18)


class MailHook(models.Model):
    """The address a provider calls, `/hooks/mail/<provider>/<key>`, and the secret it must prove to know."""

    class Provider(models.TextChoices):
        AMAZON_SES = "amazon_ses", "Amazon SES"
        BREVO = "brevo", "Brevo"
        MAILERSEND = "mailersend", "MailerSend"
        MAILGUN = "mailgun", "Mailgun"
        MAILJET = "mailjet", "Mailjet"
        MAILTRAP = "mailtrap", "Mailtrap"
        MANDRILL = "mandrill", "Mandrill"
        POSTAL = "postal", "Postal"
        POSTMARK = "postmark", "Postmark"
        RESEND = "resend", "Resend"
        SENDGRID = "sendgrid", "SendGrid"
        SPARKPOST = "sparkpost", "SparkPost"
        UNISENDER_GO = "unisender_go", "Unisender Go"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    account = models.OneToOneField(EmailAccount, on_delete=models.CASCADE, related_name="hook")
    provider = models.CharField(max_length=20, choices=Provider.choices)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    sealed_secret = models.TextField()
    #: With which the provider is asked for what it leaves out of its calls.
    sealed_api_key = models.TextField(blank=True, default="", db_default="")
    is_paused = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(sealed_secret=""), name="hook_has_a_secret")]

    @classmethod
    @transaction.atomic
    def lay(
        cls,
        account: EmailAccount,
        *,
        provider: str,
        secret: str | None,
        api_key: str | None = None,
        is_paused: bool,
        by: User,
        at: datetime,
    ) -> "MailHook":
        """Let a provider hand in mail. None keeps what is known. Another provider gets another key."""
        hook = cls.objects.select_for_update().filter(account=account).first() or cls(account=account)
        if hook.provider != provider:
            hook.key, hook.sealed_api_key = new_key(), ""
        hook.provider, hook.is_paused, hook.changed_at = provider, is_paused, at
        if secret is not None:
            hook.sealed_secret = seal(secret)
        if api_key is not None:
            hook.sealed_api_key = seal(api_key)
        hook.save()
        publish(
            MailboxRoadChanged(
                account_id=account.pk,
                road="hook",
                server=provider,
                afterwards="",
                is_paused=is_paused,
                by_user_id=by.pk,
                at=at,
            )
        )
        return hook

    @classmethod
    def called(cls, *, provider: str, key: str) -> "MailHook | None":
        """The hook of this address, if there is one. Whether the caller may, the secret says."""
        return cls.objects.select_related("account").filter(provider=provider, key=key).first()

    @property
    def secret(self) -> str:
        """Empty when it cannot be opened any more: then nobody is let in."""
        return _opened(self.sealed_secret)

    @property
    def api_key(self) -> str:
        """Empty when there is none, or when it cannot be opened any more."""
        return _opened(self.sealed_api_key)

    def heard(self, *, at: datetime) -> None:
        """Something came that proved the secret."""
        self._note("heard_at", at)

    def refused(self, *, at: datetime) -> None:
        """Something came that did not."""
        self._note("refused_at", at)

    def _note(self, column: str, at: datetime) -> None:
        quiet = Q(**{column: None}) | Q(**{f"{column}__lt": at - HEARD_PRECISION})
        MailHook.objects.filter(quiet, pk=self.pk).update(**{column: at})


def _opened(sealed: str) -> str:
    try:
        return unseal(sealed) if sealed else ""
    except SealBroken:
        return ""
