"""Why the words of a document are not known."""


class Unreadable(Exception):
    """args[0]: a word for the log, as “encrypted” or “too-large-unpacked”; nobody else is told."""
