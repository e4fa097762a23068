"""Words of macros: names become values, and nothing is ever computed."""

import time
from html import escape

import pytest

from handrail.tickets.macros.filling import filled, names_in

VALUES = {"customer.first_name": "Vera", "customer.plan": "", "ticket.number": "#1001"}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Hello {{customer.first_name}},", "Hello Vera,"),
        ("Hello {{ customer.first_name }},", "Hello Vera,"),
        ("Your plan: {{customer.plan|none}}", "Your plan: none"),
        ("{{#if customer.plan}}As a {{customer.plan}} customer{{else}}As a guest{{/if}}.", "As a guest."),
        ("{{#if customer.first_name}}Dear {{customer.first_name}}{{/if}}", "Dear Vera"),
        ("{{#if customer.plan}}{{#if ticket.number}}a{{/if}}b{{/if}}c", "c"),
        ("{{nobody.knows}} stays", "{{nobody.knows}} stays"),
        ("{{/if}} and {{else}} alone", "{{/if}} and {{else}} alone"),
        ("{{#if customer.first_name}}never ended", "never ended"),
    ],
)
def test_names_become_values_and_everything_else_stays(template, said):
    assert filled(template, VALUES).text == said


def test_a_name_without_a_value_and_without_other_words_is_asked_for():
    assert filled("Plan {{customer.plan}}, {{customer.first_name}}", VALUES).missing == ("customer.plan",)
    assert filled("{{#if customer.plan}}{{customer.plan}}{{/if}}", VALUES).missing == ()


def test_a_value_is_made_fit_for_html_and_never_read_again():
    values = {"customer.first_name": "<b>{{ticket.number}}</b>", "ticket.number": "#1"}

    assert filled("<p>{{customer.first_name}}</p>", values, escape=escape).text == (
        "<p>&lt;b&gt;{{ticket.number}}&lt;/b&gt;</p>"
    )


@pytest.mark.parametrize(
    "template",
    [
        "{{7*7}}",
        "{{ ticket.__class__.__mro__ }}",
        "{{ticket.number.__init__}}",
        "{% for x in (1).__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
        "{{ self._TemplateReference__context }}",
        "{{#each agents}}{{password}}{{/each}}",
        "{{ 'a'|attr('__class__') }}",
        "${7*7} <%= 7*7 %> #{7*7}",
    ],
)
def test_S_076_what_would_be_code_elsewhere_is_text_here(template):
    assert filled(template, VALUES).text == template


@pytest.mark.parametrize(
    "template",
    [
        "{{" * 100_000,
        "{{#if customer.first_name}}" * 20_000,
        "{{ " + " " * 200_000,
        "{{customer.first_name|" + "x" * 200_000,
        "{{else}}{{/if}}" * 20_000,
    ],
    ids=["braces", "conditions", "blanks", "no end", "turns"],
)
def test_S_076_hostile_words_take_bounded_time(template):
    began = time.process_time()

    filled(template, VALUES)

    assert time.process_time() - began < 1.0


def test_the_names_in_use_are_told():
    assert names_in("{{#if customer.plan}}{{agent.name|me}}{{/if}}{{7*7}}") == {"customer.plan", "agent.name"}
