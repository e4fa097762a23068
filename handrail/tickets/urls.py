"""The addresses of tickets: one noun for everything that can be done."""

from django.urls import path

from handrail.tickets.views.activities import (
    ActivitiesView,
    ActivityChangeView,
    ActivityRetirementView,
    ActivityView,
)
from handrail.tickets.views.assignment import AssignmentView
from handrail.tickets.views.attachments import (
    AttachmentsView,
    AttachmentTextView,
    AttachmentView,
    PictureView,
)
from handrail.tickets.views.body import BodyView
from handrail.tickets.views.bulk import OrdersView, OrderView, ReversalView, RunView
from handrail.tickets.views.changes import AsOfView, ChangesView, ChangeView
from handrail.tickets.views.checklist_templates import (
    ChecklistTemplateRetirementView,
    ChecklistTemplatesView,
    NewChecklistTemplateView,
    OneChecklistTemplateView,
)
from handrail.tickets.views.checklists import ChecklistReturnView, ChecklistsView, ChecklistView, TasksView
from handrail.tickets.views.circle import CircleView
from handrail.tickets.views.closure import ClosureView
from handrail.tickets.views.deletion import DeletionView
from handrail.tickets.views.departure import DepartureView
from handrail.tickets.views.draft import DraftFilesView, DraftFileView, DraftView
from handrail.tickets.views.due import DueView
from handrail.tickets.views.fields import FieldsView
from handrail.tickets.views.links import LinksView, LinkView, TogetherView
from handrail.tickets.views.macro_list import (
    MacroEditView,
    MacroListView,
    MacroRetirementView,
    NewMacroView,
)
from handrail.tickets.views.macros import DraftMacroView, MacrosView, MacroView
from handrail.tickets.views.mentions import MentionsView
from handrail.tickets.views.merge import MergesView, MergeView
from handrail.tickets.views.message import MessageView
from handrail.tickets.views.my_tasks import MyTasksView, TaskCountView
from handrail.tickets.views.new_ticket import (
    DraftsView,
    NewView,
    OneNewView,
    PeopleView,
)
from handrail.tickets.views.new_ticket import DraftView as NewDraftView
from handrail.tickets.views.new_ticket import FieldsView as NewFieldsView
from handrail.tickets.views.new_ticket import FilesView as NewFilesView
from handrail.tickets.views.new_ticket import FileView as NewFileView
from handrail.tickets.views.notes import NotesView
from handrail.tickets.views.pictures import MailImageView, PicturesView
from handrail.tickets.views.printing import PrintView
from handrail.tickets.views.priority import PriorityView
from handrail.tickets.views.recurring import (
    OneRecurringView,
    PauseView,
    RecurringChangeView,
    RecurringListView,
    RecurringWritingView,
    RunAgainView,
)
from handrail.tickets.views.replies import RepliesView, ReplyView
from handrail.tickets.views.reviews import ReviewedView, ReviewsCountView, ReviewsView, ReviewView
from handrail.tickets.views.shared import (
    SharedDraftView,
    SharedFilesView,
    SharedFileView,
    SharingView,
    VariantView,
)
from handrail.tickets.views.shared_sending import SharedSendingView
from handrail.tickets.views.snooze import SnoozeView
from handrail.tickets.views.split import SplitUndoView, SplitView
from handrail.tickets.views.status import StatusView
from handrail.tickets.views.statuses import MovesView, OneStatusView, RetirementView, StatusesView
from handrail.tickets.views.tags import TagsView
from handrail.tickets.views.tasks import TaskPlaceView, TaskReturnView, TaskTicketView, TaskView, TickView
from handrail.tickets.views.team import TeamView
from handrail.tickets.views.ticket import PanelsView, ShowView
from handrail.tickets.views.ticket_templates import (
    OneTemplateView,
    TemplateListView,
    TemplateRetirementView,
    WritingView,
)
from handrail.tickets.views.time import OneTimeView, TimeReturnView, TimesView
from handrail.tickets.views.time_sums import TimeFileView, TimeSumsView
from handrail.tickets.views.timeline import TimelineView
from handrail.tickets.views.timer import OwnTimerView, TimerFaceView, TimerPauseView, TimerView
from handrail.tickets.views.trash import TrashedView, TrashView
from handrail.tickets.views.visit import VisitView

app_name = "tickets"
_TICKET = "tickets/<int:number>"
_RECURRING = "settings/recurring/<uuid:recurring_id>"
_NEW = "tickets/new/<uuid:draft_id>"
urlpatterns = [
    path("tickets/new", NewView.as_view(), name="new"),
    path("tickets/new/drafts", DraftsView.as_view(), name="new-drafts"),
    path("tickets/new/people", PeopleView.as_view(), name="new-people"),
    path(_NEW, OneNewView.as_view(), name="new-one"),
    path(f"{_NEW}/draft", NewDraftView.as_view(), name="new-draft"),
    path(f"{_NEW}/fields", NewFieldsView.as_view(), name="new-fields"),
    path(f"{_NEW}/files", NewFilesView.as_view(), name="new-files"),
    path(f"{_NEW}/files/<uuid:stored_id>", NewFileView.as_view(), name="new-file"),
    path(_TICKET, ShowView.as_view(), name="show"),
    path(f"{_TICKET}/panels", PanelsView.as_view(), name="panels"),
    path(f"{_TICKET}/timeline", TimelineView.as_view(), name="timeline"),
    path(f"{_TICKET}/print", PrintView.as_view(), name="print"),
    path(f"{_TICKET}/messages/<uuid:message_id>", MessageView.as_view(), name="message"),
    path(f"{_TICKET}/messages/<uuid:message_id>/body", BodyView.as_view(), name="body"),
    path(f"{_TICKET}/messages/<uuid:message_id>/pictures", PicturesView.as_view(), name="pictures"),
    path(f"{_TICKET}/messages/<uuid:message_id>/files.zip", AttachmentsView.as_view(), name="attachments"),
    path("tickets/bulk", OrdersView.as_view(), name="bulk"),
    path("tickets/bulk/<uuid:order_id>", OrderView.as_view(), name="bulk-order"),
    path("tickets/bulk/<uuid:order_id>/run", RunView.as_view(), name="bulk-run"),
    path("tickets/bulk/<uuid:order_id>/reversal", ReversalView.as_view(), name="bulk-reversal"),
    path("settings/ticket-templates", TemplateListView.as_view(), name="templates"),
    path("settings/ticket-templates/new", WritingView.as_view(), name="template-new"),
    path("settings/ticket-templates/<uuid:template_id>", OneTemplateView.as_view(), name="template-edit"),
    path(
        "settings/ticket-templates/<uuid:template_id>/retirement",
        TemplateRetirementView.as_view(),
        name="template-retirement",
    ),
    path("settings/recurring", RecurringListView.as_view(), name="recurring"),
    path("settings/recurring/new", RecurringWritingView.as_view(), name="recurring-new"),
    path(_RECURRING, OneRecurringView.as_view(), name="recurring-one"),
    path(f"{_RECURRING}/changes/<int:change_id>", RecurringChangeView.as_view(), name="recurring-change"),
    path(f"{_RECURRING}/pause", PauseView.as_view(), name="recurring-pause"),
    path(f"{_RECURRING}/runs/<uuid:run_id>", RunAgainView.as_view(), name="recurring-run"),
    path("settings/activities", ActivitiesView.as_view(), name="activities"),
    path("settings/activities/<uuid:activity_id>", ActivityView.as_view(), name="activity"),
    path(
        "settings/activities/<uuid:activity_id>/changes/<int:change_id>",
        ActivityChangeView.as_view(),
        name="activity-change",
    ),
    path(
        "settings/activities/<uuid:activity_id>/retirement",
        ActivityRetirementView.as_view(),
        name="activity-retirement",
    ),
    path("time", TimeSumsView.as_view(), name="time-sums"),
    path("time.csv", TimeFileView.as_view(), name="time-file"),
    path("timer", OwnTimerView.as_view(), name="timer"),
    path("timer/face", TimerFaceView.as_view(), name="timer-face"),
    path(f"{_TICKET}/timer", TimerView.as_view(), name="timer-on"),
    path(f"{_TICKET}/timer/pause", TimerPauseView.as_view(), name="timer-pause"),
    path(f"{_TICKET}/time", TimesView.as_view(), name="times"),
    path(f"{_TICKET}/time/<uuid:entry_id>", OneTimeView.as_view(), name="time"),
    path(f"{_TICKET}/time/<uuid:entry_id>/return", TimeReturnView.as_view(), name="time-return"),
    path("macros", MacroListView.as_view(), name="macro-list"),
    path("macros/new", NewMacroView.as_view(), name="macro-new"),
    path("macros/<uuid:macro_id>", MacroEditView.as_view(), name="macro-edit"),
    path("macros/<uuid:macro_id>/retirement", MacroRetirementView.as_view(), name="macro-retirement"),
    path("tasks", MyTasksView.as_view(), name="tasks"),
    path("tasks/count", TaskCountView.as_view(), name="tasks-count"),
    path("settings/checklists", ChecklistTemplatesView.as_view(), name="checklist-templates"),
    path("settings/checklists/new", NewChecklistTemplateView.as_view(), name="checklist-template-new"),
    path(
        "settings/checklists/<uuid:template_id>",
        OneChecklistTemplateView.as_view(),
        name="checklist-template",
    ),
    path(
        "settings/checklists/<uuid:template_id>/retirement",
        ChecklistTemplateRetirementView.as_view(),
        name="checklist-template-retirement",
    ),
    path("settings/statuses", StatusesView.as_view(), name="statuses"),
    path("settings/statuses/<uuid:status_id>", OneStatusView.as_view(), name="one-status"),
    path(
        "settings/statuses/<uuid:status_id>/retirement",
        RetirementView.as_view(),
        name="status-retirement",
    ),
    path("settings/moves/<slug:key>", MovesView.as_view(), name="moves"),
    path("mail-images/<str:token>", MailImageView.as_view(), name="mail-image"),
    path(f"{_TICKET}/attachments/<uuid:attachment_id>", AttachmentView.as_view(), name="attachment"),
    path(f"{_TICKET}/attachments/<uuid:attachment_id>/text", AttachmentTextView.as_view(), name="text"),
    path(f"{_TICKET}/pictures/<str:token>", PictureView.as_view(), name="picture"),
    path(f"{_TICKET}/replies", RepliesView.as_view(), name="replies"),
    path(f"{_TICKET}/replies/<uuid:message_id>", ReplyView.as_view(), name="reply"),
    path(f"{_TICKET}/replies/<uuid:message_id>/departure", DepartureView.as_view(), name="departure"),
    path(f"{_TICKET}/notes", NotesView.as_view(), name="notes"),
    path(f"{_TICKET}/mentions", MentionsView.as_view(), name="mentions"),
    path(f"{_TICKET}/draft", DraftView.as_view(), name="draft"),
    path(f"{_TICKET}/macros", MacrosView.as_view(), name="macros"),
    path(f"{_TICKET}/macros/<uuid:macro_id>", MacroView.as_view(), name="macro"),
    path(f"{_TICKET}/draft/macros/<uuid:macro_id>", DraftMacroView.as_view(), name="draft-macro"),
    path(f"{_TICKET}/draft/files", DraftFilesView.as_view(), name="draft-files"),
    path(f"{_TICKET}/draft/files/<uuid:stored_id>", DraftFileView.as_view(), name="draft-file"),
    path(f"{_TICKET}/circle", CircleView.as_view(), name="circle"),
    path(f"{_TICKET}/draft/sharing", SharingView.as_view(), name="sharing"),
    path(f"{_TICKET}/shared/<uuid:draft_id>", SharedDraftView.as_view(), name="shared-draft"),
    path(f"{_TICKET}/shared/<uuid:draft_id>/files", SharedFilesView.as_view(), name="shared-files"),
    path(
        f"{_TICKET}/shared/<uuid:draft_id>/files/<uuid:stored_id>",
        SharedFileView.as_view(),
        name="shared-file",
    ),
    path(
        f"{_TICKET}/shared/<uuid:draft_id>/variants/<uuid:variant_id>",
        VariantView.as_view(),
        name="variant",
    ),
    path(f"{_TICKET}/shared/<uuid:draft_id>/sending", SharedSendingView.as_view(), name="shared-sending"),
    path(f"{_TICKET}/shared/<uuid:draft_id>/review", ReviewView.as_view(), name="review"),
    path("reviews", ReviewsView.as_view(), name="reviews"),
    path("reviews/count", ReviewsCountView.as_view(), name="reviews-count"),
    path("settings/reviewed", ReviewedView.as_view(), name="reviewed"),
    path(f"{_TICKET}/closure", ClosureView.as_view(), name="closure"),
    path(f"{_TICKET}/deletion", DeletionView.as_view(), name="deletion"),
    path("trash", TrashView.as_view(), name="trash"),
    path("trash/<int:number>", TrashedView.as_view(), name="trashed"),
    path(f"{_TICKET}/assignment", AssignmentView.as_view(), name="assignment"),
    path(f"{_TICKET}/team", TeamView.as_view(), name="team"),
    path(f"{_TICKET}/fields", FieldsView.as_view(), name="fields"),
    path(f"{_TICKET}/status", StatusView.as_view(), name="status"),
    path(f"{_TICKET}/priority", PriorityView.as_view(), name="priority"),
    path(f"{_TICKET}/tags", TagsView.as_view(), name="tags"),
    path(f"{_TICKET}/merge", MergeView.as_view(), name="merge"),
    path(f"{_TICKET}/merges/<uuid:batch>", MergesView.as_view(), name="merges"),
    path(f"{_TICKET}/split", SplitView.as_view(), name="split"),
    path(f"{_TICKET}/splits/<uuid:split_id>", SplitUndoView.as_view(), name="split-undo"),
    path(f"{_TICKET}/links", LinksView.as_view(), name="links"),
    path(f"{_TICKET}/links/<uuid:link_id>", LinkView.as_view(), name="link"),
    path(f"{_TICKET}/links/together/<slug:kind>", TogetherView.as_view(), name="together"),
    path(f"{_TICKET}/due", DueView.as_view(), name="due"),
    path(f"{_TICKET}/checklists", ChecklistsView.as_view(), name="checklists"),
    path(f"{_TICKET}/checklists/<uuid:checklist_id>", ChecklistView.as_view(), name="checklist"),
    path(
        f"{_TICKET}/checklists/<uuid:checklist_id>/return",
        ChecklistReturnView.as_view(),
        name="checklist-return",
    ),
    path(f"{_TICKET}/checklists/<uuid:checklist_id>/tasks", TasksView.as_view(), name="checklist-tasks"),
    path(f"{_TICKET}/tasks/<uuid:task_id>", TaskView.as_view(), name="task"),
    path(f"{_TICKET}/tasks/<uuid:task_id>/tick", TickView.as_view(), name="task-tick"),
    path(f"{_TICKET}/tasks/<uuid:task_id>/place", TaskPlaceView.as_view(), name="task-place"),
    path(f"{_TICKET}/tasks/<uuid:task_id>/return", TaskReturnView.as_view(), name="task-return"),
    path(f"{_TICKET}/tasks/<uuid:task_id>/ticket", TaskTicketView.as_view(), name="task-ticket"),
    path(f"{_TICKET}/changes", ChangesView.as_view(), name="changes"),
    path(f"{_TICKET}/changes/<int:change_id>", ChangeView.as_view(), name="change"),
    path(f"{_TICKET}/as-of", AsOfView.as_view(), name="as-of"),
    path(f"{_TICKET}/snooze", SnoozeView.as_view(), name="snooze"),
    path(f"{_TICKET}/visit", VisitView.as_view(), name="visit"),
]
