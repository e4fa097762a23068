"""Narrowing a view: whose, how urgent, which state, which tag. What makes no sense is ignored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q

from handrail.tickets.models import Tagging, Ticket


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What somebody chose, as it stands in the address of the page. owner: an agent's id, or "nobody"."""

    owner: str = ""
    priority: str = ""
    status: str = ""
    tag: str = ""
    q: str = ""
    chosen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Filters":
        """The filters in the query of an address; unknown values fall away."""
        owner = given.get("owner", "")
        status = given.get("status", "")
        priority = given.get("priority", "")
        chosen = {
            "owner": owner if owner == "nobody" or _is_uuid(owner) else "",
            "priority": priority if priority in map(str, Ticket.Priority.values) else "",
            "status": status if status in Ticket.Status.values else "",
            "tag": given.get("tag", "").strip().lower()[:50],
            "q": given.get("q", "").strip()[:200],
        }
        chosen = {key: word for key, word in chosen.items() if word}
        return cls(**chosen, chosen=chosen)

    @property
    def condition(self) -> Q:
        """What the tickets must fulfil, apart from the searched words."""
        found = Q()
        if self.owner:
            found &= Q(owner=None) if self.owner == "nobody" else Q(owner=self.owner)
        if self.priority:
            found &= Q(priority=int(self.priority))
        if self.status:
            found &= Q(status=self.status)
        if self.tag:
            found &= Q(pk__in=Tagging.objects.filter(tag__name=self.tag).values("ticket"))
        return found

    @property
    def narrowed(self) -> bool:
        """Whether something besides words was chosen."""
        return bool(self.chosen.keys() - {"q"})

    @property
    def query(self) -> str:
        """The same as part of an address, with its question mark; empty when nothing is chosen."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    def without(self, *keys: str) -> str:
        """The query without some of the choices."""
        left = {key: word for key, word in self.chosen.items() if key not in keys}
        return f"?{urlencode(left)}" if left else "?"

    def with_one(self, key: str, word: str) -> str:
        """The query with one choice more, or another one."""
        return f"?{urlencode({**self.chosen, key: word})}"


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
