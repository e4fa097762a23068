"""Checks which kinds an agent wants to be told of."""

from django import forms

from handrail.notifications.models import Kind


class SwitchesForm(forms.Form):
    """The kinds that are switched on; what is missing is off."""

    wanted = forms.MultipleChoiceField(choices=Kind.choices, required=False)
