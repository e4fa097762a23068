"""The address of the database that every process connects to."""

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
