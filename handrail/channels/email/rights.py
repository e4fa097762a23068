"""The rights this room asks for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HEADING = _("Mail")
RIGHTS: dict[str, str | Promise] = {
    "mail.manage": _("Open and stop mailboxes, read mail that could not be taken in, send mail again"),
    "mail.decide": _(
        "Say where held mail belongs, what is spam, and from whom mail is always or never taken"
    ),
    "mail.see_health": _("See which mail could not be taken in and which did not leave"),
    "mail.read_caught": _("Read every mail that a desk without a mail server would have sent"),
}
