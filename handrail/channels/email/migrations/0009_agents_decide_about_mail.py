"""Who answers customers says where doubtful mail belongs: a right that roles made earlier do not know yet."""

from typing import Any

from django.db import migrations

RIGHT = "mail.decide"


def give(apps: Any, _schema: Any) -> None:
    """To the built-in roles that can answer; other roles are their makers' affair."""
    for role in apps.get_model("accounts", "Role").objects.filter(key__in=["agent", "lead"], built_in=True):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_audit_letters_tokens"),
        ("channels_email", "0008_mailboxes_answer_at_once"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
