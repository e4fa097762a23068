"""Views, counts, order, paging, narrowing and searching."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.team.models import Team
from handrail.tickets.models import Ticket, Visit
from handrail.tickets.queries import Filters, counts_of, everything, find_view, groups_for, page_of
from tests.cast import NINE


def view_of(agent, key):
    teams = Team.objects.filter(pk__in=agent.team_ids)
    view = find_view(groups_for(teams), key)
    assert view is not None
    return view


def listed(agent, key, asked=""):
    """The subjects in a view, narrowed by what is asked, in order."""
    page = page_of(view_of(agent, key), filters=Filters.read(asked, agent=agent, at=NINE), agent=agent)
    return [row.subject for row in page.rows]


def paged(agent, key):
    """The subjects in a view, asked for two at a time."""
    page = page_of(view_of(agent, key), filters=Filters(), agent=agent, limit=2)
    subjects = [row.subject for row in page.rows]
    while page.after:
        page = page_of(view_of(agent, key), filters=Filters(), agent=agent, after=page.after, limit=2)
        subjects += [row.subject for row in page.rows]
    return subjects


@pytest.fixture
def ticket(write):
    """A ticket with this subject that has waited for so many hours."""
    numbers = iter(range(1000))

    def make(subject, *, hours=1, **columns):
        made = write(subject=subject, external_id=f"{next(numbers)}@list.example").ticket
        past = NINE - timedelta(hours=hours)
        Ticket.objects.filter(pk=made.pk).update(waiting_since=past, updated_at=past, **columns)
        made.refresh_from_db()
        return made

    return make


def test_the_longest_wait_stands_first(nadia, ticket):
    ticket("one hour", hours=1)
    ticket("three hours", hours=3)
    ticket("two hours", hours=2)

    assert listed(nadia, "open") == ["three hours", "two hours", "one hour"]


def test_each_view_holds_what_its_name_says(nadia, omar, house, ticket):
    ticket("nobody's")
    ticket("mine").assign(nadia, by=nadia, at=NINE)
    ticket("omar's").assign(omar, by=nadia, at=NINE)
    ticket("in billing").move(house.billing, by=nadia, at=NINE)
    answered = ticket("answered")
    answered.assign(nadia, by=nadia, at=NINE)
    answered.reply(text="Yes", by=nadia, at=NINE)
    ticket("done").close(by=nadia, reason="solved", at=NINE)

    views = ["mine", "mine-waiting", "team-parcels-unassigned", "team-parcels-open", "team-parcels-waiting"]
    views += ["unassigned", "open", "waiting", "closed"]

    assert {key: sorted(listed(nadia, key)) for key in views} == {
        "mine": ["mine"],
        "mine-waiting": ["answered"],
        "team-parcels-unassigned": ["nobody's"],
        "team-parcels-open": ["mine", "nobody's", "omar's"],
        "team-parcels-waiting": ["answered"],
        "unassigned": ["in billing", "nobody's"],
        "open": ["in billing", "mine", "nobody's", "omar's"],
        "waiting": ["answered"],
        "closed": ["done"],
    }


def test_counts_are_exact_and_cost_one_query(nadia, ticket):
    ticket("one").assign(nadia, by=nadia, at=NINE)
    ticket("two")
    ticket("three").close(by=nadia, reason="solved", at=NINE)
    groups = groups_for(Team.objects.filter(pk__in=nadia.team_ids))
    nadia.brand_ids  # noqa: B018  read once, by whoever opens the door

    with CaptureQueriesContext(connection) as queries:
        counts = counts_of(groups, agent=nadia, at=NINE).numbers

    assert len(queries) == 1
    assert {key: counts[key] for key in ("mine", "unassigned", "open", "waiting")} == {
        "mine": 1,
        "unassigned": 1,
        "open": 2,
        "waiting": 0,
    }


def test_piet_counts_and_lists_nothing_of_another_brand(nadia, piet, ticket):
    ticket("secret")

    assert listed(nadia, "open") == ["secret"]
    assert listed(piet, "open") == []
    assert set(counts_of(groups_for([]), agent=piet, at=NINE).numbers.values()) == {0}


def test_a_light_agent_lists_her_teams_tickets_only(lena, house, nadia, ticket):
    ticket("for parcels")
    ticket("for billing").move(house.billing, by=nadia, at=NINE)

    assert listed(lena, "open") == ["for parcels"]


def test_pages_follow_each_other_without_gap_or_repetition(nadia, ticket):
    for n in range(7):
        ticket(f"waits {n}", hours=n % 3)
    seen = paged(nadia, "open")

    assert sorted(seen) == [f"waits {n}" for n in range(7)]
    assert seen == listed(nadia, "open")


def test_pages_go_on_among_tickets_where_nobody_waits(nadia, ticket):
    for n in range(5):
        ticket(f"answered {n}", hours=n).reply(text="Yes", by=nadia, at=NINE + timedelta(minutes=n))
    seen = paged(nadia, "waiting")

    assert seen == [f"answered {n}" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("after", ["x", "1.2", "..", "9" * 40 + ".1.00", "-1.5." + "0" * 32])
def test_a_made_up_place_in_a_list_begins_at_the_top_or_finds_an_end(nadia, ticket, after):
    ticket("only one")

    page = page_of(view_of(nadia, "open"), filters=Filters(), agent=nadia, after=after)

    assert len(page.rows) in (0, 1)


def test_a_list_can_be_narrowed(nadia, omar, ticket):
    ticket("plain")
    tagged = ticket("tagged")
    tagged.tag("refund", by=nadia, at=NINE)
    ticket("urgent").prioritise(Ticket.Priority.URGENT, by=nadia, at=NINE)
    ticket("omar's").assign(omar, by=nadia, at=NINE)

    assert listed(nadia, "open", "tag:Refund") == ["tagged"]
    assert listed(nadia, "open", "priority:urgent") == ["urgent"]
    assert listed(nadia, "open", "owner:omar") == ["omar's"]
    assert sorted(listed(nadia, "open", "owner:nobody")) == ["plain", "tagged", "urgent"]
    assert listed(nadia, "open", "status:open") == ["omar's"]


def test_a_filter_that_makes_no_sense_finds_nothing_and_says_why(nadia, ticket):
    ticket("only one")
    filters = Filters.read("status:opne", agent=nadia, at=NINE)

    assert listed(nadia, "open", "status:opne") == []
    assert (filters.pieces, filters.mended) == (("status:", "opne", ""), "?q=status%3Aopen")


def test_a_list_can_be_sorted_otherwise_and_its_pages_follow_each_other(nadia, ticket):
    for n in (3, 1, 4, 2, 5):
        ticket(f"parcel {n}")

    def pages(asked):
        filters, view = Filters.read(asked, agent=nadia, at=NINE), view_of(nadia, "open")
        found = [
            page_of(view, filters=filters, agent=nadia, after=after, limit=2) for after in ("", "2", "4")
        ]
        assert [page.after for page in found] == ["2", "4", None]
        return "".join(row.subject[-1] for page in found for row in page.rows)

    assert (pages("sort:subject"), pages("is:live sort:-subject")) == ("12345", "54321")


@pytest.mark.parametrize(
    "key",
    ["mine", "mine-waiting", "mine-hold", "team-parcels-open", "unassigned", "open", "waiting", "closed"],
)
def test_a_built_in_view_asks_what_its_text_says(nadia, omar, house, ticket, key):
    ticket("nobody's")
    ticket("mine").assign(nadia, by=nadia, at=NINE)
    ticket("in billing").move(house.billing, by=nadia, at=NINE)
    ticket("done").close(by=nadia, reason="solved", at=NINE)
    held, answered = ticket("held"), ticket("answered")
    for each in (held, answered):
        each.assign(nadia, by=nadia, at=NINE)
    held.hold(by=nadia, reason="a part is missing", at=NINE)
    answered.reply(text="Yes", by=nadia, at=NINE)
    view = view_of(nadia, key)

    said = page_of(everything(), filters=Filters.read(view.text, agent=nadia, at=NINE), agent=nadia)

    assert sorted(row.subject for row in said.rows) == sorted(listed(nadia, key)) != []


def test_a_ticket_is_unread_until_its_reader_looked_and_again_after_the_next_word(nadia, omar, ticket, write):
    made = ticket("unread")
    view = view_of(nadia, "open")

    def unread(agent):
        return page_of(view, filters=Filters(), agent=agent).rows[0].is_unread

    assert (unread(nadia), unread(omar)) == (True, True)
    Visit.note(ticket_id=made.pk, agent=nadia, at=NINE + timedelta(minutes=1))
    assert (unread(nadia), unread(omar)) == (False, True)
    Ticket.objects.filter(pk=made.pk).update(last_received_at=NINE + timedelta(minutes=2))
    assert unread(nadia) is True


def test_searching_finds_words_of_messages_and_notes_and_numbers(nadia, omar, ticket, write):
    first, second = ticket("First"), ticket("Second")
    write(first, text="the heliotrope umbrella", reply_text="the heliotrope umbrella")
    second.note(text="ask about marmalade", by=omar, at=NINE)

    assert listed(nadia, "open", "heliotr") == ["First"]
    assert listed(nadia, "open", "marmalade") == ["Second"]
    assert listed(nadia, "open", f"#{second.number}") == ["Second"]


def test_signs_alone_ask_nothing(nadia, ticket):
    ticket("only one")

    assert listed(nadia, "open", "' & | ! :*") == ["only one"]


def test_S_021_searching_never_finds_what_may_not_be_seen(nadia, piet, ticket, write):
    made = ticket("Secret")
    write(made, text="heliotrope", reply_text="heliotrope")

    assert listed(nadia, "open", "heliotrope") == ["Secret"]
    assert listed(piet, "open", "heliotrope") == []
    assert listed(piet, "open", f"#{made.number}") == []


def test_rows_cost_one_query_whatever_their_number(nadia, ticket):
    view = view_of(nadia, "open")
    nadia.brand_ids  # noqa: B018  read once, by whoever opens the door

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page_of(view, filters=Filters(), agent=nadia)
        return len(queries)

    ticket("one")
    one = cost()
    ticket("two")
    ticket("three")

    assert (one, cost()) == (1, 1)
