"""The people who answer.

Nouns: agent (a colleague at work on tickets), team, tier. Stands on accounts; tickets, routing and the
faces stand above.
"""
