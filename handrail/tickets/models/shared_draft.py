"""An answer or a note that colleagues write together, or that waits until one of them has read it."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from handrail.files.models import StoredFile
from handrail.kit import html as markup
from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models.attachment import content_id_of
from handrail.tickets.models.draft import Draft
from handrail.tickets.models.macro import Macro


class SharedDraft(models.Model):
    """Everybody who may see the ticket sees it. agent: whose it is; writer: who wrote in it last.

    version: grows with each save; who saves over a newer one of somebody else is told. home: the ticket it
    was shared on while it lies on another, because that one was merged. asked_at: since when it waits for
    somebody to read it before it leaves; what it is to be sent with stands in `order` then.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="shared_drafts")
    home = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    writer = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    mode = models.CharField(max_length=5, choices=Draft.Mode.choices)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+", blank=True)
    inline = models.JSONField(default=list)
    macro = models.ForeignKey(Macro, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    struck = models.JSONField(default=list)
    #: As of one's own draft.
    copies = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    shared_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    order = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asked_at=None) | Q(mode="reply"), name="only_answers_wait_for_review"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(asked_at__isnull=False), name="answers_to_review")
        ]

    @classmethod
    def of(cls, draft: Draft, *, at: datetime) -> "SharedDraft":
        """What was somebody's own; that draft is gone then."""
        names = ("ticket_id", "mode", "text", "html", "inline", "macro_id", "struck", "copies")
        columns = {name: getattr(draft, name) for name in names}
        shared = cls.objects.create(
            **columns, agent_id=draft.agent_id, writer_id=draft.agent_id, shared_at=at, updated_at=at
        )
        shared.files.set(draft.files.all())
        draft.delete()
        return shared

    def is_newer_than(self, seen: int, *, by: Agent) -> bool:
        """Whether somebody else has written since `by` saw that version.

        Their own saves overtake nobody: the answer to one may have been lost on its way back.
        """
        return seen != self.version and self.writer_id != by.pk

    def write(self, *, text: str, html: str, by: Agent, at: datetime) -> None:
        """Save the words. The row is held by the caller's transaction."""
        self.text, self.html, self.writer = text, html, by
        self.version, self.updated_at = self.version + 1, at
        self.save(update_fields=["text", "html", "writer", "version", "updated_at"])

    def hang(self, stored: StoredFile, *, inline: bool) -> None:
        """Put a file with it. inline: for a place in its text."""
        self.files.add(stored)
        if inline:
            self.inline = [*self.inline, str(stored.pk)]
            self.save(update_fields=["inline"])

    def keep(self, **columns: object) -> None:
        """Write these columns; for the verbs of `sharing` and `reviewing`."""
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=list(columns))

    def files_with(self, html: str) -> list[StoredFile]:
        """Those that leave with this html: all but pictures for the text that are not in it."""
        named = markup.pictures_in(html)
        return [
            stored
            for stored in self.files.order_by("id")
            if content_id_of(stored.pk) in named or str(stored.pk) not in self.inline
        ]

    @classmethod
    def move(cls, merged: UUID, survivor: UUID) -> None:
        """They lie on another ticket from now on, and remember where they were."""
        rows = cls.objects.filter(ticket=merged)
        rows.update(home_id=Coalesce(F("home_id"), F("ticket_id")), ticket_id=survivor)

    @classmethod
    def bring_home(cls, merged: UUID, survivor: UUID, *, homes: Sequence[UUID]) -> None:
        """Those that came from one of these tickets lie on the merged one again."""
        cls.objects.filter(ticket=survivor, home__in=homes).update(ticket_id=merged)
        cls.objects.filter(ticket=merged, home=merged).update(home_id=None)


class Variant(models.Model):
    """Other words of a shared draft, kept so that nothing is lost."""

    class Why(models.TextChoices):
        """saved: over a newer version. replaced: by one of these. asked: as their writer asked for review."""

        SAVED = "saved", "saved"
        REPLACED = "replaced", "replaced"
        ASKED = "asked", "asked"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    draft = models.ForeignKey(SharedDraft, on_delete=models.CASCADE, related_name="variants")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=8, choices=Why.choices)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "by", "why"], name="variant_is_one_each")
        ]

    @classmethod
    def keep(
        cls, draft: SharedDraft, *, text: str, html: str, by: Agent, why: str = Why.SAVED, at: datetime
    ) -> "Variant":
        """Keep these words beside the draft; the newest of each writer."""
        variant, _ = cls.objects.update_or_create(
            draft=draft, by=by, why=why, defaults={"text": text, "html": html, "at": at}
        )
        return variant

    def drop(self) -> None:
        """Its writer wants it no more."""
        self.delete()

    def change_places(self, *, by: Agent, at: datetime) -> None:
        """Its words become the draft's, and the draft's stand here."""
        draft = self.draft
        here, there = (self.text, self.html), (draft.text, draft.html)
        (draft.text, draft.html), (self.text, self.html) = here, there
        draft.writer, draft.version, draft.updated_at, self.at = by, draft.version + 1, at, at
        draft.save(update_fields=["text", "html", "writer", "version", "updated_at"])
        self.save(update_fields=["text", "html", "at"])
