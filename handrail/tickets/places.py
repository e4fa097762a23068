"""Where this room's pages stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from handrail.ui import commands, navigation
from handrail.ui.navigation import Place

WORK = _("Tickets")


def register() -> None:
    """Add this room's places, and what can be done from anywhere."""
    navigation.register(*PLACES)
    commands.register(*COMMANDS)


PLACES = (
    Place(
        key="time",
        label=_("Time"),
        url_name="tickets:time-sums",
        icon="timer",
        order=60,
        right="tickets.time_sums",
    ),
    Place(
        key="timer",
        label=_("Timer"),
        url_name="tickets:timer",
        icon="circle-play",
        order=61,
        right="tickets.time",
        badge="tickets:timer-face",
    ),
    Place(
        key="tasks",
        label=_("My tasks"),
        url_name="tickets:tasks",
        icon="list-checks",
        order=20,
        right="tickets.note",
        badge="tickets:tasks-count",
    ),
    Place(
        key="reviews",
        label=_("Reviews"),
        url_name="tickets:reviews",
        icon="eye",
        order=25,
        right="tickets.review",
        badge="tickets:reviews-count",
    ),
    Place(
        region="settings",
        section=WORK,
        key="reviewed",
        label=_("Answers to review"),
        url_name="tickets:reviewed",
        icon="eye",
        order=165,
        right="tickets.review",
        why=_("Whose answers somebody reads before they leave."),
    ),
    Place(
        region="settings",
        section=WORK,
        key="checklists",
        label=_("Checklists"),
        url_name="tickets:checklist-templates",
        icon="list-checks",
        order=155,
        right="tickets.note",
        why=_("What is to do again and again, put on a ticket with one choice."),
    ),
    Place(
        region="settings",
        section=WORK,
        key="macros",
        label=_("Macros"),
        url_name="tickets:macro-list",
        icon="wand-sparkles",
        order=150,
        right="tickets.note",
        why=_("Words and steps that you use again and again."),
    ),
    Place(
        region="settings",
        section=WORK,
        key="ticket-templates",
        label=_("Ticket templates"),
        url_name="tickets:templates",
        icon="file-text",
        order=152,
        right="tickets.open",
        why=_("How tickets of one kind begin."),
    ),
    Place(
        region="settings",
        section=WORK,
        key="trash",
        label=_("Trash"),
        url_name="tickets:trash",
        icon="trash-2",
        order=170,
        right="tickets.delete",
        why=_("Deleted tickets, and the way back for them."),
    ),
    Place(
        region="settings",
        section=WORK,
        key="recurring",
        label=_("Recurring tickets"),
        url_name="tickets:recurring",
        icon="calendar-sync",
        order=154,
        right="tickets.recurring",
        why=_("What opens by itself, again and again."),
    ),
    Place(
        region="settings",
        section=WORK,
        key="activities",
        label=_("Activities"),
        url_name="tickets:activities",
        icon="timer",
        order=165,
        right="tickets.activities",
        why=_("The kinds of work that time is entered under."),
    ),
    Place(
        region="settings",
        section=WORK,
        key="statuses",
        label=_("Statuses"),
        url_name="tickets:statuses",
        icon="circle-dot",
        order=160,
        right="fields.manage",
        why=_("Your own names within the fixed kinds, and who moves tickets where."),
    ),
)
COMMANDS = (
    commands.Command(
        key="tickets.tasks",
        label=_("My tasks"),
        url_name="tickets:tasks",
        icon="list-checks",
        right="tickets.note",
        hotkey="g t",
    ),
    commands.Command(
        key="tickets.reviews",
        label=_("Answers that wait for review"),
        url_name="tickets:reviews",
        icon="eye",
        right="tickets.review",
    ),
    commands.Command(
        key="tickets.checklists",
        label=_("Checklists to put on tickets"),
        url_name="tickets:checklist-templates",
        icon="list-checks",
        right="tickets.note",
    ),
    commands.Command(
        key="tickets.new",
        label=_("New ticket"),
        url_name="tickets:new",
        icon="plus",
        right="tickets.open",
        hotkey="c",
        words=_("create open call phone"),
    ),
    commands.Command(
        key="tickets.bulk",
        label=_("Work on many tickets"),
        url_name="tickets:bulk",
        icon="layers",
        right="tickets.change",
    ),
    commands.Command(
        key="tickets.trash",
        label=_("Trash"),
        url_name="tickets:trash",
        icon="trash-2",
        right="tickets.delete",
    ),
    commands.Command(
        key="tickets.macros",
        label=_("Macros"),
        url_name="tickets:macro-list",
        icon="wand-sparkles",
        right="tickets.note",
    ),
)
