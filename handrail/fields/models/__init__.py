"""Definitions of fields, rules of forms, and the edition of both."""

from handrail.fields.models.definition import Definition
from handrail.fields.models.edition import Edition
from handrail.fields.models.rule import FormRule

__all__ = ["Definition", "Edition", "FormRule"]
