"""Connections beside Django's own, for listening to notifications; and giving back one that is not needed."""

from django.db import connection
from psycopg.conninfo import make_conninfo

_PLAIN = ("dbname", "user", "password", "host", "port", "sslmode", "options")


def address() -> str:
    """The database of this process as a connection string, without what only Django understands."""
    parameters = connection.get_connection_params()
    return make_conninfo("", **{key: parameters[key] for key in _PLAIN if parameters.get(key)})


def let_go() -> None:
    """Give this thread's connection back to the pool while something slow is waited for."""
    if not connection.in_atomic_block:
        connection.close()
