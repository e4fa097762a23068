"""Why a recurring ticket was not made as its template says: a key, perhaps with a word behind a blank."""

from django.utils.translation import gettext as _

FAILED = "failed"
UNFIT = "unfit"
OWNER_GONE = "owner-gone"
NO_ADDRESS = "no-address"
MAY_NOT_REPLY = "may-not-reply"


def words_of(trouble: str) -> str:
    """The trouble in the reader's language; empty for none."""
    key, _blank, detail = trouble.partition(" ")
    words = {
        FAILED: _("No ticket was opened: an error of the desk (%s).") % detail,
        UNFIT: _("Part of the template could not be done: %s") % detail,
        OWNER_GONE: _("Its owner no longer works here: choose another one."),
        NO_ADDRESS: _("Nothing was sent, there is no mail address: the text is a note on the ticket."),
        MAY_NOT_REPLY: _("Nothing was sent, its owner may not answer customers: the text is a note."),
    }
    return words.get(key, trouble)
