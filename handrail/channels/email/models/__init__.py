"""Mailboxes, and the mail that came in, goes out, or was caught on its way."""

from handrail.channels.email.models.account import EmailAccount
from handrail.channels.email.models.caught import CaughtMail
from handrail.channels.email.models.outgoing import OutgoingMail
from handrail.channels.email.models.raw import RawMail

__all__ = ["CaughtMail", "EmailAccount", "OutgoingMail", "RawMail"]
