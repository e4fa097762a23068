"""A mail of the outbox with all that it is made of, read with SQL that is written once.

Tens of mails leave in a second, and building this query costs more than everything else about one of them.
"""

from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from handrail.accounts.models import Brand
from handrail.channels.email.models.account import EmailAccount
from handrail.channels.email.models.dispatch import Dispatch
from handrail.channels.email.models.outgoing.queryset import OutgoingMails
from handrail.kit.prepared import Prepared, columns_of
from handrail.team.models import Agent
from handrail.tickets.models import Message, Ticket

if TYPE_CHECKING:
    from handrail.channels.email.models.outgoing import OutgoingMail

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]


def in_hand(mail_id: UUID) -> "OutgoingMail | None":
    """The mail, its row locked, with its words and its mailbox; None when somebody else has it now."""
    rows = _IN_HAND.rows(mail=mail_id)
    if not rows:
        return None
    (mail,) = _made(rows[0], _mail_model())
    if mail.message_id:
        _give_message(mail)
    if mail.dispatch_id:
        _give_dispatch(mail)
    if mail.account_id:
        mail.account = _mailbox(mail.account_id)
    return cast("OutgoingMail", mail)


def _give_message(mail: Any) -> None:
    for row in _MESSAGE.rows(message=mail.message_id):
        mail.message, mail.message.ticket, agent = _made(row, Message, Ticket, Agent)
        if agent.pk:
            mail.message.agent = agent


def _give_dispatch(mail: Any) -> None:
    for row in _DISPATCH.rows(dispatch=mail.dispatch_id):
        mail.dispatch, mail.dispatch.ticket = _made(row, Dispatch, Ticket)
        mail.dispatch.account = _mailbox(mail.dispatch.account_id)


def _mailbox(account_id: UUID) -> EmailAccount | None:
    for row in _MAILBOX.rows(account=account_id):
        account, brand = _made(row, EmailAccount, Brand)
        account.brand = brand
        return cast(EmailAccount, account)
    return None


def _made(row: Row, *kinds: type[M]) -> list[Any]:
    """The objects of these kinds whose columns stand in the row one after the other."""
    made, begin = [], 0
    for kind in kinds:
        names = _columns(kind)
        made.append(kind.from_db("default", names, row[begin : begin + len(names)]))
        begin += len(names)
    return made


def _columns(kind: type[models.Model], path: str = "") -> list[str]:
    return [f"{path}{column}" for column in columns_of(kind)]


def _mail_model() -> type[models.Model]:
    return apps.get_model("channels_email", "OutgoingMail")


def _locked(*, mail: UUID) -> "QuerySet[Any, Row]":
    rows = OutgoingMails(_mail_model()).filter(pk=mail, state="sending").select_for_update()
    return rows.values_list(*_columns(_mail_model()))


def _message(*, message: UUID) -> "QuerySet[Any, Row]":
    of_ticket, of_agent = _columns(Ticket, "ticket__"), _columns(Agent, "agent__")
    return Message.objects.filter(pk=message).values_list(*_columns(Message), *of_ticket, *of_agent)


def _dispatch(*, dispatch: UUID) -> "QuerySet[Any, Row]":
    rows = Dispatch.objects.filter(pk=dispatch)
    return rows.values_list(*_columns(Dispatch), *_columns(Ticket, "ticket__"))


def _account(*, account: UUID) -> "QuerySet[Any, Row]":
    rows = EmailAccount.objects.filter(pk=account)
    return rows.values_list(*_columns(EmailAccount), *_columns(Brand, "brand__"))


_IN_HAND, _MESSAGE = Prepared(_locked), Prepared(_message)
_DISPATCH, _MAILBOX = Prepared(_dispatch), Prepared(_account)
