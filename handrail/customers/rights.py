"""The rights this room asks for."""

from django.utils.translation import gettext_lazy as _

RIGHTS = {
    "customers.see": _("See the people who write, and their organisations"),
    "customers.change": _("Fill in the fields of people and organisations"),
}
