"""The one way for a command to fail with a sentence instead of a traceback."""


class Complaint(Exception):
    """A command cannot do its work; the message is one sentence that says why and what to do."""
