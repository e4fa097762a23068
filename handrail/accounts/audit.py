"""Write the security audit, and prove that nobody changed it.

Each entry's digest covers its content and the digest before it, under a key made from the secret key: a
changed, removed or inserted row breaks the chain, and so does one by somebody who has the database alone.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from handrail.accounts.events import AuditWritten
from handrail.accounts.models.audit import AuditEntry
from handrail.accounts.sealing import secret_keys
from handrail.accounts.words import DETAILS, VALUES
from handrail.events import publish
from handrail.events.models import FactRow

if TYPE_CHECKING:
    from handrail.accounts.models.user import User

#: Entries are written one after the other: the number of the advisory lock they wait for.
LOCK = 0x4155444954
Value = str | int | bool | list[str] | None


class Subject(Protocol):
    """Anything an entry can be about: it has an id, and its str() is its name."""

    @property
    def pk(self) -> UUID: ...


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A place where the chain is broken. what: missing | altered | unknown key | cut off."""

    number: int
    what: str


_words: dict[str, str | Promise] = {}


def declare(words: Mapping[str, str | Promise]) -> None:
    """Make kinds of entries known: kind → words that follow the actor's name ("signed in")."""
    _words.update(words)


def words_for(kind: str) -> str | Promise:
    return _words.get(kind, kind)


def words_of(details: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Each detail that says something: the word before it, and what it says, in the reader's language."""
    for key, value in details.items():
        if value not in ("", None, []):
            yield str(DETAILS.get(key, key.replace("_", " "))), _in_words(key, value)


def _in_words(key: str, value: Value) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(_in_words(key, each) for each in value)
    return str(VALUES.get((key, str(value)), value))


@transaction.atomic
def record(
    kind: str, *, by: "User | None", about: Subject | None = None, at: datetime, **details: Value
) -> AuditEntry:
    """Add one entry, in the caller's transaction. Who is behind `by`, and from where, comes along."""
    _wait_for_turn()
    last = AuditEntry.objects.newest_first().first()
    behind = by.disguised_by if by else None
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=at,
        kind=kind,
        actor_id=by.pk if by else None,
        actor=_name(by),
        behind_id=behind.pk if behind else None,
        behind=_name(behind),
        subject_id=about.pk if about else None,
        subject=_name(about),
        address=by.from_address if by else str(details.pop("address", "") or ""),
        details=details,
        previous=last.digest if last else "",
    )
    entry.key, entry.digest = next(_seals(entry))
    entry.save(force_insert=True)
    publish(AuditWritten(entry_id=entry.pk, number=entry.number, digest=entry.digest, at=at))
    return entry


def verify(*, newest: int | None = None) -> Iterator[Fault]:
    """Walk the chain and name every break; newest: only so many. Its end is compared with the timeline."""
    number, digest = _before_the(newest) if newest else (0, "")
    for entry in AuditEntry.objects.filter(number__gt=number).order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield Fault(number=number + 1, what="missing")
        elif entry.previous != digest:
            yield Fault(number=entry.number, what="altered")
        if what := _wrong(entry):
            yield Fault(number=entry.number, what=what)
        number, digest = entry.number, entry.digest
    yield from _compared_with_the_timeline(number, digest)


def _before_the(newest: int) -> tuple[int, str]:
    """The number and digest of the entry before the newest so many."""
    found = AuditEntry.objects.newest_first().values_list("number", "digest")[newest : newest + 1]
    return next(iter(found), (0, ""))


def _compared_with_the_timeline(number: int, digest: str) -> Iterator[Fault]:
    """A chain cut off at its end is whole in itself; the timeline remembers how far it had come."""
    told = FactRow.objects.filter(kind=AuditWritten.kind).order_by("-id").first()
    if told is not None and told.payload["number"] > number:
        yield Fault(number=number + 1, what="cut off")
    elif told is not None and told.payload["digest"] != digest:
        yield Fault(number=number, what="altered")


def _wrong(entry: AuditEntry) -> str:
    """What is wrong with the seal of one entry; nothing when it holds."""
    seals = dict(_seals(entry))
    if entry.key not in seals:
        return "unknown key"
    return "" if hmac.compare_digest(seals[entry.key], entry.digest) else "altered"


def _seals(entry: AuditEntry) -> Iterator[tuple[str, str]]:
    """For each secret key, newest first: its short name and the digest it makes."""
    content = json.dumps(entry.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    for secret in secret_keys():
        key = sha256(f"handrail.audit\n{secret}".encode()).digest()
        yield sha256(key).hexdigest()[:8], hmac.new(key, content, sha256).hexdigest()


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _name(thing: object | None) -> str:
    return str(thing)[:254] if thing is not None else ""
