"""Where this room's pages stand in the navigation."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from handrail.tickets.asides import Aside
from handrail.ui import navigation
from handrail.ui.navigation import Place

MAIL = _("Mail")


def register() -> None:
    """Add this room's places; caught mail only where mail is caught."""
    navigation.register(*PLACES)
    if settings.MAIL_IS_CAUGHT:
        navigation.register(CAUGHT)


PLACES = [
    Place(
        region="settings",
        section=_("You"),
        key="signature",
        label=_("Signature"),
        url_name="mail:signature",
        icon="signature",
        order=22,
        right="tickets.reply",
        why=_("What stands under your answers by mail."),
    ),
    Place(
        region="settings",
        section=MAIL,
        key="mailboxes",
        label=_("Mailboxes"),
        url_name="mail:mailboxes",
        icon="mailbox",
        order=200,
        right="mail.manage",
        why=_("The addresses that customers write to, and who gets their mail."),
    ),
    Place(
        region="settings",
        section=MAIL,
        key="health",
        label=_("Health"),
        url_name="mail:health",
        icon="heart-pulse",
        order=205,
        right="mail.see_health",
        why=_("How mail is doing: what came, what waits, what failed, and where to mend it."),
    ),
    Place(
        region="settings",
        section=MAIL,
        key="outbox",
        label=_("Outbox"),
        url_name="mail:outbox",
        icon="send",
        order=210,
        right="mail.see_health",
        why=_("Mail that waits, failed, or perhaps did not arrive."),
    ),
    Place(
        region="settings",
        section=MAIL,
        key="held",
        label=_("Held mail"),
        url_name="mail:held",
        icon="mail-question-mark",
        order=212,
        right="mail.decide",
        why=_("Mail that waits for somebody to say where it belongs."),
    ),
    Place(
        region="settings",
        section=MAIL,
        key="spam",
        label=_("Spam"),
        url_name="mail:spam",
        icon="shield-alert",
        order=214,
        right="mail.decide",
        why=_("Mail that was taken for spam; one click makes it a ticket."),
    ),
    Place(
        region="settings",
        section=MAIL,
        key="senders",
        label=_("Listed senders"),
        url_name="mail:senders",
        icon="list-checks",
        order=216,
        right="mail.decide",
        why=_("Senders whose mail is always taken, and those whose mail never is."),
    ),
    Place(
        region="settings",
        section=MAIL,
        key="suppressed",
        label=_("Blocked addresses"),
        url_name="mail:suppressed",
        icon="mail-x",
        order=215,
        right="mail.see_health",
        why=_("Addresses that get no mail any more, because it came back for good or they complained."),
    ),
    Place(
        region="settings",
        section=MAIL,
        key="quarantine",
        label=_("Quarantine"),
        url_name="mail:quarantine",
        icon="mail-warning",
        order=220,
        right="mail.see_health",
        why=_("Mail that could not be taken in, with the reason. Nothing is thrown away."),
    ),
]
CAUGHT = Place(
    region="settings",
    section=MAIL,
    key="caught",
    label=_("Caught mail"),
    url_name="mail:caught",
    icon="fish",
    order=230,
    right="mail.read_caught",
    why=_("What this desk would have sent if a mail server were set."),
)

#: On the page of a message: sending it on.
FORWARD = Aside(
    key="forward",
    channel="email",
    label=_("Forward"),
    route="mail:forward",
    right="tickets.reply",
    icon="forward",
)
#: On the page of a message: why it lies where it lies.
PLACEMENT = Aside(
    key="placement",
    channel="email",
    label=_("Why it is here"),
    route="mail:placement",
    icon="waypoints",
    panel=True,
    fold=True,
)
#: Under an invitation: answering it.
INVITATION = Aside(
    key="invitation",
    channel="email",
    label=_("Answer the invitation"),
    route="mail:invitation-answer",
    of_event=True,
)
#: On a message that may belong to another ticket: putting it there.
PERHAPS = Aside(
    key="perhaps",
    channel="email",
    label=_("Where it may belong"),
    route="mail:perhaps",
    of_doubt=True,
)
