"""The words for what the security audit tells."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The names of the built-in roles.
ROLES: dict[str, str | Promise] = {
    "Admin": _("Admin"),
    "Lead": _("Lead"),
    "Agent": _("Agent"),
    "Light agent": _("Light agent"),
    "Customer": _("Customer"),
}
#: kind of entry → words that stand after the actor's name.
AUDIT: dict[str, str | Promise] = {
    "sign-in.opened": _("signed in"),
    "sign-in.closed": _("signed out"),
    "sign-in.failed": _("could not sign in: wrong password"),
    "sign-in.code-failed": _("could not sign in: wrong code"),
    "sign-in.confirmation-failed": _("could not confirm who they are"),
    "link_printed": _("printed a sign-in link for"),
    "guessing.noticed": _("is trying many secrets"),
    "sessions.ended": _("signed out other devices"),
    "password.changed": _("changed the password"),
    "factor.added": _("added a second factor"),
    "factor.removed": _("removed a second factor"),
    "factor.taken-away": _("took away the second factors of"),
    "factor.codes-made": _("made new recovery codes"),
    "factor.code-used": _("used a recovery code"),
    "user.invited": _("invited"),
    "user.suspended": _("suspended"),
    "user.restored": _("restored"),
    "user.role-changed": _("gave another role to"),
    "user.brands-changed": _("changed the brands of"),
    "user.teams-changed": _("changed the teams of"),
    "team.made": _("made the team"),
    "team.renamed": _("renamed the team"),
    "role.made": _("made the role"),
    "role.edited": _("changed the role"),
    "role.dissolved": _("deleted the role"),
    "brand.made": _("added the brand"),
    "brand.renamed": _("renamed the brand"),
    "brand.masked": _("chose what becomes of card numbers in the brand"),
    "token.made": _("made the API token"),
    "token.revoked": _("revoked the API token"),
    "disguise.begun": _("logged in as"),
    "disguise.acted": _("changed something as somebody else"),
    "disguise.ended": _("stopped being logged in as"),
    "export.made": _("exported"),
    "desk.set-up": _("set up the desk"),
}
