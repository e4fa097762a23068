"""Address lists are read as people mean them."""

import time
from contextlib import suppress

import pytest

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.addresses import Address, addresses_in

MEANT = {
    "Vera <v@x.example>": [("Vera", "v@x.example")],
    "v@x.example": [("", "v@x.example")],
    "<v@x.example>": [("", "v@x.example")],
    "v@x.example (Vera Klein)": [("Vera Klein", "v@x.example")],
    '"Klein, Vera" <v@x.example>, Tom <t@x.example>': [
        ("Klein, Vera", "v@x.example"),
        ("Tom", "t@x.example"),
    ],
    "Klein, Vera <v@x.example>": [("Klein, Vera", "v@x.example")],
    "a@x.example; b@x.example": [("", "a@x.example"), ("", "b@x.example")],
    "=?utf-8?Q?Ver=C3=A4=2C_K?= <v@x.example>": [("Verä, K", "v@x.example")],
    '"=?utf-8?Q?Ver=C3=A4?=" <v@x.example>': [("Verä", "v@x.example")],
    "=?utf-8?Q?Vera_<v@x.example>?=": [("Vera", "v@x.example")],
    '"Vera <v@x.example>': [("Vera", "v@x.example")],
    "Vera <v@x.example": [("Vera", "v@x.example")],
    "'Vera' <v@x.example>": [("Vera", "v@x.example")],
    "Vera <mailto:v@x.example>": [("Vera", "v@x.example")],
    "Vera (on (the) road) <v@x.example>": [("Vera", "v@x.example")],
    "=?utf-8?Q?Vera?= (v@x.example)": [("Vera", "v@x.example")],
    '"a b"@x.example': [("", '"a b"@x.example')],
    "MAILER-DAEMON (Mail System)": [("Mail System", "MAILER-DAEMON")],
    "undisclosed-recipients:;": [],
    "Team: a@x.example, b@x.example;": [("", "a@x.example"), ("", "b@x.example")],
    '"Nobody" <>, "Vera" <v@x.example>': [("Nobody", ""), ("Vera", "v@x.example")],
    "[??????]": [("[??????]", "")],
    "": [],
    " , ;,": [],
}


@pytest.mark.parametrize(("written", "meant"), MEANT.items())
def test_an_address_list_is_read_as_people_mean_it(written, meant):
    assert [(each.name, each.address) for each in addresses_in(written, at_most=100)] == meant


def test_a_name_holds_no_line_ends_and_no_marks_that_turn_the_writing():
    name = addresses_in("=?utf-8?Q?Ve=0D=0Ara=E2=80=AEx?= <v@x.example>", at_most=1)[0].name

    assert name == "Ve rax"


def test_only_ascii_letters_are_made_small_for_comparing():
    assert Address("", "Vera@X.Example.").normal == "vera@x.example"
    assert Address("", "Kelvin\u212a@x.example").normal == "kelvin\u212a@x.example", "the Kelvin sign is no k"


def test_at_most_as_many_addresses_as_asked_for():
    assert len(addresses_in("a@x.example," * 5_000, at_most=limits.ADDRESSES)) == limits.ADDRESSES


def test_nested_comments_are_refused():
    with pytest.raises(Unreadable) as refusal:
        addresses_in("(" * 2_000 + "a@x.example" + ")" * 2_000, at_most=10)

    assert refusal.value.reason == "nested-comments"


@pytest.mark.parametrize(
    "piece", ['"\\', "<", "=?a?b?", "=", ")", "(a)", '"a ', "@", '""@', ",", " ", "\\", "a@b.c ", "(", ";:"]
)
def test_S_083_a_hostile_list_of_64_kB_is_read_at_once(piece):
    value = piece * (limits.FIELD_BYTES // len(piece))
    start = time.process_time()

    with suppress(Unreadable):
        addresses_in(value, at_most=limits.ADDRESSES)

    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("team: a@x.example;, c@x.example", [("", "a@x.example"), ("", "c@x.example")]),
        ("undisclosed-recipients:;", []),
        ("Vera <vera @ x.example>", [("Vera", "vera@x.example")]),
        ("mailto:vera@x.example", [("", "vera@x.example")]),
        ("[vera@x.example]", [("", "vera@x.example")]),
        ("Support: Vera <vera@x.example>", [("Support: Vera", "vera@x.example")]),
    ],
)  # fmt: skip
def test_odd_forms_of_addresses_are_understood(value, expected):
    assert [(each.name, each.address) for each in addresses_in(value, at_most=10)] == expected
