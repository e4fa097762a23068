"""Answers and steps that people use again and again: words with variables, and what is done with them.

A macro with words alone is a text module. Nothing in its words is computed: names in braces become values,
and a part may stand only where a value is known.
"""
