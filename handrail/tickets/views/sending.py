"""What an answer or a note meets on its way, said in the composer with all that was typed."""

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.utils.timezone import get_current_timezone_name, localdate
from django.utils.translation import gettext as _

from handrail.team.models import Agent
from handrail.tickets import answering, planning, policies
from handrail.tickets.doing import HeldUp, Unfit
from handrail.tickets.forms import NoteForm, ReplyForm
from handrail.tickets.macros.applying import Use
from handrail.tickets.macros.choosing import use_of
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket.guarding import OVERRIDE
from handrail.tickets.queries.choosing import colleagues_for
from handrail.tickets.reviewing import Wish
from handrail.tickets.timing import entering
from handrail.tickets.timing.entering import Spent
from handrail.tickets.views.composing import ComposingView

_MENTION = re.compile(r'data-mention="([0-9a-f\-]{36})"')


class SendingView(ComposingView):
    """Sends what is in a composer, or shows it again."""

    def attempt(self, deed: Callable[[Any], HttpResponse], form: NoteForm, *, mode: str) -> HttpResponse:
        """Do it with the form; what stands in its way leaves all as it was and is said."""
        try:
            return deed(form)
        except Ticket.NewerMessage as newer:
            return self.kept(form, mode=mode, status=HTTPStatus.CONFLICT, newer=newer.args[0])
        except answering.UsedKey:
            return self.sent_already(form, mode=mode)
        except Ticket.HeldUp as held:
            return self.held_up(form, mode=mode, what=held.args[0])
        except HeldUp as held:
            return self.held_up(form, mode=mode, what=held.what)
        except Unfit as unfit:
            return self.kept(form, mode=mode, status=HTTPStatus.CONFLICT, problem=str(unfit))
        except planning.NotAhead:
            words = _("Choose a moment at least five minutes ahead, and at most a year.")
            return self.kept(form, mode=mode, status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=words)

    def sent_already(self, form: NoteForm, *, mode: str) -> HttpResponse:
        """Under a new key the words can go out as one more message, if that is what was meant."""
        problem = _("You have sent this before, in other words. Send again to send this too.")
        return self.kept(form, mode=mode, status=HTTPStatus.CONFLICT, problem=problem, key=uuid4())

    def held_up(self, form: NoteForm, *, mode: str, what: str) -> HttpResponse:
        """It would end the ticket, and something is open: who may override that is asked why."""
        problem, held = _("Still open: %(what)s.") % {"what": what}, ""
        if self.agent.may(OVERRIDE):
            problem, held = _("Say below why it ends all the same, then send again."), what
        return self.kept(form, mode=mode, status=HTTPStatus.CONFLICT, problem=problem, held=held)

    def macro_in(self, form: NoteForm, *, at: datetime) -> Use | None:
        """The macro that goes with what is sent. Raises doing.Unfit."""
        given = form.cleaned_data
        how: dict[str, Any] = {"struck": given["struck"], "despite": given["despite"]}
        return use_of(self.ticket, given["macro"], **how, agent=self.agent, at=at)

    def incomplete(self, form: NoteForm, *, mode: str) -> HttpResponse:
        """A refused form keeps what was typed."""
        problem = next(iter(form.errors.values()))[0] if form.errors else _("Write something first.")
        return self.kept(form, mode=mode, status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem)

    def enter_time(self, form: NoteForm, *, at: datetime) -> None:
        """The time that was written beside the words, once for each press."""
        minutes = form.cleaned_data["spent"]
        if minutes and policies.may_enter_time(self.agent):
            spent = Spent(minutes=minutes, spent_on=localdate())
            entering.enter(self.ticket, spent, by=self.agent, key=form.cleaned_data["key"], at=at)

    def wish(self, form: ReplyForm, *, at: datetime) -> Wish:
        """What waits until somebody has read it. Raises doing.Unfit, planning.NotAhead."""
        given = form.cleaned_data
        self.macro_in(form, at=at)
        return Wish(
            text=form.text,
            html=form.html,
            key=given["key"],
            seen=given["seen"],
            cc=self.copied(form),
            bcc=self.copied(form, "bcc"),
            closing=given["closing"],
            planned=form.planned(zone=get_current_timezone_name(), at=at),
            macro=given["macro"],
            struck=given["struck"],
            despite=given["despite"],
        )

    def copied(self, form: ReplyForm, line: str = "cc") -> list[tuple[str, str]]:
        """Whom somebody put in copy, as name and address."""
        names = dict(self.ticket.participants.values_list("address", "name"))
        return [(names.get(address, ""), address) for address in form.cleaned_data[line]]

    def mentioned(self, html: str) -> list[Agent]:
        """The colleagues named in a note, as far as they may be named here."""
        ids = {UUID(found) for found in _MENTION.findall(html)}
        return list(colleagues_for(self.ticket, agent=self.agent).filter(pk__in=ids)) if ids else []
