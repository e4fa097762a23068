"""Prepared reads answer as the queryset they were made from, at no more cost than running it."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DataError, connection, transaction
from django.db.models import DateTimeField, F, IntegerField, OuterRef, Q, UUIDField, Value
from django.db.models.functions import Cast, JSONObject
from django.test.utils import CaptureQueriesContext

from handrail.kit.prepared import Prepared

pytestmark = pytest.mark.django_db
KEY, NOON = UUID(int=7), datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


@pytest.fixture
def kinds():
    """Three rows of a table that every installation has."""
    ContentType.objects.all().delete()
    return [ContentType.objects.create(app_label="zoo", model=name) for name in ("ant", "bee", "cat%")]


def by_model():
    return Prepared(lambda model: ContentType.objects.filter(model=model).values_list("app_label", "model"))


def test_the_values_of_each_call_count(kinds):
    read = by_model()

    assert [read.rows(model=each) for each in ("ant", "bee", "eel")] == [
        [("zoo", "ant")],
        [("zoo", "bee")],
        [],
    ]


def test_the_sql_is_made_once_for_each_shape(kinds):
    built = []

    def build(models, shape):
        built.append((len(models), shape))
        return ContentType.objects.filter(model__in=models).order_by("model").values_list(shape)

    read = Prepared(build)
    answers = [
        read.rows(models=["ant"], shape="model"),
        read.rows(models=["bee"], shape="model"),
        read.rows(models=["bee", "ant"], shape="model"),
        read.rows(models=["bee"], shape="app_label"),
        read.rows(models=[], shape="model"),
    ]

    assert answers == [[("ant",)], [("bee",)], [("ant",), ("bee",)], [("zoo",)], []]
    assert built == [(1, "model"), (2, "model"), (1, "app_label"), (0, "model")]


def test_the_database_plans_it_once(kinds):
    read = by_model()
    for _time in range(12):
        read.rows(model="ant")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%django_content_type%'"
        )
        assert [generic > 0 for (generic,) in cursor.fetchall()] == [True]


def test_nothing_else_is_kept_at_the_database(kinds):
    for _time in range(12):
        list(ContentType.objects.filter(model="ant"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%content_type%'")
        assert cursor.fetchone() == (0,)


def test_constants_stay_in_the_text_and_their_percent_signs_too(kinds):
    read = Prepared(
        lambda app: (
            ContentType.objects.filter(Q(model="cat%") | Q(model__startswith="an"), app_label=app)
            .order_by("model")
            .values_list("model", JSONObject(app="app_label"))
        )
    )

    assert read.rows(app="zoo") == [("ant", {"app": "zoo"}), ("cat%", {"app": "zoo"})]


def test_what_a_queryset_converts_is_converted(kinds):
    same = (
        ContentType.objects.filter(app_label=OuterRef("app_label"))
        .order_by("model")
        .values(found=JSONObject(is_="model"))
    )
    queryset = ContentType.objects.order_by("model").values_list(
        ArraySubquery(same),
        Cast(Value(str(KEY)), UUIDField()),
        Cast(Value(NOON.isoformat()), DateTimeField()),
    )

    row = Prepared(lambda model: queryset.filter(model=model)).rows(model="ant")[0]

    assert row == queryset[0]
    assert row == ([{"is_": "ant"}, {"is_": "bee"}, {"is_": "cat%"}], KEY, NOON)


def test_ids_and_moments_are_values_like_any_other(kinds):
    def build(key, at):
        rows = ContentType.objects.annotate(
            key=Cast(Value(str(KEY)), UUIDField()), at=Cast(Value(NOON.isoformat()), DateTimeField())
        )
        return rows.filter(key=key, at=at, model="ant").values_list("model")

    read = Prepared(build)

    assert read.rows(key=KEY, at=NOON) == [("ant",)]
    assert read.rows(key=UUID(int=8), at=NOON) == []


def test_a_hostile_value_is_only_a_value(kinds):
    assert by_model().rows(model="' OR 1=1; --%s %") == []


def test_tests_that_count_queries_see_it(kinds):
    with CaptureQueriesContext(connection) as queries:
        by_model().rows(model="ant")

    assert len(queries) == 1


def test_a_failure_is_of_djangos_own_kind(kinds):
    read = Prepared(
        lambda divisor: ContentType.objects.filter(pk=F("pk") / Cast(divisor, IntegerField())).values_list(
            "model"
        )
    )

    with pytest.raises(DataError), transaction.atomic():
        read.rows(divisor=0)


def test_numbers_are_values_whatever_the_field_makes_of_them(kinds):
    read = Prepared(lambda key: ContentType.objects.filter(pk=key).values_list("model"))

    assert [read.rows(key=each.pk) for each in kinds] == [[("ant",)], [("bee",)], [("cat%",)]]


def test_a_value_that_a_field_turns_into_something_else_is_refused(kinds):
    read = Prepared(lambda word: ContentType.objects.filter(model__contains=word).values_list("model"))

    with pytest.raises(TypeError):
        read.rows(word="an")
