"""Every status a ticket can have, by its key: the categories' own words, and those that admins named.

Who may move a ticket from which to which is known here too; it is asked by the verbs, so that a page and a
program are answered alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from handrail.fields.editions import ByEdition, current
from handrail.fields.words import words_in
from handrail.tickets.models.categories import DONE, LIVE, Category
from handrail.tickets.models.status import ForbiddenMove, Move, Status


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One status. id: None for the category's own word. into: of a retired one, where its tickets go."""

    key: str
    category: Category
    labels: Mapping[str, str] = field(default_factory=dict)
    id: UUID | None = None
    retired: bool = False
    into: UUID | None = None

    @property
    def words(self) -> str:
        return words_in(self.labels) or str(self.category.label)

    @property
    def is_done(self) -> bool:
        return self.category in DONE


@dataclass(frozen=True, kw_only=True)
class Stages:
    """All statuses in order. forbidden: by the key of a role, the moves its people do not make."""

    all: tuple[Stage, ...]
    forbidden: Mapping[str, frozenset[Move]]

    def of(self, status: str, stage_id: UUID | None) -> Stage:
        """The status of a ticket by its two columns."""
        found = next((each for each in self.all if each.id == stage_id), None) if stage_id else None
        return found or self.by_key(status) or Stage(key=status, category=Category(status))

    def by_key(self, key: str) -> Stage | None:
        return next((each for each in self.all if each.key == key), None)

    def words_of(self, key: str) -> str:
        """The words of a status that is or was; the key itself when nobody knows it any more."""
        found = self.by_key(key)
        return found.words if found else key

    @property
    def offered(self) -> tuple[Stage, ...]:
        """Those a ticket can be moved to by hand."""
        return tuple(each for each in self.all if not each.retired and each.category != Category.MERGED)

    def may(self, role: str, was: str, now: str) -> bool:
        """Whether people of this role move tickets so."""
        return (was, now) not in self.forbidden.get(role, frozenset())


def stages(*, edition: UUID | None = None) -> Stages:
    """The statuses as they are set up now. edition: for whoever has asked for it already."""
    return _STAGES.at(edition or current())


def _read() -> Stages:
    named = [
        Stage(
            key=row.key,
            category=Category(row.category),
            labels=row.labels,
            id=row.pk,
            retired=row.retired_at is not None,
            into=row.into_id,
        )
        for row in Status.objects.all()
    ]
    every: list[Stage] = []
    for category in (*LIVE, *DONE):
        every.append(Stage(key=category, category=Category(category)))
        every += [each for each in named if each.category == category]
    forbidden: dict[str, set[Move]] = {}
    for role, was, now in ForbiddenMove.objects.values_list("role__key", "was", "now"):
        forbidden.setdefault(role, set()).add((was, now))
    return Stages(all=tuple(every), forbidden={role: frozenset(moves) for role, moves in forbidden.items()})


_STAGES = ByEdition(_read)
