"""Where this room's pages stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from handrail.ui import navigation
from handrail.ui.navigation import Place

OWN, HOUSE = _("You"), _("The desk")


def register() -> None:
    """Add this room's places."""
    navigation.register(*RAIL, *ACCOUNT, *SETTINGS)


RAIL = [
    Place(key="settings", label=_("Settings"), url_name="accounts:settings", icon="settings", order=900),
]
ACCOUNT = [
    Place(
        region="account",
        key="profile",
        label=_("Your profile"),
        url_name="accounts:profile",
        icon="user",
        order=10,
    ),
    Place(
        region="account",
        key="security",
        label=_("Security"),
        url_name="accounts:security",
        icon="shield",
        order=20,
    ),
    Place(
        region="account",
        key="sign-out",
        label=_("Sign out"),
        url_name="accounts:sign-out",
        icon="log-out",
        order=900,
        post=True,
    ),
]
SETTINGS = [
    Place(
        region="settings",
        section=OWN,
        key="profile",
        label=_("Profile"),
        url_name="accounts:profile",
        icon="user",
        order=10,
        why=_("Name, language, time zone, theme and density."),
    ),
    Place(
        region="settings",
        section=OWN,
        key="security",
        label=_("Security"),
        url_name="accounts:security",
        icon="shield",
        order=20,
        why=_("Password, second factor, passkeys, and where you are signed in."),
    ),
    Place(
        region="settings",
        section=OWN,
        key="tokens",
        label=_("API tokens"),
        url_name="accounts:tokens",
        icon="key-round",
        order=30,
        right="api.use",
        why=_("Let a program act for you, within limits and until a date."),
    ),
    Place(
        region="settings",
        section=HOUSE,
        key="roles",
        label=_("Roles"),
        url_name="accounts:roles",
        icon="id-card",
        order=120,
        right="accounts.manage",
        why=_("What each group of people may do, and who needs a second factor."),
    ),
    Place(
        region="settings",
        section=HOUSE,
        key="brands",
        label=_("Brands"),
        url_name="accounts:brands",
        icon="store",
        order=130,
        right="accounts.manage",
        why=_("The names under which customers know you."),
    ),
    Place(
        region="settings",
        section=HOUSE,
        key="audit",
        label=_("Security audit"),
        url_name="accounts:audit",
        icon="scroll-text",
        order=190,
        right="audit.see",
        why=_("Who came in, and who changed whose rights."),
    ),
]
