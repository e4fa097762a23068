"""What was found out about a mail, in words: reasons, evidence, warnings, and who sent it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.accounts.rights import Words
from handrail.channels.email.evidence import JOINS_FROM, Sign

SIGNS: dict[Sign, Words] = {
    Sign.TOKEN: _("It was written to the reply address of the ticket, which only who got our mail knows"),
    Sign.MARKER: _("It quotes the reply address of the ticket"),
    Sign.DECIDED: _("A colleague put it there"),
    Sign.OUR_ID: _("It answers a mail that we sent"),
    Sign.KNOWN_ID: _("It answers a mail of the conversation"),
    Sign.LEARNED: _("A colleague put such a mail of this sender there before"),
    Sign.QUOTE: _("It quotes what we wrote"),
    Sign.NAMED: _("It says whom it answers"),
    Sign.NUMBER: _("The subject names the number of the ticket"),
    Sign.SUBJECT: _("The subject is the same"),
    Sign.VERIFIED: _("The sender's mail server vouches for the address"),
    Sign.SENDER: _("The sender takes part in the ticket"),
    Sign.SOON: _("It came soon after the last message"),
}
WARNINGS: dict[str, Words] = {
    "failed-authentication": _("The mail is not from the address it names: its own domain says so."),
    "colleague-unproven": _("It names a colleague as its sender, and nothing proves that."),
    "name-is-address": _("The name of the sender is another address than the real one."),
    "name-of-colleague": _("The sender bears the name of a colleague, from another address."),
    "name-of-ours": _("The sender bears the name of one of our brands."),
    "answers-elsewhere": _("Answers would go to another domain than the sender's."),
    "look-alike-domain": _("A domain in it looks like ours, but is not."),
    "link-elsewhere": _("A link leads elsewhere than it says."),
    "link-to-number": _("A link leads to a bare network address."),
    "false-token": _("It was written to a reply address that is none of ours."),
    "risky-file": _("A file in it can run a program when it is opened."),
}
SENDERS: dict[str, Words] = {
    "verified": _("The sender's mail server vouches for the address."),
    "unverified": _("Nothing proves who sent it."),
    "failed": _("It is not from the address it names."),
    "automated": _("A machine wrote it."),
}
HELD: dict[str, Words] = {
    "our-address": _("It names one of our own mailboxes as its sender"),
    "failed-sender": _("It is not from the address it names"),
    "verification-mail": _("A service asks to prove an address: somebody gave it ours"),
    "machine-knows-address": _("A machine that takes no part wrote to the reply address of a ticket"),
    "place-doubtful": _("It seems to belong to a ticket, but that is not proved"),
    "false-token": _("Its sender tries reply addresses that are none of ours"),
    "too-many": _("The sender wrote very often within an hour"),
    "taken-back": _("A colleague took it out of the spam"),
}
SPAM: dict[str, Words] = {
    "looks-like-spam": _("It looks like spam"),
    "blocked": _("Its sender is blocked"),
    "said-so": _("A colleague said so"),
    "report-of-nothing": _("It reports on a mail that we did not send"),
}
#: Reasons of the quarantine, by the name before the colon; what stands behind it is for experts.
QUARANTINED: dict[str, Words] = {
    "too-large": _("It is too large"),
    "too-many-parts": _("It has too many parts"),
    "too-deep": _("Its parts are nested too deep"),
    "header-too-large": _("Its header is too large"),
    "too-many-fields": _("Its header has too many fields"),
    "nested-comments": _("Its header has comments within comments without end"),
    "no-mailbox": _("It came for no mailbox of ours"),
    "kills-reader": _("The program that reads mail stopped on it each time"),
    "reader-fault": _("The program that reads mail has a fault with it"),
    "took-too-long": _("Reading it took too long"),
    "too-much-memory": _("Reading it took too much memory"),
    "lies-elsewhere": _("The provider handed in only its head; the mail itself lies elsewhere"),
    "never-came": _("The server never sent its content"),
    "sends-too-much": _("Its sender wrote far too often within an hour"),
}
UNKNOWN = _("Something went wrong while it was taken in")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why a mail lies where it lies. points: None where no ticket was in question."""

    points: int | None
    reasons: Sequence[Words]
    warnings: Sequence[tuple[Words, str]]
    sender_state: str
    sender: Words

    @property
    def is_sure(self) -> bool:
        return self.points is not None and self.points >= JOINS_FROM


def evidence_in(findings: Mapping[str, Any]) -> Evidence:
    """The findings of a mail, as its row keeps them, in words. Names of later versions are left out."""
    known = [sign for sign in SIGNS if sign.value in findings.get("signs", ())]
    warned = [(str(sign), str(detail)) for sign, detail in findings.get("warnings", ())]
    state = str(findings.get("state", "unverified"))
    return Evidence(
        points=findings.get("points"),
        reasons=[SIGNS[sign] for sign in known],
        warnings=[(WARNINGS[sign], detail) for sign, detail in warned if sign in WARNINGS],
        sender_state=state,
        sender=SENDERS.get(state, SENDERS["unverified"]),
    )


def quarantine_words(reason: str) -> Words:
    """`too-deep: The mail is nested …` in words for people."""
    return QUARANTINED.get(reason.partition(":")[0].strip(), UNKNOWN)
