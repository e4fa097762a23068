"""A composer that was refused keeps everything that was typed into it, beside the words too."""

import re
from uuid import uuid4

import pytest

from handrail.kit import clock
from handrail.tickets import sharing
from handrail.tickets.models import Draft, Macro
from handrail.tickets.models.macro import Recipe, Wording

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def _sent(lost_parcel, browser, **changed):
    typed = {
        "body": "It left this morning.",
        "key": str(uuid4()),
        "cc": ["tom@nordlys.example", ""],
        "spent": "20m",
        **changed,
    }
    return browser.post(f"/tickets/{lost_parcel.number}/replies", typed, headers=BY_SCRIPT)


def _copied(page):
    return re.findall(r'type="hidden" name="cc" value="([^"]*)"', page)


def _line(page):
    (words,) = re.findall(r'name="cc" value="([^"]*)" autocomplete', page)
    return words


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"body": ""}, 422),
        ({"spent": "soon"}, 422),
        ({"later": "typed", "later_at": "2001-01-01T08:00"}, 422),
        ({"macro": str(uuid4())}, 409),
    ],
    ids=["no-words", "no-length", "past", "no-macro"],
)
def test_people_in_copy_time_and_moment_stay_as_they_were_typed(
    nadia, lost_parcel, client_of, changed, status
):
    answer = _sent(lost_parcel, client_of(nadia), **changed)

    page = answer.content.decode()
    assert (answer.status_code, _copied(page)) == (status, ["tom@nordlys.example"])
    assert 'name="spent" size="6" autocomplete="off"' in page
    assert f'value="{changed.get("spent", "20m")}"' in page
    assert f'name="later_at" value="{changed.get("later_at", "")}"' in page


def test_what_is_no_address_stays_in_the_line_to_be_mended(nadia, lost_parcel, client_of):
    answer = _sent(lost_parcel, client_of(nadia), cc=["tom@nordlys.example", "vera at home"])

    page = answer.content.decode()
    assert (answer.status_code, _copied(page), _line(page)) == (422, ["tom@nordlys.example"], "vera at home")
    assert "It left this morning." in page


def test_who_was_taken_off_stays_off(nadia, lost_parcel, client_of):
    page = _sent(lost_parcel, client_of(nadia), body="", cc=[""]).content.decode()

    assert _copied(page) == []


def test_the_chosen_macro_stays_without_what_was_struck_out(nadia, lost_parcel, client_of):
    recipe = Recipe(
        name="Late", actions=[["tag", "late"], ["priority", "3"]], wordings={"": Wording(text="So")}
    )
    macro = Macro.make(recipe, by=nadia, at=clock.now())

    page = _sent(
        lost_parcel, client_of(nadia), spent="soon", macro=str(macro.pk), struck="0"
    ).content.decode()

    assert f'name="macro" value="{macro.pk}"' in page
    assert 'name="struck" value="0"' in page


def test_a_shared_draft_keeps_its_people_in_copy_too(nadia, lost_parcel, client_of):
    mode, at = Draft.Mode.REPLY, clock.now()
    draft = sharing.share(lost_parcel, mode=mode, text="It left.", html="", by=nadia, at=at)
    typed = {"body": "It left.", "key": str(uuid4()), "version": draft.version, "spent": "soon"}
    here = f"/tickets/{lost_parcel.number}/shared/{draft.pk}/sending"

    answer = client_of(nadia).post(here, {**typed, "cc": ["tom@nordlys.example", "x"]}, headers=BY_SCRIPT)

    page = answer.content.decode()
    assert (answer.status_code, _copied(page), _line(page)) == (422, ["tom@nordlys.example"], "x")
