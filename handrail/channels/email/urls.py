"""The addresses of this room."""

from django.urls import path

from handrail.channels.email.views.auto_answer import AutoAnswerView
from handrail.channels.email.views.bytes import BytesView
from handrail.channels.email.views.caught import (
    CaughtBodyView,
    CaughtBytesView,
    CaughtMailsView,
    CaughtMailView,
)
from handrail.channels.email.views.consent import ConsentReturnView, ConsentView
from handrail.channels.email.views.forward import ForwardView
from handrail.channels.email.views.health import HealthView
from handrail.channels.email.views.held import (
    DecisionView,
    HeldView,
    KeptBackBytesView,
    KeptBackView,
    SpamView,
)
from handrail.channels.email.views.hooks import HookReceiverView
from handrail.channels.email.views.incoming import (
    HookView,
    ImapPauseView,
    ImapRemovalView,
    ImapView,
    IncomingView,
)
from handrail.channels.email.views.invitation import InvitationView
from handrail.channels.email.views.mailboxes import MailboxesView, MailboxView
from handrail.channels.email.views.outbox import CallingOffView, OutboxView, RecipientView, SecondSendingView
from handrail.channels.email.views.placement import CorrectionView, PerhapsView, PlacementView
from handrail.channels.email.views.quarantine import (
    QuarantinedBytesView,
    QuarantinedMailView,
    QuarantineView,
    ReplaysView,
    ReplayView,
)
from handrail.channels.email.views.senders import RemovalView, SendersView
from handrail.channels.email.views.sending import SendingView, SignatureView
from handrail.channels.email.views.suppressed import ReleaseView, SuppressedView

app_name = "mail"
urlpatterns = [
    path("mail", CaughtMailsView.as_view(), name="caught"),
    path("mail/<uuid:mail>", CaughtMailView.as_view(), name="caught-mail"),
    path("mail/<uuid:mail>/body", CaughtBodyView.as_view(), name="caught-body"),
    path("mail/<uuid:mail>/bytes", CaughtBytesView.as_view(), name="caught-bytes"),
    path("mail/messages/<uuid:message>/bytes", BytesView.as_view(), name="bytes"),
    path("settings/mailboxes", MailboxesView.as_view(), name="mailboxes"),
    path("settings/mailboxes/<uuid:mailbox>", MailboxView.as_view(), name="mailbox"),
    path("settings/mailboxes/consent", ConsentReturnView.as_view(), name="consent-return"),
    path("settings/mailboxes/<uuid:mailbox>/incoming", IncomingView.as_view(), name="incoming"),
    path("settings/mailboxes/<uuid:mailbox>/imap", ImapView.as_view(), name="imap"),
    path("settings/mailboxes/<uuid:mailbox>/imap/pause", ImapPauseView.as_view(), name="imap-pause"),
    path("settings/mailboxes/<uuid:mailbox>/imap/removal", ImapRemovalView.as_view(), name="imap-removal"),
    path("settings/mailboxes/<uuid:mailbox>/consent", ConsentView.as_view(), name="consent"),
    path("settings/mailboxes/<uuid:mailbox>/hook", HookView.as_view(), name="hook-settings"),
    path("hooks/mail/<str:provider>/<str:key>", HookReceiverView.as_view(), name="hook"),
    path("settings/mailboxes/<uuid:mailbox>/sending", SendingView.as_view(), name="sending"),
    path("settings/signature", SignatureView.as_view(), name="signature"),
    path("mail/messages/<uuid:message>/forward", ForwardView.as_view(), name="forward"),
    path("mail/messages/<uuid:message>/invitation", InvitationView.as_view(), name="invitation-answer"),
    path("settings/health", HealthView.as_view(), name="health"),
    path("settings/outbox", OutboxView.as_view(), name="outbox"),
    path("settings/outbox/<uuid:mail>/second-sending", SecondSendingView.as_view(), name="second-sending"),
    path("settings/outbox/<uuid:mail>/calling-off", CallingOffView.as_view(), name="calling-off"),
    path(
        "settings/outbox/<uuid:mail>/recipients/<uuid:recipient>", RecipientView.as_view(), name="recipient"
    ),
    path("settings/suppressed", SuppressedView.as_view(), name="suppressed"),
    path("settings/suppressed/<uuid:suppression>/release", ReleaseView.as_view(), name="release"),
    path("settings/held", HeldView.as_view(), name="held"),
    path("settings/held/<uuid:mail>", KeptBackView.as_view(), name="held-mail"),
    path("settings/held/<uuid:mail>/bytes", KeptBackBytesView.as_view(), name="held-bytes"),
    path("settings/held/<uuid:mail>/decision", DecisionView.as_view(), name="decision"),
    path("settings/spam", SpamView.as_view(), name="spam"),
    path("settings/senders", SendersView.as_view(), name="senders"),
    path("settings/senders/<uuid:sender>/removal", RemovalView.as_view(), name="sender-removal"),
    path("settings/mailboxes/<uuid:mailbox>/auto-answer", AutoAnswerView.as_view(), name="auto-answer"),
    path("mail/placements/<uuid:message>", PlacementView.as_view(), name="placement"),
    path("mail/placements/<uuid:message>/perhaps", PerhapsView.as_view(), name="perhaps"),
    path("mail/placements/<uuid:message>/correction", CorrectionView.as_view(), name="correction"),
    path("settings/quarantine", QuarantineView.as_view(), name="quarantine"),
    path("settings/quarantine/replays", ReplaysView.as_view(), name="replays"),
    path("settings/quarantine/<uuid:mail>", QuarantinedMailView.as_view(), name="quarantined"),
    path("settings/quarantine/<uuid:mail>/bytes", QuarantinedBytesView.as_view(), name="quarantined-bytes"),
    path("settings/quarantine/<uuid:mail>/replay", ReplayView.as_view(), name="replay"),
]
