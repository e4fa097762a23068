"""Who wrote a mail: a person, or which sort of machine (RFC 3834, 3464, 2919 and common habit)."""

import re
from enum import StrEnum

from handrail.channels.email.addresses import Address
from handrail.channels.email.headers import Fields
from handrail.channels.email.structure import Part


class Kind(StrEnum):
    PERSON = "person"
    AUTO_REPLY = "auto-reply"  # out of office and the like
    AUTOMATIC = "automatic"  # written by a machine on its own: monitors, shops, job runs
    BOUNCE = "bounce"
    RECEIPT = "receipt"  # tells that a mail was read
    LIST = "list"
    CALENDAR = "calendar"


#: What reports on a mail of ours comes from a server, not from who it went to.
REPORTS = frozenset({Kind.BOUNCE, Kind.RECEIPT})

_MAILER = re.compile(r"(?i)(mailer-daemon|mail-daemon|postmaster|maildaemon|mail\.daemon)")
_BOUNCE_SUBJECT = re.compile(
    r"(?i)^\s*(undeliver|delivery (status|has failed|failure|failed)|mail delivery|mail system error|"
    r"returned mail|failure notice|message undeliverable|nicht zustellbar|unzustellbar|"
    r"benachrichtun?g .*bermittlungsstatus|"
    r"non remis|notification d.[ée]tat de remise|no se puede entregar|undelivered)"
)
# A colon must follow: "Out of office module broken" is a person's trouble.
_AWAY_SUBJECT = re.compile(
    r"(?i)^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office( autoreply| reply)?|"
    r"automatische antwort|abwesenheitsnotiz|abwesend|r[ée]ponse automatique|absence du bureau|"
    r"respuesta autom[áa]tica|fuera de la oficina|risposta automatica|fuori sede|automatisch antwoord|"
    r"afwezigheidsassistent|resposta autom[áa]tica|autosvar|automaattinen vastaus|automatyczna odpowied[źz]|"
    r"automatick[áa] odpov[ěe][ďd]|автоматический ответ|自動応答|自动(?:回复|答复)|自動(?:回覆|回信|返信)|"
    r"otomatik yan[ıi]t|automatisk svar|automatikus v[áa]lasz|r[ăa]spuns automat|αυτόματη απάντηση|"
    r"автоматична відповідь|자동 (?:회신|응답)|תשובה אוטומטית|מענה אוטומטי|رد تلقائي|پاسخ خودکار|"
    r"resposta autom[àa]tica|automatski odgovor|samodejni odgovor|аутоматски одговор|"
    r"автоматич(?:ен|ан) (?:отговор|одговор)|tr[ảa] l[ờo]i t[ựu] [đd][ộo]ng|ตอบกลับอัตโนมัติ|"
    r"(?:balasan|jawaban) otomatis|automaatvastus|autom[āa]tisk[āa] atbilde|automatinis atsakymas|"
    r"sj[áa]lfvirkt svar)\s*[:：]"
)
_LIST_PRECEDENCE = frozenset({"bulk", "list", "junk"})
_MAILING = ("list-id", "list-post", "list-unsubscribe", "mailing-list", "x-mailing-list")
_AUTO_REPLY_FIELDS = (
    "x-autoreply",
    "x-autorespond",
    "x-auto-reply",
    "x-auto-reply-from",
    "x-autoreply-from",
    "x-mail-autoreply",
)


def kind_of(mail: Part, *, sender: Address | None, subject: str) -> Kind:
    """The kind of a mail. `X-Auto-Response-Suppress` alone says nothing: people's mail carries it too."""
    fields = mail.fields
    if _is_report(mail, "disposition-notification"):
        return Kind.RECEIPT
    if _is_bounce(mail, sender, subject):
        return Kind.BOUNCE
    if _is_auto_reply(fields, subject):
        return Kind.AUTO_REPLY
    if _has_invitation(mail):
        return Kind.CALENDAR
    if fields.value("precedence") in _LIST_PRECEDENCE or any(fields.raw(name) for name in _MAILING):
        return Kind.LIST
    return Kind.AUTOMATIC if _is_automatic(fields) else Kind.PERSON


def _is_report(mail: Part, kind: str) -> bool:
    return (mail.media_type == "multipart/report" and mail.type.get("report-type").lower() == kind) or any(
        part.media_type == f"message/{kind}" for part in mail.parts
    )


def _is_bounce(mail: Part, sender: Address | None, subject: str) -> bool:
    fields = mail.fields
    from_mailer = bool(sender and _MAILER.match(sender.address))
    return (
        _is_report(mail, "delivery-status")
        or fields.raw("x-failed-recipients") is not None
        or from_mailer
        or (has_no_way_back(fields) and bool(_BOUNCE_SUBJECT.match(subject)))
    )


def has_no_way_back(fields: Fields) -> bool:
    """The envelope sender is empty, as RFC 5321 wants it of every mail that must not be answered."""
    return "".join(fields.text("return-path").split()) == "<>"


def _is_auto_reply(fields: Fields, subject: str) -> bool:
    return (
        fields.value("auto-submitted").startswith("auto-replied")
        or any(fields.raw(name) is not None for name in _AUTO_REPLY_FIELDS)
        or fields.value("precedence") == "auto_reply"
        or fields.value("x-precedence") == "auto_reply"
        or bool(_AWAY_SUBJECT.match(subject))
    )


def _is_automatic(fields: Fields) -> bool:
    submitted = fields.value("auto-submitted")
    return (bool(submitted) and submitted != "no") or has_no_way_back(fields)


def _has_invitation(mail: Part) -> bool:
    return any(part.media_type == "text/calendar" and part.type.get("method") for part in mail.walk())
