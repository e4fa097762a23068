"""Addresses in templates."""

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import NoReverseMatch, path, reverse

from handrail.kit.ids import uuid7
from handrail.ui.links import links, url


def page(_request, **_parts):
    return HttpResponse()


urlpatterns = [
    path("tickets/<int:number>/closure", page, name="closure"),
    path("people/<uuid:person>", page, name="person"),
    path("help/<slug:article>", page, name="article"),
    path("start", page, name="start"),
    path("parts/<int:number>/of/<int:other>/<uuid:person>", page, name="share"),
]


@pytest.fixture(autouse=True)
def _routes():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_a_maker_of_links_says_the_same_as_the_router():
    assert links("closure", "number")(42) == url("closure", number=42) == "/tickets/42/closure"


def test_an_address_of_several_numbers_and_ids_says_the_same_as_the_router():
    for number in (7, 8):
        parts = {"other": 90071992547400, "person": uuid7(), "number": number}
        assert url("share", **parts) == reverse("share", kwargs=parts)


def test_an_address_of_words_is_quoted_as_the_router_does():
    assert url("article", article="lost-parcel") == "/help/lost-parcel"
    with pytest.raises(NoReverseMatch):
        url("article", article="no/slug")


def test_it_makes_links_of_ids_and_slugs_too():
    assert (
        links("person", "person")("0190c5f0-0000-7000-8000-000000000001")
        == "/people/0190c5f0-0000-7000-8000-000000000001"
    )
    assert links("article", "article")("lost-parcel") == "/help/lost-parcel"


def test_a_route_without_that_argument_is_refused():
    with pytest.raises(NoReverseMatch, match="no route with the single argument 'number'"):
        links("start", "number")
