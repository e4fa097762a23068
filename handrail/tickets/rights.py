"""The rights this room asks for."""

from django.utils.translation import gettext_lazy as _

RIGHTS = {
    "tickets.see_all": _("See every ticket of their brands"),
    "tickets.see_team": _("See the tickets of their teams"),
    "tickets.see_assigned": _("See the tickets they own"),
    "tickets.open": _("Open tickets by hand"),
    "tickets.templates": _("Write ticket templates for teams and for everybody"),
    "tickets.recurring": _("Let tickets open by themselves, again and again"),
    "tickets.time": _("Enter the time spent on tickets"),
    "tickets.time_sums": _("See the time of everybody, and take it away as a file"),
    "tickets.activities": _("Say which activities there are, and what an hour costs"),
    "tickets.reply": _("Answer customers"),
    "tickets.note": _("Write internal notes"),
    "tickets.assign": _("Give tickets to people and teams"),
    "tickets.close": _("Close and reopen tickets"),
    "tickets.review": _("Read answers of colleagues who learn before they leave, and say whose"),
    "tickets.override": _("Close tickets although parts of them are open"),
    "tickets.change": _("Change priority and tags"),
    "tickets.macros": _("Write macros and checklists for teams and for everybody"),
    "tickets.share_views": _("Keep views for everyone"),
    "tickets.take_away": _("Take the list of a view away as a file"),
    "tickets.delete": _("Delete tickets, and bring deleted ones back"),
}
