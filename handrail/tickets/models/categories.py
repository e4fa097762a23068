"""The fixed categories of a ticket's status: in which of them it is work, and in which it is done."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a status means to everything that counts, sorts or waits, whatever an admin calls it."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    WAITING = "waiting", _("Waiting for the customer")
    HOLD = "hold", _("On hold")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged")
    SPAM = "spam", _("Spam")


#: Plain words, so that the conditions of indexes and of queries are written alike.
LIVE: Final = ("new", "open", "waiting", "hold")
DONE: Final = ("solved", "closed", "merged", "spam")

#: From where a ticket can be moved on; from merged only by taking the merge back.
MOVABLE: Final = tuple(category for category in Category if category != Category.MERGED)

#: Of a ticket in the trash. No category: nothing counts it, nobody moves a ticket there but by deleting it.
TRASHED: Final = "deleted"
