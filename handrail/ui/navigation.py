"""The navigation: rooms register places in their `apps.py`, the layouts draw them without knowing them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.utils.functional import Promise

from handrail.ui.links import url

Region = Literal["rail", "account", "settings", "portal"]
Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere a person can go.

    region: rail (the desk's main places), account (behind one's face), settings (its side bar), portal.
    right: the right a person needs to see it; nothing: whoever is signed in (in the portal: everybody).
    order: small ones first; 900 and more stand at the foot of the rail.
    section and why: the heading in the settings, and one sentence that says what the page is for. Both are
        searched.
    post: the place is an action (signing out) and is drawn as a form.
    badge: name of a route that answers with a count; fetched after the page and when `live` changed.
    """

    key: str
    label: Words
    url_name: str
    icon: str = "circle"
    region: Region = "rail"
    right: str = ""
    order: int = 100
    section: Words = ""
    why: Words = ""
    post: bool = False
    badge: str = ""
    live: str = ""

    @property
    def address(self) -> str:
        return url(self.url_name)


_places: dict[tuple[Region, str], Place] = {}


def register(*places: Place) -> None:
    """Add places; one with a known key takes the place of the former."""
    for place in places:
        _places[place.region, place.key] = place


def registered() -> Iterable[Place]:
    """All places, whoever may visit them."""
    return _places.values()


def places_for(request: HttpRequest | None, region: Region) -> list[Place]:
    """What this person may visit in a region, in order."""
    if region != "portal" and not signed_in(request):
        return []
    found = [place for place in _places.values() if place.region == region and allowed(request, place.right)]
    return sorted(found, key=lambda place: place.order)


def here(places: Iterable[Place], path: str) -> str:
    """The key of the place that a path lies in: the longest address that the path begins with."""
    inside = [place for place in places if not place.post and path.startswith(place.address)]
    return max(inside, key=lambda place: len(place.address)).key if inside else ""


def signed_in(request: HttpRequest | None) -> bool:
    return bool(getattr(getattr(request, "user", None), "is_authenticated", False))


def allowed(request: HttpRequest | None, right: str) -> bool:
    """May the person behind this request do that? Signed-out visitors may do nothing that needs a right."""
    if not right:
        return True
    may = getattr(getattr(request, "user", None), "may", None)
    return bool(may and may(right))
