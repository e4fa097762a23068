"""Why tickets end: the usual reasons by key. Whoever has another one writes it in their own words."""

from django.utils.translation import gettext_lazy as _

#: Offered when closing; the key is what the closure keeps.
USUAL = {
    "solved": _("Solved"),
    "no-answer": _("No answer from them"),
    "duplicate": _("Duplicate"),
    "not-ours": _("Not ours to solve"),
    "spam": _("Spam"),
}


#: The reason of a hold that is nothing but a snooze.
SNOOZED = "snoozed"


def words_for(reason: str) -> str:
    """A reason as people read it."""
    return str(_("put away for a while") if reason == SNOOZED else USUAL.get(reason, reason))
