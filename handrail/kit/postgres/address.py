"""The address of the database, and what Django makes of it."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from handrail.kit.postgres.embedded import DATABASE, ROLE
from handrail.kit.settings import Environment, environment


def database_url(chosen: Environment = environment) -> str:
    """DATABASE_URL, else the address the embedded server left in HANDRAIL_HOME.

    Before its first start there is none: then an address at which nobody answers, so that settings load.
    """
    if chosen.DATABASE_URL:
        return chosen.DATABASE_URL
    kept = chosen.HANDRAIL_HOME / "database.url"
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        return f"postgresql://{ROLE}@/{DATABASE}?host={chosen.HANDRAIL_HOME / 'run'}"


def database_settings(url: str = "") -> dict[str, Any]:
    """An entry of Django's DATABASES for this URL; what has no key of its own there goes into OPTIONS."""
    parts = conninfo_to_dict(url or database_url())
    own = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    settings: dict[str, Any] = {key: str(parts.pop(name, None) or "") for key, name in own.items()}
    return settings | {"ENGINE": "django.db.backends.postgresql", "OPTIONS": dict(parts)}
