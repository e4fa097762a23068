"""Why tickets end: the usual reasons by key. Whoever has another one writes it in their own words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Offered when closing; the key is what the closure keeps.
USUAL: dict[str, str | Promise] = {
    "solved": _("Solved"),
    "no-answer": _("No answer from them"),
    "duplicate": _("Duplicate"),
    "not-ours": _("Not ours to solve"),
}
#: Offered when deleting.
DELETING: dict[str, str | Promise] = {
    "by-mistake": _("Opened by mistake"),
    "a-test": _("Only a test"),
    "asked-to": _("They asked us to"),
}
#: The reason of a hold that is nothing but a snooze.
SNOOZED = "snoozed"
#: What is no reason to close, but kept by what was ended otherwise.
_OTHERS: dict[str, str | Promise] = {"spam": _("Spam"), SNOOZED: _("put away for a while")}


def words_for(reason: str) -> str:
    """A reason as people read it."""
    return str((USUAL | DELETING | _OTHERS).get(reason, reason))
