"""Reads shaped for screens: views with their counts, rows of a list, an opened ticket, its timeline."""

from handrail.tickets.queries.built_in import Group, View, condition, everything, find_view, groups_for
from handrail.tickets.queries.counting import counts_of
from handrail.tickets.queries.filtering import Filters
from handrail.tickets.queries.finding import found_ids
from handrail.tickets.queries.history import history_of, tickets_of_person
from handrail.tickets.queries.listing import Page, belonging, in_order, page_of
from handrail.tickets.queries.opened import Opened, opened
from handrail.tickets.queries.rows import Row, rows_of
from handrail.tickets.queries.saved import saved_views, with_saved
from handrail.tickets.queries.shown import Shown, shown
from handrail.tickets.queries.taking_away import Taken, taken_away
from handrail.tickets.queries.telling import Told
from handrail.tickets.queries.timeline import Timeline, timeline_of

__all__ = [
    "Filters",
    "Group",
    "Opened",
    "Page",
    "Row",
    "Shown",
    "Taken",
    "Timeline",
    "Told",
    "View",
    "belonging",
    "condition",
    "counts_of",
    "everything",
    "find_view",
    "found_ids",
    "groups_for",
    "history_of",
    "in_order",
    "opened",
    "page_of",
    "rows_of",
    "saved_views",
    "shown",
    "taken_away",
    "tickets_of_person",
    "timeline_of",
    "with_saved",
]
