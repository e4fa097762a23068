"""The statuses that admins name, within the fixed categories; and who may not move from where to where."""

from collections.abc import Collection
from datetime import datetime

from django.db import models, transaction

from handrail.accounts import audit
from handrail.accounts.models import Role, User
from handrail.fields import editions
from handrail.kit import ids
from handrail.tickets.models.categories import Category

#: A merge makes and unmakes its own status; no admin names one, and nobody moves a ticket there by hand.
NAMEABLE = tuple(category for category in Category if category != Category.MERGED)
#: A move from one status to another, each by its key.
Move = tuple[str, str]


class Status(models.Model):
    """A status by an admin's words. Its category never changes, for what counts and waits stands on it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    key = models.SlugField(max_length=40, unique=True)
    category = models.CharField(max_length=10, choices=Category.choices)
    labels = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    #: Of a retired one: where its tickets go; None: the category's own word.
    into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("position", "key")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(category__in=NAMEABLE), name="status_category_can_be_named"
            ),
            models.CheckConstraint(
                condition=~models.Q(key__in=Category.values), name="status_key_is_no_category"
            ),
            # what ties a ticket's stage to its category, see the migration
            models.UniqueConstraint(fields=["id", "category"], name="status_with_its_category"),
        ]

    class KeyTaken(Exception):
        """There is or was a status of that key."""

    class AnotherCategory(Exception):
        """Tickets of a retired status can only go to one of the same category."""

    def __str__(self) -> str:
        return self.key

    @classmethod
    @transaction.atomic
    def make(
        cls, *, key: str, category: Category, labels: dict[str, str], by: User | None, at: datetime
    ) -> "Status":
        """A status after the others. Raises KeyTaken."""
        if key in Category.values or cls.objects.filter(key=key).exists():
            raise cls.KeyTaken
        last = cls.objects.aggregate(last=models.Max("position"))["last"] or 0
        made = cls.objects.create(key=key, category=category, labels=labels, position=last + 1)
        editions.advance()
        audit.record("status.made", by=by, about=made, at=at, category=str(category))
        return made

    @transaction.atomic
    def edit(self, *, labels: dict[str, str], position: int, by: User | None, at: datetime) -> None:
        """Call it otherwise, or put it elsewhere among the others."""
        self.labels, self.position = labels, position
        self.save(update_fields=["labels", "position"])
        editions.advance()
        audit.record("status.edited", by=by, about=self, at=at, words=sorted(labels.values()))

    @transaction.atomic
    def retire(self, *, into: "Status | None", by: User | None, at: datetime) -> None:
        """Offer it no more; its tickets go elsewhere in the category by a job. Raises AnotherCategory."""
        if into is not None and (into.category != self.category or into.pk == self.pk or into.retired_at):
            raise self.AnotherCategory
        self.retired_at, self.into = at, into
        self.save(update_fields=["retired_at", "into"])
        editions.advance()
        audit.record("status.retired", by=by, about=self, at=at, into=into.key if into else self.category)

    @transaction.atomic
    def restore(self, *, by: User | None, at: datetime) -> None:
        """Offer it again. The tickets that left it stay where they are."""
        self.retired_at, self.into = None, None
        self.save(update_fields=["retired_at", "into"])
        editions.advance()
        audit.record("status.restored", by=by, about=self, at=at)


class ForbiddenMove(models.Model):
    """People of this role do not move tickets from the one status to the other. What is no row is allowed."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    was = models.CharField(max_length=40)
    now = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "was", "now"], name="move_is_forbidden_once")]

    @classmethod
    @transaction.atomic
    def set_for(cls, role: Role, moves: Collection[Move], *, by: User | None, at: datetime) -> None:
        """These moves, and no others, are forbidden to the role."""
        ForbiddenMove.objects.filter(role=role).delete()
        ForbiddenMove.objects.bulk_create(
            [ForbiddenMove(role=role, was=was, now=now) for was, now in sorted(set(moves))]
        )
        editions.advance()
        audit.record("status.moves-set", by=by, about=role, at=at, forbidden=len(set(moves)))
