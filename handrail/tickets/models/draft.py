"""What an agent has begun to write on a ticket, kept on the server."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from handrail.files.models import StoredFile
from handrail.kit import html as markup
from handrail.kit import ids
from handrail.kit.prepared import Prepared
from handrail.team.models import Agent
from handrail.tickets.models.attachment import content_id_of
from handrail.tickets.models.macro import Macro
from handrail.tickets.models.message import Message
from handrail.tickets.models.participant import Participant


class Draft(models.Model):
    """One unfinished answer or note of one agent on one ticket."""

    class Mode(models.TextChoices):
        REPLY = "reply", "reply"
        NOTE = "note", "note"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=5, choices=Mode.choices, default=Mode.REPLY)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+", blank=True)
    #: What is done when it is sent; struck: the places of its actions that the writer does not want.
    macro = models.ForeignKey(Macro, on_delete=models.SET_NULL, null=True, related_name="+")
    struck = models.JSONField(default=list)
    #: Ids of those of its files that were brought for a place in the text; they leave only if they are there.
    inline = models.JSONField(default=list, db_default=[])
    #: Who gets it in copy ("cc", None: as on the ticket) and in blind copy ("bcc"); None: nobody was chosen.
    copies = models.JSONField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="draft_is_one_each")]

    class WasSent(Exception):
        """keep() came after the words had been sent."""

    @classmethod
    def keep(
        cls,
        *,
        ticket_id: UUID,
        by: Agent,
        mode: str,
        text: str,
        html: str,
        at: datetime,
        key: UUID | None = None,
    ) -> "Draft":
        """Save what was typed so far. key: the composer's; raises WasSent when a message has it."""
        if key and Message.objects.filter(key=key).exists():
            raise cls.WasSent
        draft, _ = cls.objects.update_or_create(
            ticket_id=ticket_id,
            agent=by,
            defaults={"mode": mode, "text": text, "html": html, "updated_at": at},
        )
        return draft

    @classmethod
    def keep_readers(cls, *, ticket_id: UUID, by: Agent, cc: Sequence[str], bcc: Sequence[str]) -> None:
        """Who gets it in copy; addresses in small letters."""
        chosen = cls.chosen_readers(ticket_id, cc=cc, bcc=bcc)
        cls.objects.filter(ticket_id=ticket_id, agent=by).update(copies=chosen)

    @classmethod
    def chosen_readers(
        cls, ticket_id: UUID, *, cc: Sequence[str], bcc: Sequence[str]
    ) -> dict[str, list[str] | None] | None:
        """As a draft keeps them: what is otherwise than on the ticket."""
        seats = Participant.objects.filter(ticket=ticket_id, part=Participant.Part.COPIED)
        as_there = set(cc) == set(seats.values_list("address", flat=True))
        return None if as_there and not bcc else {"cc": None if as_there else list(cc), "bcc": list(bcc)}

    def go_to(self, copies: dict[str, list[str] | None]) -> None:
        """Those who were chosen for it elsewhere get it in copy."""
        self.copies = copies
        self.save(update_fields=["copies"])

    def add_words(self, *, text: str, html: str, mode: str, at: datetime) -> None:
        """Put words below what was typed so far."""
        rich = bool(html) and (bool(self.html) or not self.text)
        self.html = self.html + html if rich else ""
        self.text = f"{self.text}\n\n{text}".strip()
        self.mode, self.updated_at = mode, at
        self.save(update_fields=["html", "text", "mode", "updated_at"])

    @classmethod
    def take_macro(
        cls, *, ticket_id: UUID, by: Agent, macro: Macro | None, struck: Sequence[int] = (), at: datetime
    ) -> "Draft":
        """Let the draft carry a macro, or none."""
        draft, _ = cls.objects.update_or_create(
            ticket_id=ticket_id,
            agent=by,
            defaults={"macro": macro, "struck": sorted(set(struck)), "updated_at": at},
        )
        return draft

    @classmethod
    @transaction.atomic
    def add_file(
        cls, *, ticket_id: UUID, by: Agent, stored: StoredFile, inline: bool = False, at: datetime
    ) -> "Draft":
        """Put a stored file with the draft, which may have to be made. inline: for a place in its text."""
        draft = cls.begun(ticket_id=ticket_id, by=by, at=at)
        draft.hang([stored], inline=inline)
        return draft

    def hang(self, files: Sequence[StoredFile], *, inline: bool = False) -> None:
        """Put files with it; those for a place in the text are remembered."""
        self.files.add(*files)
        if inline and files:
            self.inline = [*self.inline, *(str(stored.pk) for stored in files)]
            self.save(update_fields=["inline"])

    def become(self, *, mode: str, macro: Macro | None, struck: Sequence[int]) -> None:
        """An answer or a note, with what is done when it is sent."""
        self.mode, self.macro, self.struck = self.Mode(mode), macro, list(struck)
        self.save(update_fields=["mode", "macro", "struck"])

    @classmethod
    def begun(cls, *, ticket_id: UUID, by: Agent, at: datetime) -> "Draft":
        """This agent's draft, made when there is none."""
        draft, _ = cls.objects.get_or_create(ticket_id=ticket_id, agent=by, defaults={"updated_at": at})
        return draft

    @classmethod
    def drop_file(cls, *, ticket_id: UUID, by: Agent, stored_id: UUID) -> bool:
        """Take a file off the draft; False when it does not hang there."""
        held = cls.files.through.objects.filter(draft__ticket=ticket_id, draft__agent=by)
        return bool(held.filter(storedfile=stored_id).delete()[0])

    @classmethod
    def files_on(cls, *, ticket_id: UUID, by: Agent) -> list[StoredFile]:
        """The files that hang on this agent's draft, in the order they came."""
        draft = cls.objects.filter(ticket_id=ticket_id, agent=by).first()
        return list(draft.files.order_by("id")) if draft else []

    @classmethod
    def files_with(cls, html: str, *, ticket_id: UUID, by: Agent) -> list[StoredFile]:
        """Those that leave with this html: all but pictures for the text that are not in it."""
        if not _KEPT.rows(ticket=ticket_id, agent=by.pk):
            return []
        draft = cls.objects.filter(ticket_id=ticket_id, agent=by).first()
        named = markup.pictures_in(html)
        return [
            stored
            for stored in (draft.files.order_by("id") if draft else ())
            if content_id_of(stored.pk) in named or str(stored.pk) not in (draft.inline if draft else ())
        ]

    @classmethod
    def discard(cls, *, ticket_id: UUID, by: Agent) -> None:
        """Forget what was typed."""
        if _KEPT.rows(ticket=ticket_id, agent=by.pk):
            cls.objects.filter(ticket_id=ticket_id, agent=by).delete()

    @classmethod
    @transaction.atomic
    def restore(
        cls,
        *,
        ticket_id: UUID,
        by: Agent,
        text: str,
        html: str,
        files: Sequence[StoredFile],
        inline: Sequence[StoredFile] = (),
        at: datetime,
    ) -> "Draft":
        """Put an answer that was taken back before whatever was typed since. inline: pictures in its text."""
        since = cls.objects.filter(ticket_id=ticket_id, agent=by).first()
        typed, typed_html = (since.text, since.html) if since else ("", "")
        draft = cls.keep(
            ticket_id=ticket_id,
            by=by,
            mode=cls.Mode.REPLY,
            text=f"{text}\n\n{typed}".strip(),
            html=html + typed_html if bool(html) == bool(text) and bool(typed_html) == bool(typed) else "",
            at=at,
        )
        draft.hang(files)
        draft.hang(inline, inline=True)
        return draft


#: Most answers are sent whole and have no draft.
_KEPT = Prepared(lambda ticket, agent: Draft.objects.filter(ticket=ticket, agent=agent).values_list("pk"))
