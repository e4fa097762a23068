"""Articles in the composer: offered by the ticket's words, put in as a link or as words, told as facts."""

import pytest
from django.conf import settings
from django.db import connection

from handrail.events.queries import facts_about
from handrail.knowledge.events import ArticleUsed
from handrail.tickets.models import Draft
from tests.articles import CANARY, LATE

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def put(client_of, nadia, lost_parcel):
    """Press a button of the dialog: `put(article, how="link", mode="reply")`."""

    def press(article, *, by=nadia, script=True, **given):
        address = f"/tickets/{lost_parcel.number}/articles/{article.number}"
        return client_of(by).post(address, given, headers=BY_SCRIPT if script else {})

    return press


def offered(client_of, agent, ticket, query="") -> list[str]:
    """The titles in the dialog, in order."""
    page = client_of(agent).get(f"/tickets/{ticket.number}/articles?{query}", headers=BY_SCRIPT)
    parts = page.content.decode().split('<span class="articles__title" dir="auto">')[1:]
    return [part.partition("<")[0] for part in parts]


def test_articles_that_share_words_with_the_subject_come_first(write_article, nadia, lost_parcel, client_of):
    write_article(title="Where is my parcel?")
    write_article(title="Opening hours", html="<p>Monday to Friday.</p>")

    assert offered(client_of, nadia, lost_parcel) == ["Where is my parcel?", "Opening hours"]
    assert offered(client_of, nadia, lost_parcel, "q=monday fri") == ["Opening hours"]
    assert offered(client_of, nadia, lost_parcel, "q=zeppelin") == []


def test_only_published_articles_of_the_tickets_brand_are_offered(
    write_article, public_article, draft_article, archived_article, house, ada, nadia, lost_parcel, client_of
):
    ada.user.brands.add(house.office)
    nadia.user.brands.add(house.office)
    write_article(title="Desk chairs", brand=house.office)
    write_article(title="For every brand", brand=None)

    assert set(offered(client_of, nadia, lost_parcel)) == {"Where is my parcel?", "For every brand"}


def test_a_link_is_the_title_with_the_address_at_the_help_centre(put, public_article, lost_parcel):
    page = put(public_article, how="link", mode="reply").content.decode()

    address = f"{settings.BASE_URL}/help/articles/{public_article.number}-where-is-my-parcel"
    assert f'href="{address}"' in page
    assert ">Where is my parcel?</a>" in page
    assert 'data-mode="reply"' in page
    used = facts_about(public_article.pk, kinds=[ArticleUsed])
    assert [(fact.ticket_id, fact.how, fact.mode) for fact in used] == [(lost_parcel.pk, "link", "reply")]


def test_the_text_is_what_readers_see_and_not_what_is_being_written(put, public_article, nadia):
    from handrail.knowledge.tests.test_articles import client_sheet

    sheet = client_sheet(public_article, html="<p>Not checked.</p>")
    public_article.write(sheet, by=nadia, seen=public_article.version, at=public_article.updated_at)

    page = put(public_article, how="text", mode="reply").content.decode()

    assert LATE in page
    assert "Not checked." not in page


def test_without_script_it_stands_below_what_was_written(put, public_article, nadia, lost_parcel):
    Draft.keep(
        ticket_id=lost_parcel.pk, by=nadia, mode="reply", text="Hello,", html="", at=lost_parcel.created_at
    )

    assert put(public_article, how="text", mode="reply", script=False).status_code == 303

    draft = Draft.objects.get(ticket=lost_parcel, agent=nadia)
    assert (draft.mode, draft.text) == ("reply", f"Hello,\n\n{LATE}")


def test_what_is_for_colleagues_goes_into_notes_alone_and_says_so(
    put, colleagues_article, nadia, lost_parcel, client_of
):
    offer = client_of(nadia).get(f"/tickets/{lost_parcel.number}/articles?mode=reply", headers=BY_SCRIPT)
    refused = put(colleagues_article, how="text", mode="reply")
    taken = put(colleagues_article, how="text", mode="note")

    assert "Only colleagues may read it. Put it into a note." in offer.content.decode()
    assert offer.content.decode().count(" disabled ") == 2
    assert refused.status_code == 409
    assert CANARY not in offer.content.decode()
    assert "data-insert-target" not in refused.content.decode()
    assert CANARY in taken.content.decode()
    assert f"{settings.BASE_URL}/articles/{colleagues_article.number}" in taken.content.decode()
    used = facts_about(colleagues_article.pk, kinds=[ArticleUsed])
    assert [fact.mode for fact in used] == ["note"]


def test_a_light_agent_writes_notes_whatever_the_form_says(put, public_article, colleagues_article, lena):
    page = put(colleagues_article, by=lena, how="text", mode="reply")

    assert page.status_code == 200
    assert 'data-mode="note"' in page.content.decode()


def test_the_dialog_costs_the_same_for_one_article_and_three(write_article, nadia, lost_parcel, client_of):
    browser, costs = client_of(nadia), []
    address = f"/tickets/{lost_parcel.number}/articles"
    for _round in range(2):
        write_article()
        browser.get(address)
        connection.force_debug_cursor = True
        before = len(connection.queries)
        browser.get(address, headers=BY_SCRIPT)
        costs.append(len(connection.queries) - before)
        connection.force_debug_cursor = False
        write_article()

    assert costs[0] == costs[1]


def test_a_tickets_page_asks_nothing_about_articles(
    public_article, nadia, lost_parcel, client_of, django_assert_max_num_queries
):
    browser = client_of(nadia)

    with django_assert_max_num_queries(100) as asked:
        page = browser.get(f"/tickets/{lost_parcel.number}")

    assert 'data-command="Insert an article…"' in page.content.decode()
    assert [query["sql"] for query in asked if "knowledge_" in query["sql"]] == []


def test_without_the_right_to_read_articles_there_is_no_button(house, nadia, lost_parcel, client_of):
    role = nadia.user.role
    role.rights = [right for right in role.rights if not right.startswith("knowledge.")]
    role.save()

    page = client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()

    assert "Insert an article" not in page


def test_the_command_bar_finds_articles_that_one_may_read(
    public_article, draft_article, nadia, lena, client_of
):
    found = client_of(nadia).get("/inbox/jump?q=thought").content.decode()
    hidden = client_of(lena).get("/inbox/jump?q=thought").content.decode()

    assert f'href="/articles/{draft_article.number}"' in found
    assert "Half a thought" not in hidden
