"""What can go wrong with the embedded database; each message is one sentence a person can act on."""


class DatabaseProblem(Exception):
    """The embedded database cannot be used; the message says why and what to do."""


class AlreadyRunning(DatabaseProblem):
    """Another living Handrail uses this data folder."""


class StillStopping(DatabaseProblem):
    """Processes of an earlier run have not ended yet."""


class DiskFull(DatabaseProblem):
    """There is no room for the database."""


class PortTaken(DatabaseProblem):
    """The TCP port asked for belongs to another program."""


class EngineMissing(DatabaseProblem):
    """The PostgreSQL programs are not installed."""
