"""A language that nobody speaks, for tests: accented, a third longer, written from right to left.

It is made from our words when it is asked for, and stands where Arabic would, whose dates and
numbers our libraries know. No setting of the desk offers it; only `tests.pseudo.settings` knows it.
"""
