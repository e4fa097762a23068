"""Card numbers and the like in what customers write: told, or masked everywhere before they are kept."""

import pytest

from handrail.accounts.models import Brand
from handrail.tickets.models import Message
from handrail.tickets.opening import Arrival, open_all
from handrail.tickets.receiving import receive
from tests.cast import NINE

CARD, DOTS = "4111 1111 1111 1111", "•••• •••• •••• 1111"
WORDS = f"My card is {CARD}, charge it."


@pytest.fixture
def said(house, write):
    """What was kept of Vera's words where her brand treats card numbers so."""

    def kept(masking, **changes):
        house.harbour.masking = masking
        return write(**{"text": WORDS, "reply_text": WORDS, "subject": f"Card {CARD}", **changes})

    return kept


def test_S8_masked_numbers_stand_nowhere_but_in_the_bytes(said, nadia, client_of):
    message = said("mask", html=f"<p title='x'>My card: <b>{CARD}</b></p>", extras={"inside": f"old {CARD}"})
    ticket, browser = f"/tickets/{message.ticket.number}", client_of(nadia)

    pages = [
        browser.get(address).content.decode()
        for address in (
            ticket,
            "/inbox/open",
            f"{ticket}/messages/{message.pk}",
            f"{ticket}/messages/{message.pk}/body",
            f"{ticket}/print",
        )
    ]
    found = browser.get("/inbox/search?q=4111").content.decode()

    assert [page for page in pages if CARD in page] == []
    assert all(DOTS in page for page in pages[2:])
    assert "Masked when it arrived:" in pages[0]
    assert "a card number" in pages[0]
    assert "Where is my parcel?" not in found
    row = Message.objects.values().get(pk=message.pk)
    assert "1111 1111" not in str(row)
    assert "1111 1111" not in message.ticket.snippet + message.ticket.subject


def test_marked_numbers_stay_and_are_told(said, nadia, client_of):
    message = said("mark")

    page = client_of(nadia).get(f"/tickets/{message.ticket.number}").content.decode()

    assert message.text == WORDS
    assert "Handle with care, it holds:" in page


def test_where_nobody_wants_it_nothing_is_looked_for(said):
    assert said("off").extras == {}


def test_words_without_numbers_are_left_as_they_are(said):
    message = said("mask", text="Hello", reply_text="Hello", subject="Hello")

    assert (message.text, message.extras) == ("Hello", {})


def test_many_first_messages_at_once_are_treated_alike(said, house):
    from dataclasses import replace

    from tests.cast import VERA_WRITES

    house.harbour.masking = "mask"
    inbound = replace(VERA_WRITES, text=WORDS, reply_text=WORDS, external_id="one")

    (message,) = open_all([Arrival(inbound=inbound, brand=house.harbour, team=None, at=NINE)])
    alone = receive(replace(inbound, external_id="two"), brand=house.harbour, at=NINE)

    assert message.text == alone.text == f"My card is {DOTS}, charge it."
    assert message.extras == alone.extras == {"redaction": {"sensitive": ["card"], "masked": True}}


def test_the_choice_is_the_brands_and_is_audited(ada, house, client_of):
    browser = client_of(ada)
    page = browser.get("/settings/brands/harbour").content.decode()

    answer = browser.post("/settings/brands/harbour", {"name": house.harbour.name, "masking": "mask"})

    assert "Keep only their last digits" in page
    assert answer.status_code == 303
    assert Brand.objects.get(key="harbour").masking == "mask"
    assert "chose what becomes of card numbers" in browser.get("/settings/audit").content.decode()


def test_another_choice_is_refused(ada, house, client_of):
    answer = client_of(ada).post("/settings/brands/harbour", {"name": "Harbour", "masking": "sell"})

    assert answer.status_code == 422
