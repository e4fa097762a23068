"""The rights this room asks for, and its words in the security audit."""

from django.utils.translation import gettext_lazy as _

RIGHTS = {"fields.manage": _("Edit statuses, custom fields and the rules of forms")}
#: kind of entry → words that stand after the actor's name.
AUDIT = {
    "field.made": _("made the field"),
    "field.edited": _("changed the field"),
    "field.retired": _("retired the field"),
    "field.restored": _("took up again the field"),
    "form-rule.made": _("made the form rule"),
    "form-rule.edited": _("changed the form rule"),
    "form-rule.removed": _("removed the form rule"),
}
