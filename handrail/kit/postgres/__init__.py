"""The embedded PostgreSQL and the address of whichever PostgreSQL is used.

`database_url()` is the address every process connects to: DATABASE_URL, or else the embedded server of
HANDRAIL_HOME, started and stopped by exactly one owner process with `Embedded`.
"""

from handrail.kit.postgres.address import database_url
from handrail.kit.postgres.embedded import Embedded
from handrail.kit.postgres.problems import AlreadyRunning, DatabaseProblem, DiskFull, PortTaken

__all__ = [
    "AlreadyRunning",
    "DatabaseProblem",
    "DiskFull",
    "Embedded",
    "PortTaken",
    "database_url",
]
