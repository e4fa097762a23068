"""Numbers that people read, from sequences of the database: unique, ascending, gaps possible."""

from handrail.kit.prepared import ask


def next_of(sequence: str) -> int:
    """The next one. sequence: its name, which is our own."""
    ((number,),) = ask("SELECT nextval(%s)", (sequence,))
    return int(number)
