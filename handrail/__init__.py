"""Handrail: the support operations platform."""

import gc

__version__ = "0.1.0"

# Python looks for garbage after each 700 new objects, while a start makes hundreds of thousands that
# stay. So seldom it takes a tenth off the start of each process.
gc.set_threshold(10_000, 10, 10)
