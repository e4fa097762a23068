"""What the views of answers, notes and drafts share: the composer, with what was typed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.tickets.forms import NoteForm, WrittenForm, addresses_in, copied_in
from handrail.tickets.handing_over import keep_typed
from handrail.tickets.models import Draft, Message, Ticket
from handrail.tickets.queries.opened import Opened, Typed, Unsent, macro_on
from handrail.tickets.queries.shown import Seat
from handrail.tickets.setting_aside import is_too_long, put_beside, set_aside
from handrail.tickets.views.base import TicketView

#: So much of what is no address is kept, in characters.
LONGEST_LOOSE = 2_000


class ComposingView(TicketView):
    """Answers with an empty composer when something was sent, and with the typed words when it was not."""

    #: Read by `files.uploads.LongWords`: what is too long for a message comes in whole and becomes a file.
    takes_long_words = True

    def sent(self, message: Message, **context: Any) -> HttpResponse:
        """The ticket's panels and an empty composer; without script, the page."""
        if not self.wants_fragment:
            return self.back()
        return self.page(
            "tickets/composer/_sent.html", opened=self.opened(), key=uuid4(), message=message, **context
        )

    def asked(self) -> HttpResponse:
        """The answer waits until somebody has read it; an empty composer, and the panels."""
        if not self.wants_fragment:
            return self.back()
        return self.page("tickets/composer/_asked.html", opened=self.opened(), key=uuid4())

    def kept(self, form: NoteForm, *, mode: str, status: int, **context: Any) -> HttpResponse:
        """The composer with what was typed, and why it was not sent. Nothing is lost."""
        context = {"key": _key_of(form)} | context | {"opened": self.as_typed(form, mode=mode)}
        if self.wants_fragment:
            return self.page("tickets/composer/_kept.html", status=status, **context)
        return self.whole_page(status=status, **context)

    def as_typed(self, form: NoteForm, *, mode: str) -> Opened:
        """The ticket with all that stood in the composer when it was refused."""
        opened = self.opened()
        key = form.cleaned_data.get("macro")
        draft = Unsent(
            mode=mode,
            text=form.cleaned_data.get("body") or form.data.get("body", ""),
            html=form.cleaned_data.get("body_html") or "",
            files=opened.draft.files,
            updated_at=None,
            macro=macro_on(self.ticket.pk, key, agent=self.agent) if key else opened.draft.macro,
            struck=tuple(form.cleaned_data.get("struck") or ()) if key else opened.draft.struck,
            typed=self._beside(form, opened),
        )
        return replace(opened, draft=draft)

    def _beside(self, form: NoteForm, opened: Opened) -> Typed:
        """What was typed beside the words, right or wrong."""
        given, names = form.data, {seat.address: seat.name for seat in opened.ticket.seats}
        copied, loose = _seats_in(given, "cc", names)
        blind, loose_blind = _seats_in(given, "bcc", names)
        return Typed(
            copied=copied if "cc" in given else None,
            blind=blind,
            loose=loose,
            loose_blind=loose_blind,
            later_at=given.get("later_at", "")[:19],
            spent=given.get("spent", "")[:30],
            despite=given.get("despite", "")[:200],
        )

    def went_into(self, survivor: Ticket) -> HttpResponse:
        """The words are in the writer's draft on the ticket it was merged into."""
        if not self.sees(survivor):
            return super().went_into(survivor)
        self._keep_typed(survivor)
        words = _("This ticket was merged into #%s. Nothing was sent: your words are in your draft there.")
        return self.refused(words % survivor.number)

    def _keep_typed(self, survivor: Ticket) -> None:
        at, (text, html) = clock.now(), self._typed
        if is_too_long(text, html):
            put_beside(ticket_id=survivor.pk, by=self.agent, text=text, html=html, at=at)
            return
        mode = Draft.Mode.NOTE if self.request.path.endswith("/notes") else Draft.Mode.REPLY
        form = WrittenForm(self.request.POST)
        if form.is_valid():
            keep_typed(survivor, by=self.agent, mode=mode, text=form.text, html=form.html, at=at)

    @property
    def _typed(self) -> tuple[str, str]:
        """The words as they came, plain and as html."""
        return self.request.POST.get("body", ""), self.request.POST.get("body_html", "")

    def too_long(self, *, mode: str) -> HttpResponse | None:
        """The composer with words that are too long as a file of the draft; None when they are not."""
        text, html = self._typed
        if not is_too_long(text, html):
            return None
        files = set_aside(
            ticket_id=self.ticket.pk, by=self.agent, mode=mode, text=text, html=html, at=clock.now()
        )
        names = ", ".join(file.name for file in files)
        context: dict[str, Any] = {"opened": self.opened(), "key": uuid4(), "attached": names}
        if self.wants_fragment:
            return self.page("tickets/composer/_kept.html", **context)
        return self.whole_page(**context)


def _seats_in(given: Any, line: str, names: Mapping[str, str]) -> tuple[list[Seat], str]:
    """The addresses in a line for copies, and what else stood in it."""
    words, good = copied_in(given, line), addresses_in(given, line)
    seats = [Seat(address=each, name=names.get(each, ""), part="copied") for each in good]
    return seats, ", ".join(word for word in words if word not in good)[:LONGEST_LOOSE]


def _key_of(form: NoteForm) -> UUID:
    """The same key again, so that a second press still makes one answer."""
    return form.cleaned_data.get("key") or uuid4()
