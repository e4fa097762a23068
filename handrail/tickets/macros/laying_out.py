"""What a macro would say and change on one ticket, before anything happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import escape
from django.utils.safestring import SafeString

from handrail.kit import html as markup
from handrail.team.models import Agent
from handrail.tickets.doing import Action, Change, Unfit, read
from handrail.tickets.macros.filling import filled
from handrail.tickets.macros.variables import NAMES, values_on
from handrail.tickets.models import Ticket
from handrail.tickets.models.macro import Macro
from handrail.tickets.models.ticket.guarding import OVERRIDE
from handrail.ui.reading import own_words

#: What somebody types for an unknown value is no longer.
LONGEST_ANSWER = 300


@dataclass(frozen=True, kw_only=True)
class Step:
    """One action on one ticket. change: None when it is so already. trouble: why it cannot be done.

    held: what stands in its way and can be overridden, named.
    """

    action: Action | None
    words: str
    icon: str
    change: Change | None
    trouble: str
    held: str = ""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A macro on one ticket. missing: names whose value somebody must give, with their words.

    may_override: whether this agent ends tickets although something is open.
    """

    macro: Macro
    text: str
    html: str
    steps: list[Step]
    missing: dict[str, str]
    may_override: bool = False

    def held_up(self, struck: Sequence[int] = ()) -> str:
        """What stands in the way of its steps, without those struck out; empty when nothing does."""
        return next((each.held for n, each in enumerate(self.steps) if each.held and n not in struck), "")

    @property
    def words(self) -> SafeString:
        """What it says, as the timeline would show it."""
        return own_words(self.html)


def laid_out(
    macro: Macro, ticket: Ticket, *, by: Agent, answers: Mapping[str, str] | None = None, at: datetime
) -> Layout:
    """The macro's words in the customer's language, filled in, and its steps.

    answers: values that somebody gave for names without one.
    """
    language = ticket.language or ticket.requester.language
    known = values_on(ticket, by=by, language=language, at=at)
    given = {name: text.strip()[:LONGEST_ANSWER] for name, text in (answers or {}).items() if name in known}
    values = known | {name: text for name, text in given.items() if text and not known[name]}
    wording = macro.wording_in(language)
    plain = filled(wording.text, values)
    rich = filled(wording.html or markup.paragraphs(wording.text), values, escape=escape)
    html = markup.strict(rich.text)
    return Layout(
        macro=macro,
        text=markup.text_of_written(html) if html else "",
        html=html,
        steps=steps_of(macro, ticket, by=by),
        may_override=by.may(OVERRIDE),
        missing={name: str(NAMES[name]) for name in plain.missing},
    )


def steps_of(macro: Macro, ticket: Ticket, *, by: Agent) -> list[Step]:
    """What it does there, in its order."""
    return [_step(key, value, ticket, by=by) for key, value in macro.actions]


def _step(key: str, value: str, ticket: Ticket, *, by: Agent) -> Step:
    try:
        action = read(key, value, by=by)
        words, icon = action.words, action.icon
        change, held = action.change(ticket), action.held_up(ticket, by=by)
        return Step(action=action, words=words, icon=icon, change=change, trouble="", held=held)
    except Unfit as unfit:
        return Step(action=None, words="", icon="triangle-alert", change=None, trouble=str(unfit))
