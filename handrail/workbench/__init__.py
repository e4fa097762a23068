"""The agents' face: the inbox, put together from the panels of the rooms below.

Nouns: inbox (views, list, ticket, side), arrival (a ticket that came into a view while somebody looks at it).
Nothing is decided here: what may be seen and done belongs to tickets; this room only composes screens.
"""
