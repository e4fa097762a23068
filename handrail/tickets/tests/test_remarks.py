"""What is known about a foreign message stands on it in words: who it is from, what warns, what it brings."""

import pytest

from handrail.kit import html as markup
from handrail.tickets import picturing, remarks
from handrail.tickets.models import Message
from tests.cast import NINE

EVENT = {
    "method": "request",
    "summary": "Collection at the depot",
    "starts": "2026-11-20T09:00:00+00:00",
    "ends": "2026-11-20T10:00:00+00:00",
    "all_day": False,
    "place": "Depot 7",
    "organiser": {"name": "Vera Lindqvist", "address": "vera@nordlys.example"},
    "rule": "FREQ=WEEKLY",
}
BOUNCE = {
    "deliveries": [
        {"address": "gone@customer.example", "action": "failed", "diagnostic": "550 no such user"},
        {"address": "here@customer.example", "action": "delivered"},
    ]
}


@pytest.fixture
def shown(nadia, write, client_of):
    """Vera's message with these extras, as Nadia sees its ticket and its own page."""

    def show(**changes):
        message = write(**changes)
        browser, number = client_of(nadia), message.ticket.number
        pages = [f"/tickets/{number}", f"/tickets/{number}/messages/{message.pk}"]
        return [browser.get(page).content.decode() for page in pages]

    return show


@pytest.mark.parametrize(
    ("extras", "words"),
    [
        ({"report": BOUNCE}, ["Not delivered to gone@customer.example", "550 no such user"]),
        (
            {"report": {"receipt": {"address": "v@x.example"}}},
            ["Opened by v@x.example; their program says so"],
        ),
        ({"protection": {"how": "pgp", "is_encrypted": True}}, ["Encrypted: we cannot read it."]),
        (
            {"protection": {"how": "smime", "is_signed": True, "signers": ["Vera"]}},
            ["Signed by Vera; the signature is not checked"],
        ),
        (
            {"forwarded": {"name": "Tom", "address": "tom@akande.example"}},
            ["Forwarded; first written by Tom &lt;tom@akande.example&gt;"],
        ),
        (
            {"invitation": EVENT},
            ["Collection at the depot", "Depot 7", "20 Nov 2026", "from Vera Lindqvist", "repeats"],
        ),
        (
            {"invitation": EVENT | {"all_day": True, "ends": "2026-11-22T00:00:00+00:00"}},
            ["20 Nov 2026", "21 Nov 2026"],
        ),
        ({"invitation": EVENT | {"method": "cancel", "starts": "soon"}}, ["Cancelled", "no date named"]),
    ],
)
def test_what_a_mail_brings_is_told_in_words(shown, extras, words):
    for page in shown(extras=extras):
        assert [each for each in words if each not in page] == []


def test_a_warning_is_told_with_what_was_seen_and_as_it_was_written(shown, monkeypatch):
    monkeypatch.setattr(remarks, "_warnings", {"look-alike": "A domain in it looks like ours."})

    for page in shown(extras={"warnings": [["look-alike", "<b>harb0ur.example"], ["of later", "x"]]}):
        assert "A domain in it looks like ours." in page
        assert "&lt;b&gt;harb0ur.example" in page


def test_delivered_recipients_and_unknown_extras_are_not_told(shown):
    page = shown(extras={"report": BOUNCE, "inside": "canary", "of-later": {"x": 1}})[0]

    assert "here@customer.example" not in page
    assert "canary" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("failed", ["Sender is not who they say", "did not come from the address it names"]),
        ("verified", ["Sender verified"]),
    ],
)
def test_what_was_proved_of_the_sender_is_said(shown, state, words):
    page = shown(sender_state=state)[0]

    assert [each for each in words if each not in page] == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("auto-reply", "Automatic answer"),
        ("automatic", "Written by a program"),
        ("list", "Mailing list"),
        ("bounce", "Could not be delivered"),
        ("receipt", "Read receipt"),
        ("calendar", "Invitation"),
    ],
)
def test_each_kind_of_mail_is_named(shown, kind, words):
    assert words in shown(automatic=kind)[0]


def test_S_039_a_forged_sender_inherits_no_consent_to_pictures(nadia, write):
    html = markup.clean('<img src="https://shop.example/a.png">').html
    picturing.show(write(html=html), always=True, by=nadia, at=NINE)
    honest, forged = write(html=html), write(html=html, sender_state=Message.SenderState.FAILED)

    assert picturing.are_shown(honest, to=nadia)
    assert not picturing.are_shown(forged, to=nadia)
