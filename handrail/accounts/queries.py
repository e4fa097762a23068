"""Reads for the pages of this room."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from handrail.accounts import audit as chain
from handrail.accounts.models import AuditEntry, Brand, Role, User
from handrail.kit.ids import uuid_or_none

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class AuditQuestion:
    """What somebody wants to see of the audit. before: entries with a smaller number; about: a user's id."""

    before: int | None
    kind: str
    about: UUID | None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "AuditQuestion":
        """From the address of a page; what makes no sense counts as not asked."""
        before = asked.get("before", "")
        return cls(
            before=int(before) if before.isdecimal() and len(before) < 18 else None,
            kind=asked.get("kind", ""),
            about=uuid_or_none(asked.get("about", "")),
        )


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """One entry with the words that tell what happened."""

    entry: AuditEntry
    words: str | Promise
    details: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    """Some entries, newest first. older: the number to ask for more with; None at the end."""

    lines: list[AuditLine]
    older: int | None


def audit(user: User, asked: AuditQuestion) -> AuditPage:
    """What this user may see of the audit; two queries, however long it is."""
    rows = AuditEntry.objects.visible_to(user).newest_first()
    if asked.before:
        rows = rows.filter(number__lt=asked.before)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.about:
        rows = rows.concerning(asked.about)
    entries = list(rows[: PAGE + 1])
    lines = [_line(entry) for entry in entries[:PAGE]]
    return AuditPage(lines=lines, older=entries[PAGE - 1].number if len(entries) > PAGE else None)


def _line(entry: AuditEntry) -> AuditLine:
    details = list(chain.words_of(entry.details))
    return AuditLine(entry=entry, words=chain.words_for(entry.kind), details=details)


def roles() -> QuerySet[Role]:
    """Every role with the number of people who have it, as `people`."""
    return Role.objects.annotate(people=Count("users")).order_by("-people", "name")


def roles_to_give(user: User) -> list[Role]:
    """The colleagues' roles this user may hand out: none that may do more than they."""
    return [role for role in Role.objects.exclude(key="customer") if user.role.covers(role)]


def brands_to_give(user: User) -> QuerySet[Brand]:
    """The brands this user may let others work for: their own; every one, for who may do everything."""
    return Brand.objects.all() if user.role.grants("*") else Brand.objects.filter(pk__in=user.brand_ids)
