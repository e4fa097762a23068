"""Searching tickets by the words of their messages and notes; the caller narrows to what may be seen."""

from uuid import UUID

from handrail.search.queries import owners_matching

#: What colleagues may search; customers never search notes.
COLLEAGUES_READ = ("message", "note")


def found_ids(words: str, *, limit: int) -> list[UUID]:
    """The ids of tickets whose messages or notes hold all the words, best first."""
    return owners_matching(words, kinds=COLLEAGUES_READ, limit=limit)
