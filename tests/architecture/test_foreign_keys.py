"""A foreign key is an import: it points down, and across rooms it hides its way back."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from handrail.accounts.models import User
from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import floor_of, room_of

RULE = "foreign keys"
MEND = (
    'Point down only, and write related_name="+" when the other model lies in another room. '
    "Upper rooms hand out their own data in queries.py."
)


def found_in(model: type[models.Model]) -> Iterator[Finding]:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.model is model:
            yield from found_on(
                f"{model.__module__}.{model.__name__}.{field.name}",
                room=room_of(model.__module__),
                other=room_of(field.related_model.__module__),
                hidden=field.remote_field.hidden,
            )


def found_on(where: str, *, room: str, other: str, hidden: bool) -> Iterator[Finding]:
    """other: the room the key points to; empty when that is a library's model."""
    if other == room:
        return
    if other and floor_of(other) >= floor_of(room):
        yield Finding(where, f"points from {room} up to {other}")
    if not hidden:
        yield Finding(where, f"lets {other or 'a library'} look back up to {room}")


def our_models() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models(include_auto_created=False) if room_of(model.__module__))


def test_foreign_keys_point_down_and_hide_their_way_back():
    expect_none((finding for model in our_models() for finding in found_in(model)), rule=RULE, mend=MEND)


def test_a_visible_way_back_is_noticed():
    found = found_on("Survey.ticket", room="feedback", other="tickets", hidden=False)

    assert [finding.what for finding in found] == ["lets tickets look back up to feedback"]


def test_a_key_that_points_up_is_noticed():
    found = found_on("Brand.ticket", room="accounts", other="tickets", hidden=True)

    assert [finding.what for finding in found] == ["points from accounts up to tickets"]


def test_a_key_inside_one_room_may_be_visible():
    assert list(found_in(User)) == []
