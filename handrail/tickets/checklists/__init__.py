"""Checklists and their tasks: put on, written, given, ticked off; templates, reminders, a ticket of its own.

A task may be another ticket: then nobody ticks it off, it is done with that ticket's end. A merge takes
checklists along; taking it back brings them home.
"""
