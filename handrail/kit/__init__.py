"""Tools without a domain: clock, ids, jobs, drains, guarded HTTP, html cleaning, embedded database, settings.

Nothing here knows about support. Every other room stands above; this one imports none of them.
"""
