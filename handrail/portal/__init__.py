"""The customers' face: ask, read the answers, answer back, and see how things stand.

Nouns: request (a ticket as its customer sees it), portal link (a proof that somebody reads mail at an
address), guest (who may come in by an address). Works without JavaScript: everything is GET and POST. A
customer reaches tickets only through `requested_by`, and reads only what `queries.shown_to_requester` lets
through. Composes the rooms below; nothing but the demo stands above.
"""
