"""What people type and choose about checklists, tasks and due dates, checked; nothing else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext_lazy as _

from handrail.kit.text import one_line
from handrail.team.models import Agent, Team
from handrail.tickets.checklists import dues
from handrail.tickets.models.checklist import LONGEST_TEXT, LONGEST_TITLE
from handrail.tickets.models.checklist_template import Step
from handrail.tickets.planning import WallTime

#: So many empty lines wait under the tasks of a template.
SPARE = 4
EVERYONE = "everyone"


class MomentField(forms.CharField):
    """A moment by the reader's own clock, also one that comes twice or never; None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=19, required=False, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        typed = super().clean(value)
        try:
            wall = datetime.fromisoformat(typed).replace(tzinfo=None) if typed else None
            return WallTime(wall=wall, zone=get_current_timezone_name()).moment if wall else None
        except (ValueError, OverflowError):
            raise ValidationError(_("Choose a moment.")) from None


class TitleForm(forms.Form):
    """What a checklist is called."""

    title = forms.CharField(max_length=LONGEST_TITLE, strip=True)


class NewTaskForm(forms.Form):
    """One more task, in a line."""

    text = forms.CharField(max_length=LONGEST_TEXT, strip=True)


class TaskForm(forms.Form):
    """Everything about a task. The text of one that is another ticket is left out."""

    text = forms.CharField(max_length=LONGEST_TEXT, strip=True, required=False)
    owner = forms.UUIDField(required=False)
    due_at = MomentField()
    required = forms.BooleanField(required=False)


class DueForm(forms.Form):
    """A due date: one of the usual ones, or a moment."""

    due = forms.ChoiceField(required=False, choices=list(dues.USUAL.items()))
    due_at = MomentField()

    def moment(self, *, at: datetime) -> datetime | None:
        """The moment that is meant; None when none was chosen."""
        chosen = self.cleaned_data["due"]
        if chosen:
            return dues.moment(chosen, zone=get_current_timezone_name(), at=at)
        typed: datetime | None = self.cleaned_data["due_at"]
        return typed


class TemplateForm(forms.Form):
    """A ready checklist: its name, who may use it, and a line for each task."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_TITLE, strip=True)
    whose = forms.ChoiceField(label=_("Who can use it"))

    def __init__(self, *args: Any, agent: Agent, steps: Sequence[Step] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(brand__in=agent.brand_ids).order_by("name")
        self.teams = {str(team.pk): team for team in teams}
        choices: list[tuple[str, Any]] = [(EVERYONE, _("Everybody"))]
        choices += [(key, _("Team %(team)s") % {"team": team.name}) for key, team in self.teams.items()]
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]
        self.agent, self.given = agent, steps

    @property
    def lines(self) -> list[Step]:
        """What stands in the lines: what was sent, else the tasks that are there, and some empty ones."""
        known = self._sent() if self.is_bound else list(self.given)
        return [*known, *[Step(text="") for _spare in range(SPARE)]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        steps = [step for step in self._sent() if step.text]
        if not steps:
            raise ValidationError(_("Write at least one task."))
        if wrong := next((step for step in steps if step.due and not dues.is_readable(step.due)), None):
            said = _("“%(due)s” is no time. Write 4h or 3d.")
            raise ValidationError(said % {"due": wrong.due})
        cleaned["steps"] = steps
        return cleaned

    def columns(self) -> dict[str, Any]:
        """What was decided, as the template keeps it."""
        given = self.cleaned_data
        return {"name": given["name"], "steps": given["steps"], "team": self.teams.get(given["whose"])}

    def _sent(self) -> list[Step]:
        data: Any = self.data
        texts, moments = data.getlist("text"), data.getlist("due")
        optional = set(data.getlist("optional"))
        return [
            Step(
                text=one_line(text, limit=LONGEST_TEXT), due=due.strip()[:4], required=str(n) not in optional
            )
            for n, (text, due) in enumerate(zip(texts, moments, strict=False))
            if text.strip()
        ]
