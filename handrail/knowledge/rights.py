"""The rights this room asks for."""

from django.utils.translation import gettext_lazy as _

RIGHTS = {
    "knowledge.read": _("Read articles for colleagues, and put articles into answers"),
    "knowledge.write": _("Write articles, and see those that are not published"),
    "knowledge.publish": _("Publish and archive articles, and say who may read them"),
}
