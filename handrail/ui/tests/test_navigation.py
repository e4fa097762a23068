"""The rail, the settings and the command bar show what rooms registered and the person may open."""

import pytest

from handrail.ui import commands, navigation
from handrail.ui.commands import Command
from handrail.ui.navigation import Place


@pytest.fixture(autouse=True)
def _empty_registries(monkeypatch):
    monkeypatch.setattr(navigation, "_places", {})
    monkeypatch.setattr(commands, "_commands", {})


INBOX = Place(key="inbox", label="Inbox", url_name="ui:components", right="tickets.read", order=20)
HOME = Place(key="home", label="Home", url_name="ui:components", order=10)
PULSE = Place(key="pulse", label="Pulse", url_name="ui:components", right="insights.read")
HELP = Place(key="help", label="Help", url_name="ui:components", region="portal")


def test_places_stand_in_their_order(nadia, request_of):
    navigation.register(INBOX, HOME)

    assert navigation.places_for(request_of(nadia), "rail") == [HOME, INBOX]


def test_nadia_does_not_see_the_place_of_the_lead(nadia, request_of):
    navigation.register(INBOX, PULSE)

    assert navigation.places_for(request_of(nadia), "rail") == [INBOX]


def test_a_visitor_sees_the_portal_and_nothing_of_the_desk(request_of):
    navigation.register(HOME, HELP)

    assert navigation.places_for(request_of(), "rail") == []
    assert navigation.places_for(request_of(), "portal") == [HELP]


def test_registering_twice_leaves_one():
    navigation.register(HOME)
    navigation.register(HOME)

    assert list(navigation._places.values()) == [HOME]


def test_the_place_with_the_longest_address_is_where_one_is():
    class At(Place):
        address = property(lambda self: self.url_name)

    settings = At(key="settings", label="Settings", url_name="/settings")
    brands = At(key="brands", label="Brands", url_name="/settings/brands")

    assert navigation.here([settings, brands], "/settings/brands/7") == "brands"
    assert navigation.here([settings, brands], "/tickets") == ""


def test_commands_follow_rights_too(nadia, request_of):
    write = Command(key="write", label="Write", url_name="ui:components", right="tickets.read")
    spy = Command(key="spy", label="Spy", url_name="ui:components", right="audit.read")
    commands.register(spy, write)

    assert commands.commands_for(request_of(nadia)) == [write]
    assert commands.commands_for(request_of()) == []
