"""A body that names columns of ours changes none but those that its form is for (S-024).

Every route that writes is sent every column there is, with values that would do harm. Whatever a colleague
may change there, these columns of rows that exist are not among it.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from handrail.accounts.models import Role
from tests.architecture.test_role_table import KNOWN, ROWS, Row, key_of, parameters_of

#: What nobody but those who look after the house may change, by model; of rows that exist.
GUARDED = {
    "accounts.User": ("email", "role_id", "is_active", "password", "created_at"),
    "accounts.Role": ("key", "name", "rights", "requires_mfa", "built_in"),
    "accounts.Brand": ("key", "name"),
    "team.Agent": ("user_id", "name", "tier", "joined_at"),
    "team.Team": ("brand_id", "key", "name"),
    "customers.Person": ("user_id", "organisation_id", "created_at"),
    "customers.Identity": ("person_id", "value", "verified_at"),
    "tickets.Ticket": ("number", "brand_id", "requester_id", "channel", "created_at", "merged_into_id"),
    "tickets.Message": ("kind", "agent_id", "person_id", "sender", "text", "at"),
    "tickets.Status": ("key", "category", "retired_at"),
    "fields.Definition": ("noun", "key", "kind", "visible_to", "editable_by"),
    "channels_email.EmailAccount": ("address", "brand_id", "team_id"),
}
#: What such a colleague does there is just that: it joins, parts or moves messages and tickets.
MOVING = {
    "tickets:merge",
    "tickets:merges",
    "tickets:split",
    "tickets:split-undo",
    "tickets:reply",
    "mail:correction",
}
WRITING = [row for row in ROWS if row.method in ("POST", "PUT", "PATCH", "DELETE")]
AT_ONCE = 25
STRETCHES = [WRITING[start : start + AT_ONCE] for start in range(0, len(WRITING), AT_ONCE)]


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: stretch[0].route)
def test_S_024_a_body_that_names_every_column_changes_none_that_is_guarded(
    stretch, request, nadia, iris, ada, client_of
):
    body = everything_harmful()
    changed = [each for row in stretch for each in harm_by(row, body, request, client_of, (nadia, iris))]

    assert not changed, "\n" + "\n".join(changed)


def test_S_024_there_is_something_to_harm():
    assert {"role", "role_id", "is_active", "rights", "brand", "requester_id"} <= every_column()
    assert len(WRITING) > 80


def harm_by(row: Row, body: str, request: Any, client_of: Any, people: tuple[Any, ...]) -> Iterator[str]:
    """What this route let each of these people change that it must not."""
    if row.route in MOVING:
        return
    address = address_of(row, request)
    for who in people:
        with transaction.atomic():
            browser = Client(raise_request_exception=False)
            browser.cookies[settings.SESSION_COOKIE_NAME] = key_of(client_of(who))
            before = guarded()
            browser.generic(row.method, address, body, content_type="application/x-www-form-urlencoded")
            after = guarded()
            yield from (
                f"{row} as {who}: {key} was {was}, is {after[key]}"
                for key, was in before.items()
                if key in after and after[key] != was
            )
            transaction.set_rollback(True)


def address_of(row: Row, request: Any) -> str:
    asked_for = request.getfixturevalue(row.asked_for) if row.asked_for else None
    return reverse(row.route, kwargs=parameters_of(KNOWN[row.route], asked_for))


def guarded() -> dict[tuple[str, Any], tuple[Any, ...]]:
    """The guarded columns of every row there is."""
    found: dict[tuple[str, Any], tuple[Any, ...]] = {}
    for label, columns in GUARDED.items():
        rows = apps.get_model(label)._default_manager.values_list("pk", *columns)
        found |= {(label, pk): tuple(map(str, values)) for pk, *values in rows}
    return found


def everything_harmful() -> str:
    """A body with every column of every model of ours."""
    admin = Role.objects.get(key="admin")
    harmful = {"role": admin.pk, "role_id": admin.pk, "is_active": "", "rights": "*", "key": "admin"}
    return urlencode([(name, str(harmful.get(name, "1"))) for name in sorted(every_column())])


def every_column() -> set[str]:
    return {name for model in our_models() for name in columns_of(model)}


def our_models() -> Iterator[type[Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("handrail."))


def columns_of(model: type[Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        yield field.name
        yield field.attname
