"""Rows written by a prepared statement are those that saving would have left."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from handrail.kit.inserting import insert

pytestmark = pytest.mark.django_db


def kind(name: str) -> ContentType:
    return ContentType(app_label="zoo", model=name)


def test_the_database_gives_keys_and_the_columns_are_as_given():
    insert([kind("ant"), kind("bee")])

    found = ContentType.objects.filter(app_label="zoo").order_by("pk")
    assert [each.model for each in found] == ["ant", "bee"]


def test_what_was_written_counts_as_saved():
    ant = kind("ant")

    insert([ant])

    assert not ant._state.adding


def test_any_number_of_rows_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        insert([kind(f"kind {number}") for number in range(5)])
    assert ContentType.objects.filter(app_label="zoo").count() == 5


def test_no_rows_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])


def test_a_row_that_must_be_unique_is_refused_as_saving_would_refuse_it():
    insert([kind("ant")])

    with pytest.raises(IntegrityError), transaction.atomic():
        insert([kind("ant")])
