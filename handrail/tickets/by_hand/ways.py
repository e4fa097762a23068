"""How a ticket comes that somebody opens by hand, and what can be written with it."""

from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """Its key is the channel of the ticket."""

    PHONE = "phone", _("Phone call")
    IN_PERSON = "in_person", _("In person")
    FIRST = "email", _("We write first")
    INTERNAL = "internal", _("Internal")


class Mode(models.TextChoices):
    """What the written words are."""

    SAID = "said", _("What they said")
    MAIL = "mail", _("Mail to them")
    NOTE = "note", _("Internal note")
    NONE = "none", _("Nothing yet")


#: What was said there came in nobody's mail.
SPOKEN = (Way.PHONE, Way.IN_PERSON)
#: What can be written, the usual first.
MODES: Mapping[str, Sequence[Mode]] = {
    Way.PHONE: (Mode.SAID, Mode.MAIL, Mode.NOTE, Mode.NONE),
    Way.IN_PERSON: (Mode.SAID, Mode.MAIL, Mode.NOTE, Mode.NONE),
    Way.FIRST: (Mode.MAIL, Mode.NOTE, Mode.NONE),
    Way.INTERNAL: (Mode.NOTE, Mode.NONE),
}
