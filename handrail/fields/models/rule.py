"""A rule of a form: under which circumstances which fields show, must be filled, or offer fewer choices."""

import json
from datetime import datetime
from typing import Any

from django.db import models, transaction

from handrail.accounts import audit
from handrail.accounts.models import User
from handrail.fields import editions
from handrail.fields.field import Noun
from handrail.fields.forming import Condition, Effect, Rule
from handrail.kit import ids


class FormRule(models.Model):
    """conditions and effects: as `Condition` and `Effect` write themselves."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    noun = models.CharField(max_length=15, choices=Noun.choices, default=Noun.TICKET)
    name = models.CharField(max_length=100)
    conditions = models.JSONField(default=list)
    effects = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("noun", "created_at")
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="form_rule_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def make(cls, *, noun: Noun, rule: Rule, by: User | None, at: datetime) -> "FormRule":
        """A rule that counts from now on, on every page and in every verb."""
        made = cls(noun=noun, created_at=at)
        made._write(rule, action="form-rule.made", by=by, at=at)
        return made

    @transaction.atomic
    def edit(self, *, rule: Rule, active: bool, by: User | None, at: datetime) -> None:
        """Change what it does."""
        self.active = active
        self._write(rule, action="form-rule.edited", by=by, at=at)

    @transaction.atomic
    def remove(self, *, by: User | None, at: datetime) -> None:
        """Let it count no more; the audit remembers what it did."""
        audit.record("form-rule.removed", by=by, about=self, at=at, **self._as_json())
        self.delete()
        editions.advance()

    @property
    def rule(self) -> Rule:
        """The same as plain values."""
        return Rule(
            name=self.name,
            conditions=tuple(Condition.read(each) for each in self.conditions),
            effects=tuple(Effect.read(each) for each in self.effects),
        )

    def _write(self, rule: Rule, *, action: str, by: User | None, at: datetime) -> None:
        self.name = rule.name
        self.conditions = [each.as_json() for each in rule.conditions]
        self.effects = [each.as_json() for each in rule.effects]
        self.save()
        editions.advance()
        audit.record(action, by=by, about=self, at=at, **self._as_json())

    def _as_json(self) -> dict[str, Any]:
        rule = json.dumps({"conditions": self.conditions, "effects": self.effects}, sort_keys=True)
        return {"active": self.active, "rule": rule}
