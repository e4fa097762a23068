"""Signatures: what stands under the answers of an agent, and under all answers of a mailbox."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.channels.email.events import SignatureChanged
from handrail.channels.email.models.account import EmailAccount
from handrail.events import publish
from handrail.kit import ids
from handrail.team.models import Agent

LONGEST = 2_000


class Signature(models.Model):
    """One text in one language; language empty: for readers of every language that has none of its own."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, null=True, related_name="+")
    account = models.ForeignKey(EmailAccount, on_delete=models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=12, blank=True)
    text = models.TextField(max_length=LONGEST)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agent=None, account__isnull=False) | Q(agent__isnull=False, account=None),
                name="signature_is_of_an_agent_or_a_mailbox",
            ),
            models.UniqueConstraint(fields=["agent", "language"], name="agent_signs_once_a_language"),
            models.UniqueConstraint(fields=["account", "language"], name="mailbox_signs_once_a_language"),
        ]

    @classmethod
    @transaction.atomic
    def write(
        cls,
        texts: Mapping[str, str],
        *,
        agent: Agent | None = None,
        account: EmailAccount | None = None,
        by: User,
        at: datetime,
    ) -> None:
        """Set the texts by language; an empty one is taken away."""
        owner = {"agent": agent, "account": account}
        for language, text in texts.items():
            rows = cls.objects.filter(language=language, **owner)
            if not text.strip():
                rows.delete()
            elif not rows.update(text=text.strip()[:LONGEST]):
                cls.objects.create(
                    language=language, text=text.strip()[:LONGEST], agent=agent, account=account
                )
        about = agent or account
        assert about is not None
        publish(SignatureChanged(about_id=about.pk, languages=tuple(texts), by_user_id=by.pk, at=at))

    @classmethod
    def texts_of(cls, *, agent: Agent | None = None, account: EmailAccount | None = None) -> dict[str, str]:
        """The texts by language."""
        rows = cls.objects.filter(agent=agent, account=account)
        return dict(rows.values_list("language", "text"))
