"""Which earlier mails a mail program names in an answer; what is known of programs, not of mails."""

import re
from enum import Enum

from handrail.channels.email.inbound import ReadMail


class Naming(Enum):
    """ALL: the whole conversation so far (RFC 5322); PARENT: what was answered, in In-Reply-To; NOTHING."""

    ALL = "all"
    PARENT = "parent"
    NOTHING = "nothing"


_NOTHING = re.compile(
    r"(?i)Internet Mail Service|\bAOL\b|AngleMail|Atlas Mailer|Eircom Net|MIME-tools|MIME::Lite|MSN Explorer|"
    r"Notes Release"
)
_PARENT = re.compile(
    r"(?i)Pine|Outlook IMO|Outlook, Build|Outlook CWS|Apple Mail \(2\.[45]|Pegasus|^\[?n?mh-|^mh-e|"
    r"Yahoo Groups|Entourage|Outlook.Express.Mac|WorldClient|Eudora"
)
# The form of an id tells the program where no header does: Hotmail (in the browser, by Outlook Express) and
# Exchange 2000; Outlook, Pegasus, Pine and Yahoo.
_ID_OF_NOTHING = re.compile(r"(?i)(?:F|OE)\d\w+@hotmail|[\dA-F]{38,}@")
_ID_OF_PARENT = re.compile(r"[A-P]{28}\.|[\dA-F]{8}\.\d+\.[\dA-F]+@|Pine|\d+\.\d+\.qmail")
# An id that Postfix, Sendmail or Exim made is of a small program that left this to the server.
_ID_OF_SERVER = re.compile(
    r"(?:\d{14}\.(?!G[A-Z]\d)[A-Z\d]+(?:-\d+)?|\d{12}\.[A-Za-z\d]+|[A-Za-z\d]{6}-[A-Za-z\d]{6}-\d\d)@"
)


def naming_of(mail: ReadMail) -> Naming:
    if "Exchange" in mail.fields.text("x-mimeole") or _ID_OF_NOTHING.match(mail.message_id):
        return Naming.NOTHING
    program = mail.fields.text("x-mailer") or mail.fields.text("user-agent")
    if program:
        return _by_program(program)
    is_small = _ID_OF_PARENT.match(mail.message_id) or _ID_OF_SERVER.match(mail.message_id)
    return Naming.PARENT if is_small else Naming.ALL


def _by_program(program: str) -> Naming:
    if _NOTHING.search(program[:200]):
        return Naming.NOTHING
    return Naming.PARENT if _PARENT.search(program[:200]) else Naming.ALL
