"""Fixed words and icons are written into compiled templates, for each language by itself."""

import pytest
from django.utils import translation
from jinja2 import DictLoader

from handrail.ui.jinja import environment


@pytest.fixture
def page():
    """Draws a template of this source in a language."""

    def draw(source, *, language="en", name="page.html", **values):
        first = environment(loader=DictLoader({name: source, "parts.html": PARTS}))
        with translation.override(language):
            return first.speaking(language).get_template(name).render(**values)

    return draw


PARTS = "{% macro icon(name) %}my own {{ name }}{% endmacro %}"


def test_the_same_template_speaks_each_language(page):
    assert page('{{ _("Reply") }}') == "Reply"
    assert page('{{ _("Reply") }}', language="de") == "Antwort"


def test_fixed_words_are_text_when_the_page_is_drawn():
    first = environment(loader=DictLoader({"page.html": '<b>{{ _("Reply") }}</b>{{ icon("reply") }}'}))
    with translation.override("de"):
        template = first.speaking("de").get_template("page.html")
    with translation.override("en"):  # whoever draws it: the words are in it
        assert template.render().startswith("<b>Antwort</b><svg")


def test_words_with_values_are_asked_while_drawing(page):
    assert page('{{ _("%(name)s was not added.", name=who) }}', who="<b>") == "&lt;b&gt; was not added."


def test_two_percent_signs_are_one(page):
    assert page('{{ _("100%% sure") }}') == "100% sure"


def test_a_name_that_the_template_brings_along_is_its_own(page):
    assert page('{% from "parts.html" import icon %}{{ icon("reply") }}') == "my own reply"
    assert page('{% set icon = "none" %}{{ icon }}') == "none"


def test_words_given_on_to_a_macro_stay_safe_and_translated(page):
    source = '{% macro bold(words) %}<b>{{ words }}</b>{% endmacro %}{{ bold(_("Reply")) }}'

    assert page(source, language="de") == "<b>Antwort</b>"


def test_mails_in_plain_text_are_left_as_they_are(page):
    assert page('{{ _("Reply") }} & {{ icon("reply") }}', name="mail.txt").startswith("Reply & <svg")
