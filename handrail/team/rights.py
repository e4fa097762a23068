"""The rights this room asks for."""

from django.utils.translation import gettext_lazy as _

HEADING = _("Teams")
RIGHTS = {"team.see": _("See who does what in their teams")}
