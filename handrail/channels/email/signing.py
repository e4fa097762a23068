"""Who a mail is from, and what stands under it. A few names in braces become values; nothing is computed."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.channels.email.models import EmailAccount, Sending, Signature
from handrail.kit.prepared import Prepared
from handrail.kit.text import one_line, storable
from handrail.team.models import Agent
from handrail.ui.reading import as_html

#: The names that stand for something in a signature; everything else in braces stays as it is written.
VARIABLES = ("agent", "title", "brand", "mailbox")
_VARIABLE = re.compile(r"\{(" + "|".join(VARIABLES) + r")\}")
#: Mail programs know this line, and fold or cut what stands below (RFC 3676, 4.3).
DELIMITER = "-- "


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A mail's words with what stands under them. html: empty when the mail has none."""

    text: str
    html: str


def author_of(agent: Agent, mailbox: EmailAccount, *, sending: Sending, language: str) -> str:
    """The name in front of the mailbox's address, in the customer's language."""
    if sending.name_format == Sending.NameFormat.MAILBOX:
        return mailbox.display_name
    if sending.name_format == Sending.NameFormat.AGENT:
        return agent.name
    first = (agent.name.split() or [""])[0]
    with translation.override(language or "en"):
        return _("%(agent)s at %(desk)s") % {"agent": first, "desk": mailbox.display_name}


def signed(text: str, html: str, *, agent: Agent, mailbox: EmailAccount, language: str) -> Signed:
    """The words with the agent's signature and the mailbox's under them, once, plain and in html."""
    under = signature(agent=agent, mailbox=mailbox, language=language)
    if not under:
        return Signed(text=text, html=html)
    lines = "<br>\n".join(as_html(under).split("\n"))
    return Signed(
        text=f"{text}\n\n{DELIMITER}\n{under}",
        html=f"{html}\n<p>{DELIMITER}<br>\n{lines}</p>" if html else "",
    )


def signature(*, agent: Agent, mailbox: EmailAccount, language: str) -> str:
    """Both signatures with their variables filled in; empty when neither is written."""
    wanted = ["", language, language.partition("-")[0]]
    of_agent, of_mailbox = "", ""
    for agent_id, text in _SIGNATURES.rows(agent=agent.pk, account=mailbox.pk, languages=wanted):
        if agent_id:  # a text in the reader's language takes the place of the one for everybody
            of_agent = text
        else:
            of_mailbox = text
    values = {
        "agent": agent.name,
        "title": agent.title,
        "brand": mailbox.brand.name,
        "mailbox": mailbox.display_name,
    }
    return filled("\n".join(text for text in (of_agent, of_mailbox) if text), values)


def filled(template: str, values: dict[str, str]) -> str:
    """The template with its variables replaced in one pass; a value is never read again."""
    text = storable(template)
    return _VARIABLE.sub(lambda found: one_line(values[found[1]], limit=200), text).strip()


def _signatures(*, agent: UUID, account: UUID, languages: list[str]) -> "QuerySet[Any, tuple[UUID, str]]":
    """In order of their languages: the one for everybody comes first."""
    owners = Q(agent=agent) | Q(account=account)
    rows = Signature.objects.filter(owners, language__in=languages).order_by("language")
    return rows.values_list("agent_id", "text")


_SIGNATURES = Prepared(_signatures)
