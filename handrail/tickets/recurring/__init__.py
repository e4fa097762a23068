"""Recurring tickets: a template, a customer and a rule; each day of the rule opens one ticket, once."""
