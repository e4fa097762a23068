"""Colleagues read and write articles, leads publish them: rights that roles made earlier do not know yet."""

from typing import Any

from django.db import migrations

RIGHTS = {
    "light-agent": ["knowledge.read"],
    "agent": ["knowledge.read", "knowledge.write"],
    "lead": ["knowledge.read", "knowledge.write", "knowledge.publish"],
}


def give(apps: Any, _schema: Any) -> None:
    """To the built-in roles; other roles are their makers' affair."""
    for role in apps.get_model("accounts", "Role").objects.filter(key__in=RIGHTS, built_in=True):
        role.rights = [*role.rights, *(right for right in RIGHTS[role.key] if right not in role.rights)]
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_colleagues_enter_time"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
