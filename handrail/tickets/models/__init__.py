"""Tickets and what belongs to them."""

from handrail.tickets.models.attachment import Attachment
from handrail.tickets.models.bulk import BulkItem, BulkOrder
from handrail.tickets.models.checklist import Checklist, Task
from handrail.tickets.models.checklist_template import ChecklistTemplate
from handrail.tickets.models.closure import Closure
from handrail.tickets.models.deletion import Deletion
from handrail.tickets.models.draft import Draft
from handrail.tickets.models.hold import Hold
from handrail.tickets.models.link import Link
from handrail.tickets.models.macro import Macro, MacroText
from handrail.tickets.models.mention import Mention
from handrail.tickets.models.merge import Merge
from handrail.tickets.models.message import Message
from handrail.tickets.models.opening import Opening, OpeningDraft
from handrail.tickets.models.participant import Participant
from handrail.tickets.models.pictures import PictureConsent
from handrail.tickets.models.planned import PlannedReply
from handrail.tickets.models.recurring import RecurringRun, RecurringTicket
from handrail.tickets.models.review import Review
from handrail.tickets.models.shared_draft import SharedDraft, Variant
from handrail.tickets.models.snooze import Snooze
from handrail.tickets.models.split import Split
from handrail.tickets.models.status import ForbiddenMove, Status
from handrail.tickets.models.stopwatch import Stopwatch
from handrail.tickets.models.tag import Tag, Tagging
from handrail.tickets.models.tally import Tally
from handrail.tickets.models.ticket import Ticket
from handrail.tickets.models.ticket_template import TicketTemplate
from handrail.tickets.models.time_entry import Activity, TimeEntry
from handrail.tickets.models.view import Arrangement, View
from handrail.tickets.models.visit import Visit

__all__ = [
    "Activity",
    "Arrangement",
    "Attachment",
    "BulkItem",
    "BulkOrder",
    "Checklist",
    "ChecklistTemplate",
    "Closure",
    "Deletion",
    "Draft",
    "ForbiddenMove",
    "Hold",
    "Link",
    "Macro",
    "MacroText",
    "Mention",
    "Merge",
    "Message",
    "Opening",
    "OpeningDraft",
    "Participant",
    "PictureConsent",
    "PlannedReply",
    "RecurringRun",
    "RecurringTicket",
    "Review",
    "SharedDraft",
    "Snooze",
    "Split",
    "Status",
    "Stopwatch",
    "Tag",
    "Tagging",
    "Tally",
    "Task",
    "Ticket",
    "TicketTemplate",
    "TimeEntry",
    "Variant",
    "View",
    "Visit",
]
