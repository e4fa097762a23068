"""Who opened a ticket by hand; and what somebody has begun to fill in for a new one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from handrail.files.models import StoredFile
from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models.ticket_template import TicketTemplate


class Opening(models.Model):
    """A ticket was opened by a colleague. key: of the press of the button; digest: of what stood there."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.OneToOneField("tickets.Ticket", on_delete=models.CASCADE, related_name="opening")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    template = models.ForeignKey(
        TicketTemplate, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    @classmethod
    def made_with(cls, key: UUID, *, by: Agent) -> "Opening | None":
        """What this colleague opened with the key."""
        return cls.objects.filter(key=key, by=by).select_related("ticket").first()


class OpeningDrafts(models.QuerySet["OpeningDraft"]):
    """Chains that start from new tickets that are not opened yet."""

    def visible_to(self, agent: Agent) -> "OpeningDrafts":
        """One's own."""
        return self.filter(agent=agent)


class OpeningDraft(models.Model):
    """A new ticket that is not opened yet. Its id becomes the key of the opening.

    typed: everything on the form by the name of its control, a list of texts each.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    files = models.ManyToManyField(StoredFile, related_name="+", blank=True)
    updated_at = models.DateTimeField()

    objects = OpeningDrafts.as_manager()

    @property
    def title(self) -> str:
        """The subject as far as it is typed; empty before."""
        return str((self.typed.get("subject") or [""])[0])[:100]

    class WasOpened(Exception):
        """The ticket is open already; what comes late changes nothing."""

    class SomebodyElses(Exception):
        """Another colleague's draft has this id."""

    @classmethod
    @transaction.atomic
    def keep(
        cls, key: UUID, *, typed: Mapping[str, Sequence[str]] | None = None, by: Agent, at: datetime
    ) -> "OpeningDraft":
        """Save what was typed so far; None leaves it. Raises WasOpened, SomebodyElses."""
        if Opening.objects.filter(key=key).exists():
            raise cls.WasOpened
        first: dict[str, Any] = {"agent": by, "typed": typed or {}, "updated_at": at}
        draft, is_new = cls.objects.select_for_update().get_or_create(pk=key, defaults=first)
        if draft.agent_id != by.pk:
            raise cls.SomebodyElses
        if not is_new and typed is not None:
            draft.typed, draft.updated_at = dict(typed), at
            draft.save(update_fields=["typed", "updated_at"])
        return draft

    @classmethod
    def is_somebody_elses(cls, key: UUID, *, by: Agent) -> bool:
        """Whether another colleague began or opened something under this id."""
        begun = cls.objects.filter(pk=key).exclude(agent=by)
        return begun.exists() or Opening.objects.filter(key=key).exclude(by=by).exists()

    @classmethod
    def drop_file(cls, key: UUID, *, by: Agent, stored_id: UUID) -> bool:
        """Take a file off the draft; False when it does not hang there."""
        held = cls.files.through.objects.filter(openingdraft=key, openingdraft__agent=by)
        return bool(held.filter(storedfile=stored_id).delete()[0])

    @classmethod
    def files_on(cls, key: UUID, *, by: Agent) -> list[StoredFile]:
        """The files that hang on it, in the order they came."""
        draft = cls.objects.filter(pk=key, agent=by).first()
        return list(draft.files.order_by("id")) if draft else []

    @classmethod
    def discard(cls, key: UUID, *, by: Agent) -> bool:
        """Forget it; False when there is none."""
        return bool(cls.objects.filter(pk=key, agent=by).delete()[0])
