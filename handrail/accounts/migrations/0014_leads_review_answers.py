"""Leads read answers of colleagues who learn: a right that roles made earlier do not know yet."""

from typing import Any

from django.db import migrations

RIGHT = "tickets.review"


def give(apps: Any, _schema: Any) -> None:
    """To the built-in role of leads; other roles are their makers' affair."""
    for role in apps.get_model("accounts", "Role").objects.filter(key="lead", built_in=True):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_leads_let_tickets_recur"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
