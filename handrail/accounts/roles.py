"""The roles every installation starts with; all of them can be edited."""

from handrail.accounts.models import Role

_AGENT = [
    "tickets.see_all",
    "tickets.open",
    "tickets.reply",
    "tickets.note",
    "tickets.time",
    "tickets.assign",
    "tickets.close",
    "tickets.change",
    "customers.see",
    "customers.change",
    "mail.decide",
    "knowledge.read",
    "knowledge.write",
]
_LEAD = [
    *_AGENT,
    "tickets.take_away",
    "tickets.share_views",
    "tickets.macros",
    "tickets.templates",
    "tickets.recurring",
    "tickets.time_sums",
    "tickets.override",
    "tickets.review",
    "tickets.delete",
    "knowledge.publish",
    "team.see",
    "mail.see_health",
    "api.use",
]

#: key → (name, rights). "*" stands for every right a room has declared.
BUILT_IN: dict[str, tuple[str, list[str]]] = {
    "admin": ("Admin", ["*"]),
    "lead": ("Lead", _LEAD),
    "agent": ("Agent", _AGENT),
    "light-agent": ("Light agent", ["tickets.see_team", "tickets.note", "tickets.time", "knowledge.read"]),
    "customer": ("Customer", ["portal.use"]),
}
COLLEAGUES = ("admin", "lead", "agent", "light-agent")


def ensure_built_in() -> dict[str, Role]:
    """Create the built-in roles that are missing; those that exist keep the rights they were given."""
    built_in = [
        Role(key=key, name=name, rights=rights, built_in=True) for key, (name, rights) in BUILT_IN.items()
    ]
    Role.objects.bulk_create(built_in, ignore_conflicts=True)
    return {role.key: role for role in Role.objects.filter(key__in=BUILT_IN)}
