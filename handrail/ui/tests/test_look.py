"""Theme and density: the person's choice, else this browser's, else the default. Cookies are not trusted."""

from django.utils import translation

from handrail.ui.look import look_of


def test_what_the_person_chose_wins_over_the_browser(nadia, request_of):
    nadia.theme = "dark"

    assert look_of(request_of(nadia, handrail_theme="light")).theme == "dark"


def test_a_visitor_keeps_what_the_browser_remembers(request_of):
    assert look_of(request_of(handrail_density="compact")).density == "compact"


def test_a_forged_cookie_counts_as_none(request_of):
    assert look_of(request_of(handrail_theme='"><script>')).theme == "auto"


def test_without_a_request_there_is_a_default():
    assert look_of(None).theme == "auto"


def test_right_to_left_languages_turn_the_page(request_of):
    with translation.override("ar"):
        assert (look_of(request_of()).language, look_of(request_of()).direction) == ("ar", "rtl")
