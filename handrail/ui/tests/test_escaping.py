"""Templates escape what the library would escape, and nothing twice."""

import pytest
from django.utils.translation import gettext_lazy
from jinja2 import Environment
from markupsafe import Markup

from handrail.ui.folding import FoldingEnvironment

HOSTILE = "<b onclick='x'>\"&"
SAFE = "&lt;b onclick=&#39;x&#39;&gt;&#34;&amp;"


class Told:
    """Something that knows how it looks on a page."""

    def __html__(self) -> str:
        return "<i>told</i>"

    def __str__(self) -> str:
        return "<never>"


class Word(str):
    """A word that is more than its characters."""


def drawn(source: str, **given: object) -> str:
    return FoldingEnvironment(autoescape=True).from_string(source).render(**given)


@pytest.mark.parametrize(
    "given",
    [HOSTILE, Word(HOSTILE), Markup("<br>"), Told(), gettext_lazy("<Reply>"), 7, None, ["<"], b"<"],
    ids=lambda given: type(given).__name__,
)
def test_a_value_looks_as_the_library_would_write_it(given):
    theirs = Environment(autoescape=True).from_string("{{ value }} x").render(value=given)

    assert drawn("{{ value }} x", value=given) == theirs


def test_what_people_wrote_is_escaped_wherever_it_is_put():
    source = """
        {%- macro box(words) %}<p title="{{ words }}">{{ words }}{{ caller() }}</p>{% endmacro -%}
        {%- set kept %}<u>{{ value }}</u>{% endset -%}
        {%- call box(value) %}{{ value }}{% endcall %}{{ kept }}{{ kept ~ value }}{{ value | upper }}"""

    assert drawn(source, value="<") == ('<p title="&lt;">&lt;&lt;</p><u>&lt;</u><u>&lt;</u>&lt;&lt;')


def test_a_text_that_is_no_page_stays_as_it_is():
    plain = FoldingEnvironment(autoescape=False).from_string("{{ value }}")

    assert plain.render(value=HOSTILE) == HOSTILE


def test_hostile_signs_become_harmless_ones():
    assert drawn("{{ value }}", value=HOSTILE) == SAFE
