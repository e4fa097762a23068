"""The definition of a custom field: on which noun, under which key, of which kind, for whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from handrail.accounts import audit
from handrail.accounts.models import User
from handrail.fields import editions
from handrail.fields.field import Choice, Field, Kind, Noun
from handrail.kit import ids


class Definition(models.Model):
    """Editing one never touches values. A retired one keeps its key: its values keep their meaning."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    noun = models.CharField(max_length=15, choices=Noun.choices)
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    labels = models.JSONField(default=dict)
    helps = models.JSONField(default=dict)
    #: Of choice, tree and many: what can be chosen. `to` of a relation: a noun.
    choices = models.JSONField(default=list)
    to = models.CharField(max_length=15, blank=True)
    least = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    most = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    default = models.JSONField(null=True)
    section = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)
    required = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    visible_to = ArrayField(models.CharField(max_length=50), default=list)
    editable_by = ArrayField(models.CharField(max_length=50), default=list)
    retired_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("noun", "position", "created_at")
        constraints = [
            models.UniqueConstraint(fields=["noun", "key"], name="field_has_its_key_alone"),
            models.CheckConstraint(condition=models.Q(noun__in=Noun.values), name="field_noun_is_known"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="field_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(key__regex=r"^[a-z][a-z0-9_]*$"), name="field_key_is_plain"
            ),
        ]

    class KeyTaken(Exception):
        """This noun has a field of that key, perhaps a retired one."""

    def __str__(self) -> str:
        return f"{self.noun}.{self.key}"

    @classmethod
    @transaction.atomic
    def define(
        cls, *, noun: Noun, key: str, kind: Kind, by: User | None, at: datetime, **settings: Any
    ) -> "Definition":
        """Make a field at the end of its noun's. settings: other columns. Raises KeyTaken."""
        if cls.objects.filter(noun=noun, key=key).exists():
            raise cls.KeyTaken
        last = cls.objects.filter(noun=noun).aggregate(last=models.Max("position"))["last"] or 0
        made = cls.objects.create(
            noun=noun, key=key, kind=kind, position=last + 1, created_at=at, **cls._allowed(settings)
        )
        editions.advance()
        audit.record("field.made", by=by, about=made, at=at)
        return made

    @transaction.atomic
    def edit(self, *, by: User | None, at: datetime, **settings: Any) -> None:
        """Change everything but noun, key and kind, on which the values stand."""
        was = {name: getattr(self, name) for name in EDITABLE}
        for name, value in self._allowed(settings).items():
            setattr(self, name, value)
        self.save(update_fields=EDITABLE)
        editions.advance()
        changed = sorted(name for name in EDITABLE if getattr(self, name) != was[name])
        audit.record("field.edited", by=by, about=self, at=at, changed=changed)

    @transaction.atomic
    def retire(self, *, by: User | None, at: datetime) -> None:
        """Ask for it no more. What was filled in is kept, and shown as no longer defined."""
        self.retired_at = at
        self.save(update_fields=["retired_at"])
        editions.advance()
        audit.record("field.retired", by=by, about=self, at=at)

    @transaction.atomic
    def restore(self, *, by: User | None, at: datetime) -> None:
        """Ask for it again; its values are there as before."""
        self.retired_at = None
        self.save(update_fields=["retired_at"])
        editions.advance()
        audit.record("field.restored", by=by, about=self, at=at)

    @classmethod
    @transaction.atomic
    def order(cls, noun: Noun, keys: Sequence[str]) -> None:
        """Put the fields of a noun into this order; those not named come after them, as they stood."""
        rows = list(cls.objects.filter(noun=noun))
        places = {key: place for place, key in enumerate(keys)}
        rows.sort(key=lambda row: (places.get(row.key, len(places)), row.position))
        for place, row in enumerate(rows, start=1):
            row.position = place
        cls.objects.bulk_update(rows, ["position"])
        editions.advance()

    @property
    def field(self) -> Field:
        """The same as plain values, for checks that know no database."""
        return Field(
            noun=Noun(self.noun),
            key=self.key,
            kind=Kind(self.kind),
            labels=self.labels,
            helps=self.helps,
            choices=tuple(Choice.read(each) for each in self.choices),
            to=self.to,
            least=self.least,
            most=self.most,
            default=self.default,
            section=self.section,
            required=self.required,
            public=self.public,
            visible_to=frozenset(self.visible_to),
            editable_by=frozenset(self.editable_by),
            retired=self.retired_at is not None,
        )

    @staticmethod
    def _allowed(settings: dict[str, Any]) -> dict[str, Any]:
        strange = settings.keys() - set(EDITABLE)
        if strange:
            raise TypeError(f"A definition has no {', '.join(sorted(strange))} to set")
        return settings


EDITABLE = [
    "labels",
    "helps",
    "choices",
    "to",
    "least",
    "most",
    "default",
    "section",
    "required",
    "public",
    "visible_to",
    "editable_by",
]
