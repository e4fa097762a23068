"""Ticket templates: written in the settings, chosen for a new ticket, used by recurring tickets."""
