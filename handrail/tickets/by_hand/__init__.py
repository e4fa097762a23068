"""Tickets that a colleague opens: somebody called, came by, is written to first, or nobody did.

An order holds everything that was decided; `opening` carries it out through the verbs of every ticket.
"""
