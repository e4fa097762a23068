"""The ledger: a ticket's verbs for very many tickets at once, kept in memory and written by COPY.

For the demo company, load tests and imports. `LedgerTicket` has the verbs of Ticket and makes the rows they
would have made: tickets, messages, participants, taggings, closures, facts and search documents. A test plays
one story through both and compares every row. It wakes no browser, runs no follower, sends nothing.
"""

from handrail.tickets.ledger.book import Book, Page
from handrail.tickets.ledger.ticket import LedgerTicket

__all__ = ["Book", "LedgerTicket", "Page"]
