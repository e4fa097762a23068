"""The pages of this room: every layout draws, and error pages repeat nothing and need nothing."""

import pytest

from handrail.ui import errors

PAGES = ["/ui", "/ui/panes", "/ui/settings", "/ui/sheet", "/ui/portal", "/ui/table"]


@pytest.mark.parametrize("address", PAGES)
def test_each_page_draws_with_its_landmarks(client, address):
    answer = client.get(address)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<main") == 1
    assert page.count("<h1") == 1
    assert '<a class="skip" href="#main">' in page


def test_a_page_can_be_turned_round(client):
    assert 'dir="rtl"' in client.get("/ui?dir=rtl").content.decode()


def test_a_layout_that_is_not_there_is_not_found(client):
    assert client.get("/ui/secrets").status_code == 404


def test_the_404_page_does_not_repeat_the_address(client):
    answer = client.get("/nothing-here-at-all")

    assert answer.status_code == 404
    assert "nothing-here-at-all" not in answer.content.decode()


@pytest.mark.parametrize("page", [errors.bad_request, errors.forbidden, errors.not_found])
def test_error_pages_say_what_to_do_next(rf, page):
    answer = page(rf.get("/"))

    page = answer.content.decode()

    assert f"{answer.status_code}</p>" in page
    assert 'href="/"' in page


def test_the_page_for_a_resting_desk_asks_to_come_back():
    answer = errors.unavailable()

    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_a_refused_form_explains_itself_without_the_reason(rf):
    answer = errors.csrf_refused(rf.post("/"), reason="CSRF cookie not set.")

    assert answer.status_code == 403
    assert "CSRF" not in answer.content.decode()
