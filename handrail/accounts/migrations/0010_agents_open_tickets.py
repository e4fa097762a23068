"""Agents open tickets by hand: a right that roles made earlier do not know yet."""

from typing import Any

from django.db import migrations

RIGHT = "tickets.open"


def give(apps: Any, _schema: Any) -> None:
    """To the built-in roles of agents and leads; other roles are their makers' affair."""
    for role in apps.get_model("accounts", "Role").objects.filter(key__in=["agent", "lead"], built_in=True):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_leads_close_all_the_same"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
