"""Mailboxes, and the mail that came in, goes out, or was caught on its way."""

from handrail.channels.email.models.account import EmailAccount
from handrail.channels.email.models.auto_answer import AutoAnswer
from handrail.channels.email.models.caught import CaughtMail
from handrail.channels.email.models.chosen import ChosenMailbox
from handrail.channels.email.models.delivery import Delivery
from handrail.channels.email.models.dispatch import Dispatch
from handrail.channels.email.models.hook import MailHook
from handrail.channels.email.models.invited import InvitationAnswer
from handrail.channels.email.models.learned import Precedent, SpamLesson, SpamTrait
from handrail.channels.email.models.listed import ListedSender
from handrail.channels.email.models.obstacle import Obstacle
from handrail.channels.email.models.outgoing import OutgoingMail
from handrail.channels.email.models.pace import SenderPace
from handrail.channels.email.models.raw import RawMail
from handrail.channels.email.models.road import ImapRoad
from handrail.channels.email.models.sending import Sending
from handrail.channels.email.models.signature import Signature
from handrail.channels.email.models.suppression import Suppression

__all__ = [
    "AutoAnswer",
    "CaughtMail",
    "ChosenMailbox",
    "Delivery",
    "Dispatch",
    "EmailAccount",
    "ImapRoad",
    "InvitationAnswer",
    "ListedSender",
    "MailHook",
    "Obstacle",
    "OutgoingMail",
    "Precedent",
    "RawMail",
    "SenderPace",
    "Sending",
    "Signature",
    "SpamLesson",
    "SpamTrait",
    "Suppression",
]
