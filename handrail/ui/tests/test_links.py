"""Addresses in templates."""

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import NoReverseMatch, path

from handrail.ui.links import links, url


def page(_request, **_parts):
    return HttpResponse()


urlpatterns = [
    path("tickets/<int:number>/closure", page, name="closure"),
    path("people/<uuid:person>", page, name="person"),
    path("help/<slug:article>", page, name="article"),
    path("start", page, name="start"),
]


@pytest.fixture(autouse=True)
def _routes():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_a_maker_of_links_says_the_same_as_the_router():
    assert links("closure", "number")(42) == url("closure", number=42) == "/tickets/42/closure"


def test_it_makes_links_of_ids_and_slugs_too():
    assert (
        links("person", "person")("0190c5f0-0000-7000-8000-000000000001")
        == "/people/0190c5f0-0000-7000-8000-000000000001"
    )
    assert links("article", "article")("lost-parcel") == "/help/lost-parcel"


def test_a_route_without_that_argument_is_refused():
    with pytest.raises(NoReverseMatch, match="no route with the single argument 'number'"):
        links("start", "number")
