"""What one ticket has to do with another."""

from datetime import datetime
from uuid import UUID

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handrail.kit import ids
from handrail.team.models import Agent

#: Whoever adds a link that must not close a circle holds this lock until the end of the transaction.
_CIRCLES = 7_461_001


class Link(models.Model):
    """source is the parent, the blocker, the duplicate; target the child, the blocked, the original."""

    class Kind(models.TextChoices):
        RELATED = "related", _("Related to")
        PARENT = "parent", _("Parent of")
        BLOCKS = "blocks", _("Blocks")
        DUPLICATE = "duplicate", _("Duplicate of")

    #: Kinds that say what comes first: a circle of them would never end.
    DIRECTED = (Kind.PARENT, Kind.BLOCKS, Kind.DUPLICATE)

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="links_in")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="tickets_are_linked_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="ticket_is_not_linked_to_itself"),
            models.CheckConstraint(
                condition=Q(kind__in=["related", "parent", "blocks", "duplicate"]), name="link_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="related") | Q(source__lt=F("target")), name="related_is_kept_one_way"
            ),
        ]

    @classmethod
    def tie(
        cls, *, kind: "Link.Kind", source_id: UUID, target_id: UUID, by: Agent | None, at: datetime
    ) -> "tuple[Link, bool]":
        """The link and whether it is new; called by `linking`."""
        if kind == cls.Kind.RELATED and target_id < source_id:
            source_id, target_id = target_id, source_id
        return cls.objects.get_or_create(
            kind=kind, source_id=source_id, target_id=target_id, defaults={"by": by, "at": at}
        )


def one_at_a_time() -> None:
    """Wait for others who add links: two that are harmless alone may close a circle together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CIRCLES])
