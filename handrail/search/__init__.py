"""The full-text index. Rooms above feed it documents and ask it for ids; they apply the rights.

Nouns: document (one searchable text of one thing), owner (the thing a hit leads to, for instance a ticket).
"""
