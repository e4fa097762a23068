"""Who a mail's sender really is, by what the server that took it in found out (RFC 8601, RFC 7489).

Only results stamped under one of our own servers' names count, and only where such a server puts them:
anybody can write the same header further down. Nothing configured or nothing stamped means not verified.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from handrail.channels.email.headers import Fields
from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.kinds import Kind

#: So much of one stamp is read.
STAMP_CHARS = 4_000
MOST_STAMPS = 20
_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*([^\s;]+)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_FAILED = re.compile(r"\bdmarc\s*=\s*fail", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_BY = re.compile(r"\bby\s+([^\s;()]+)", re.IGNORECASE)
#: Kinds that a machine writes; an invitation is sent by a person.
_MACHINES = frozenset({Kind.AUTO_REPLY, Kind.AUTOMATIC, Kind.BOUNCE, Kind.RECEIPT, Kind.LIST})


class SenderState(StrEnum):
    """How sure we are of the address in From."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    FAILED = "failed"
    AUTOMATED = "automated"


@dataclass(frozen=True, kw_only=True)
class Result:
    """One method's outcome, and the domain it speaks for."""

    method: str
    outcome: str
    domain: str


def state_of(mail: ReadMail, *, servers: Collection[str]) -> SenderState:
    """The state of a mail's sender. servers: the names our own mail servers stamp results with."""
    stamps = _trusted_stamps(mail.fields, {name.lower() for name in servers})
    # Looked for in all that was stamped: what a sender can slip into it may hide no failure.
    if any(_FAILED.search(stamp) for stamp in stamps):
        return SenderState.FAILED
    if mail.kind in _MACHINES:
        return SenderState.AUTOMATED
    if mail.sender is None or mail.sender_source != "from" or "from-twice" in mail.problems:
        return SenderState.UNVERIFIED
    domain = mail.sender.normal.rpartition("@")[2]
    # The topmost stamp gives, further ones can only take away: a forged one would stand below.
    vouched = bool(stamps) and _vouched(_results(stamps[0]), domain)
    return SenderState.VERIFIED if vouched else SenderState.UNVERIFIED


def _vouched(results: Iterable[Result], domain: str) -> bool:
    """DMARC decides where it was looked at; else a signature or a sending host of the same domain does."""
    found = list(results)
    if any(result.method == "dmarc" and result.outcome not in ("none", "pass") for result in found):
        return False
    return any(result.outcome == "pass" and _speaks_for(result, domain) for result in found)


def _speaks_for(result: Result, domain: str) -> bool:
    return bool(result.domain) and (domain == result.domain or domain.endswith(f".{result.domain}"))


def _trusted_stamps(fields: Fields, servers: set[str]) -> list[str]:
    """What our own servers stamped, newest first, without the name of the server."""
    stamps = map(_stamp, _zone(fields, servers)) if servers else ()
    return [said for server, said in stamps if server in servers]


def _zone(fields: Fields, servers: set[str]) -> list[bytes]:
    """The stamps above the first trace line that is not of our own servers, newest first.

    Every server puts its trace and its stamp on top; what stands below a foreign trace came from outside.
    """
    found: list[bytes] = []
    for name, value in fields.items:
        if name == "received" and not _is_ours(value, servers):
            break
        if name == "authentication-results":
            found.append(value)
    return found[:MOST_STAMPS]


def _is_ours(trace: bytes, servers: set[str]) -> bool:
    by = _BY.search(_COMMENT.sub(" ", trace[:STAMP_CHARS].decode("latin-1")))
    return bool(by) and by[1].lower().rstrip(".") in servers  # type: ignore[index]


def _stamp(value: bytes) -> tuple[str, str]:
    """The name of the server, and what it says; folding is undone."""
    text = " ".join(value[:STAMP_CHARS].decode("latin-1").split())
    server, _, said = text.partition(";")
    return (_without_comments(server).split() or [""])[0].lower(), said


def _without_comments(text: str) -> str:
    """Comments within comments too; each round takes the innermost."""
    for _round in range(10):
        shorter = _COMMENT.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return text


def _results(said: str) -> list[Result]:
    """Quotations and comments hold what the sender chose, and say nothing."""
    found = []
    for part in _without_comments(_QUOTED.sub("quoted", said)).split(";"):
        outcome = _RESULT.search(part)
        if outcome:
            method = outcome[1].lower()
            found.append(Result(method=method, outcome=outcome[2].lower(), domain=_domain(method, part)))
    return found


#: Which property says for whom a method speaks.
_SPEAKS = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def _domain(method: str, part: str) -> str:
    told = {name.lower(): value.lower() for name, value in _PROPERTY.findall(part)}
    named = next((told[name] for name in _SPEAKS[method] if name in told), "")
    return named.rpartition("@")[2].rstrip(".")
