"""Statuses and fields in a real browser: an admin makes them, an agent uses them, also on a phone."""

import re

import pytest
from playwright.sync_api import expect

from handrail.fields.field import Kind, Noun
from handrail.fields.forming import Condition, Effect, Rule
from handrail.fields.models import Definition, FormRule
from handrail.tickets.models import Ticket
from tests.cast import NINE

pytestmark = pytest.mark.browser


def test_an_admin_makes_a_status_and_an_agent_uses_it_at_once(browser, ada, nadia, lost_parcel):
    desk = browser(nadia)
    desk.goto(f"/tickets/{lost_parcel.number}")
    settings = browser(ada)
    settings.goto("/settings/statuses")
    settings.get_by_label("Name in English").fill("At customs")
    settings.get_by_role("textbox", name="Key").fill("at-customs")
    settings.get_by_label("Counts as").select_option("hold")
    settings.get_by_role("button", name="Add a status").click()
    expect(settings.get_by_role("link", name=re.compile("At customs"))).to_be_visible()

    desk.reload()
    desk.keyboard.press("s")
    form = desk.locator("form", has=desk.get_by_role("button", name="At customs"))
    form.get_by_label("What it waits for").fill("Papers")
    form.get_by_role("button", name="At customs").click()

    expect(desk.locator(f"#ticket-{lost_parcel.number}-head")).to_contain_text("At customs")
    expect(desk.locator(f"#ticket-{lost_parcel.number}-details")).to_contain_text("Papers")
    assert Ticket.objects.get().status == "hold"


def test_the_matrix_warns_before_anything_is_saved(browser, ada, house):
    page = browser(ada)
    page.goto("/settings/moves/agent")
    expect(page.locator("#status-advice")).to_contain_text("Everything leads somewhere")

    page.evaluate("document.querySelectorAll('input[name=move]').forEach((box) => { box.checked = false })")
    page.get_by_label("From Open to Solved").dispatch_event("change", {"bubbles": True})

    expect(page.locator("#status-advice")).to_contain_text("Agent can move no ticket at all")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_form_changes_while_an_agent_fills_it_in(browser, ada, nadia, lost_parcel, phone):
    choices = [{"key": "late", "labels": {"en": "Late"}}, {"key": "lost", "labels": {"en": "Lost"}}]
    made = {"noun": Noun.TICKET, "by": ada.user, "at": NINE}
    Definition.define(key="reason", kind=Kind.CHOICE, choices=choices, labels={"en": "Reason"}, **made)
    Definition.define(key="parcel", kind=Kind.TEXT, labels={"en": "Parcel"}, **made)
    shows = Rule(
        name="Parcel",
        conditions=(Condition(about="field.reason", test="is", values=("lost",)),),
        effects=(Effect(field="parcel", deed="show"), Effect(field="parcel", deed="require")),
    )
    FormRule.make(noun=Noun.TICKET, rule=shows, by=ada.user, at=NINE)
    page = browser(nadia, phone=phone)
    page.goto(f"/tickets/{lost_parcel.number}/fields" if phone else f"/tickets/{lost_parcel.number}")
    if not phone:
        page.get_by_role("link", name=re.compile("Fill in")).click()

    expect(page.get_by_label("Parcel")).to_have_count(0)
    page.locator("select[name='field.reason']").select_option("lost")
    page.get_by_label("Parcel").fill("HB 9999")
    page.get_by_role("button", name="Save").click()

    expect(page.locator(f"#ticket-{lost_parcel.number}-timeline")).to_contain_text("HB 9999")
    assert Ticket.objects.get().fields == {"reason": "lost", "parcel": "HB 9999"}


def test_a_rule_tells_what_it_would_do_before_it_counts(browser, ada, house):
    made = {"noun": Noun.TICKET, "kind": Kind.TEXT, "by": ada.user, "at": NINE}
    Definition.define(key="parcel", labels={"en": "Parcel"}, **made)
    page = browser(ada)
    page.goto("/settings/form-rules/new/ticket")
    page.get_by_role("textbox", name="Name").fill("Parcel on hold")
    page.locator("[name=about_0]").select_option("status")
    page.locator("[name=values_0]").fill("On hold")
    page.locator("[name=field_0]").select_option("parcel")

    expect(page.locator("#rule-preview")).to_contain_text("hidden else")
    assert not FormRule.objects.exists()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Parcel on hold")).to_be_visible()
