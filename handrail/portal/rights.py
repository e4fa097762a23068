"""The right this room asks for."""

from django.utils.translation import gettext_lazy as _

RIGHTS = {"portal.use": _("Use the help centre as a customer")}
