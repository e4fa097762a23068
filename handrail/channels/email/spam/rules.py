"""Plain rules, for a desk whose filter has learned too little yet: each sign has points, six are spam."""

import re
from collections.abc import Iterator

from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.spam.traits import LOOKED_AT

SPAM_POINTS = 6

#: Phrases that honest mail to a service desk hardly ever has.
_PHRASES = re.compile(
    r"(?i)\b(viagra|cialis|casino|lottery|jackpot|million (us )?dollars|next of kin|risk[- ]free|act now|"
    r"no obligation|100% free|lose weight|work from home|make money|be your own boss|extra income|"
    r"adult (site|dating)|hot singles|enlarge|cheap meds|online pharmacy|refinanc\w+|get out of debt|"
    r"this is not spam|you have been selected|claim your|bulk e-?mail|"
    r"remove(d)? from (our|this) (mailing )?list|"
    r"click (here|below) to (unsubscribe|remove|be removed)|lotterie|gl[üu]cksspiel|sie haben gewonnen|"
    r"schnell geld verdienen|kredit ohne schufa|potenzmittel)\b"
)
_MONEY = re.compile(r"[$€£]\s?\d{2,}|\b\d{1,3}(?:,\d{3}){2,}\b|\d{2,3}\s?%")
_NUMBER_LINK = re.compile(r"https?://(?:[^\s/@]{0,80}@)?\d{1,3}(?:\.\d{1,3}){3}\b")
_UPSTREAM = ("x-spam-flag", "x-spam", "x-spam-status", "x-ms-exchange-organization-scl")
_MOST_PHRASES = 4


def signs_of(mail: ReadMail) -> dict[str, int]:
    """The signs that the mail shows, by name, with their points."""
    return dict(_signs(mail))


def _signs(mail: ReadMail) -> Iterator[tuple[str, int]]:
    text = mail.text[:LOOKED_AT]
    phrases = {found[0].lower() for found in _PHRASES.finditer(f"{mail.subject[:500]}\n{text}")}
    if phrases:
        yield "phrases", 3 * min(len(phrases), _MOST_PHRASES)
    if _said_upstream(mail):
        yield "upstream", SPAM_POINTS
    if len(mail.subject) >= 10 and mail.subject.isupper():
        yield "subject-shouts", 3
    if "!!" in mail.subject or _MONEY.search(mail.subject[:500]):
        yield "subject-sells", 2
    if _NUMBER_LINK.search(text) or _NUMBER_LINK.search((mail.html or "")[: LOOKED_AT * 2]):
        yield "link-to-number", 4
    yield from _form(mail, text)


def _form(mail: ReadMail, text: str) -> Iterator[tuple[str, int]]:
    if mail.sender_source != "from":
        yield "no-sender", 4
    if "message-id-missing" in mail.problems:
        yield "no-message-id", 3
    if "date-missing" in mail.problems:
        yield "no-date", 2
    if mail.html and mail.has_remote_images and len(text) < 200:
        yield "only-pictures", 3
    if not mail.to and not mail.cc:
        yield "no-readers", 2


def _said_upstream(mail: ReadMail) -> bool:
    """A filter on the way called it spam. That only ever harms who forges it."""
    values = [mail.fields.value(name) for name in _UPSTREAM]
    return any(value.startswith("yes") for value in values[:3]) or values[3] in {"5", "6", "7", "8", "9"}
