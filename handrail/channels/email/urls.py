"""The addresses of this room."""

from django.urls import path

from handrail.channels.email.views.caught import (
    CaughtBodyView,
    CaughtBytesView,
    CaughtMailsView,
    CaughtMailView,
)
from handrail.channels.email.views.mailboxes import MailboxesView, MailboxView
from handrail.channels.email.views.outbox import OutboxView, SecondSendingView
from handrail.channels.email.views.quarantine import (
    QuarantinedBytesView,
    QuarantinedMailView,
    QuarantineView,
    ReplaysView,
    ReplayView,
)
from handrail.channels.email.views.sending import SendingView, SignatureView

app_name = "mail"
urlpatterns = [
    path("mail", CaughtMailsView.as_view(), name="caught"),
    path("mail/<uuid:mail>", CaughtMailView.as_view(), name="caught-mail"),
    path("mail/<uuid:mail>/body", CaughtBodyView.as_view(), name="caught-body"),
    path("mail/<uuid:mail>/bytes", CaughtBytesView.as_view(), name="caught-bytes"),
    path("settings/mailboxes", MailboxesView.as_view(), name="mailboxes"),
    path("settings/mailboxes/<uuid:mailbox>", MailboxView.as_view(), name="mailbox"),
    path("settings/mailboxes/<uuid:mailbox>/sending", SendingView.as_view(), name="sending"),
    path("settings/signature", SignatureView.as_view(), name="signature"),
    path("settings/outbox", OutboxView.as_view(), name="outbox"),
    path("settings/outbox/<uuid:mail>/second-sending", SecondSendingView.as_view(), name="second-sending"),
    path("settings/quarantine", QuarantineView.as_view(), name="quarantine"),
    path("settings/quarantine/replays", ReplaysView.as_view(), name="replays"),
    path("settings/quarantine/<uuid:mail>", QuarantinedMailView.as_view(), name="quarantined"),
    path("settings/quarantine/<uuid:mail>/bytes", QuarantinedBytesView.as_view(), name="quarantined-bytes"),
    path("settings/quarantine/<uuid:mail>/replay", ReplayView.as_view(), name="replay"),
]
