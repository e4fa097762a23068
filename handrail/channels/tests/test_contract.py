"""What every channel promises, asked of each one in the registry."""

import importlib
from dataclasses import fields
from pathlib import Path

import pytest

from handrail import channels
from handrail.channels import Abilities, Unreadable
from handrail.tickets.inbound import Inbound

HERE = Path(channels.__file__).parent


def payloads(channel: str) -> list[Path]:
    return sorted(
        path for path in (HERE / channel / "tests" / "payloads").iterdir() if path.suffix != ".json"
    )


@pytest.fixture(params=channels.CHANNELS)
def channel(request) -> str:
    return str(request.param)


def inbound_of(channel: str, raw: bytes) -> Inbound:
    reader = importlib.import_module(f"handrail.channels.{channel}.inbound")
    inbound: Inbound = reader.to_inbound(reader.read(raw))
    return inbound


def test_it_says_what_it_is_and_what_it_can_do(channel):
    package = importlib.import_module(f"handrail.channels.{channel}")

    assert (package.__doc__ or "").strip()
    assert isinstance(channels.abilities(channel), Abilities)


def test_its_folder_is_in_the_registry_and_the_other_way_round():
    folders = {path.parent.name for path in HERE.glob("*/inbound.py")}

    assert folders == set(channels.CHANNELS)


def test_a_channel_that_is_none_is_named_as_unknown():
    with pytest.raises(channels.UnknownChannel):
        channels.abilities("pigeon")


def test_it_brings_messages_in_its_providers_wire_format(channel):
    assert payloads(channel)


def test_each_message_becomes_an_inbound_that_can_be_stored(channel):
    for path in payloads(channel):
        inbound = inbound_of(channel, path.read_bytes())

        assert inbound.channel == channel
        assert inbound.address
        assert inbound.external_id
        texts = [getattr(inbound, field.name) for field in fields(inbound)]
        for text in (each for each in texts if isinstance(each, str)):
            assert "\x00" not in text
            text.encode()
        assert "\n" not in inbound.subject + inbound.name


def test_reading_twice_gives_the_same(channel):
    for path in payloads(channel):
        assert inbound_of(channel, path.read_bytes()) == inbound_of(channel, path.read_bytes())


def test_what_it_cannot_read_it_refuses_by_name_and_nothing_else_is_raised(channel):
    for raw in (b"", b"\x00\xff" * 100, b"{", b"<x>", b"\r\n" * 50):
        try:
            inbound_of(channel, raw)
        except Unreadable as refusal:
            assert refusal.reason  # noqa: PT017 - a refusal is one of the two right answers
