"""A control for a length of time."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from handrail.tickets.timing.lengths import NoLength, minutes_in


class LengthField(forms.CharField):
    """A length of time; cleaned it is minutes."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return 0
        try:
            return minutes_in(words)
        except NoLength as wrong:
            raise ValidationError(str(wrong)) from None
