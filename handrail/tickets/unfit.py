"""Why something cannot be done to a ticket, in words for people."""


class Unfit(Exception):
    """The value means nothing, or cannot be given to this ticket; args[0] says why, in words."""
