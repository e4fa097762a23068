"""Colleagues enter the time they spend, and leads sum it: rights that roles made earlier do not know yet."""

from typing import Any

from django.db import migrations

RIGHTS = {
    "agent": ["tickets.time"],
    "light-agent": ["tickets.time"],
    "lead": ["tickets.time", "tickets.time_sums"],
}


def give(apps: Any, _schema: Any) -> None:
    """To the built-in roles; other roles are their makers' affair."""
    for role in apps.get_model("accounts", "Role").objects.filter(key__in=RIGHTS, built_in=True):
        role.rights = [*role.rights, *(right for right in RIGHTS[role.key] if right not in role.rights)]
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0014_leads_review_answers"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
