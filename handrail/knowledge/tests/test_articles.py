"""Articles: written one after the other, published by who may, put back, archived, found true."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from handrail.events.queries import facts_about
from handrail.kit import clock
from handrail.knowledge import events
from handrail.knowledge.models import Article
from tests.articles import LATE
from tests.cast import NINE


def posted(article, **changes):
    """What the form of an article sends."""
    return {
        "title": article.title,
        "summary": article.summary,
        "body": article.text,
        "body_html": article.html,
        "audience": article.audience,
        "brand": str(article.brand_id or ""),
        "language": article.language,
        "category": article.category,
        "owner": str(article.owner_id),
        "review_on": "",
        "version": article.version,
        **changes,
    }


def test_an_article_begins_as_a_draft_that_is_told(write_article, iris):
    article = write_article(state="draft")

    assert (article.state, article.version, article.shown) == ("draft", 1, None)
    assert [type(fact) for fact in facts_about(article.pk)] == [events.ArticleMade]
    assert article.revisions.get().words == (article.title, article.summary, article.html)


def test_readers_of_a_published_article_see_changes_once_they_are_published(
    public_article, nadia, iris, client_of
):
    form = posted(public_article, body_html="<p>Call us.</p>", body="")

    client_of(nadia).post(f"/articles/{public_article.number}/words", form)

    article = Article.objects.select_related("shown").get(pk=public_article.pk)
    assert article.shown
    assert (article.text, article.shown.text, article.has_unpublished_words) == ("Call us.", LATE, True)
    article.publish(by=iris, seen=article.version, at=NINE)
    assert article.shown.text == "Call us."
    published = facts_about(article.pk, kinds=[events.ArticlePublished])
    assert [(fact.was, fact.now, fact.state) for fact in published] == [
        (None, 1, "draft"),
        (1, 3, "published"),
    ]


def test_who_may_write_and_not_publish_changes_nothing_that_readers_notice(public_article, nadia, client_of):
    page = client_of(nadia)

    page.post(f"/articles/{public_article.number}/words", posted(public_article, audience="colleagues"))
    refused = page.post(f"/articles/{public_article.number}/publication", {"version": public_article.version})

    assert Article.objects.get(pk=public_article.pk).audience == "public"
    assert refused.status_code == 403
    with pytest.raises(PermissionDenied):
        public_article.archive(by=nadia, seen=public_article.version, at=NINE)


def test_every_setting_that_changes_is_told_with_was_and_now(public_article, iris, omar):
    sheet_of = client_sheet(public_article, owner=omar, category="Vans", review_on=date(2027, 1, 31))

    public_article.write(sheet_of, by=iris, seen=public_article.version, at=NINE)

    changes = facts_about(public_article.pk, kinds=[events.ArticleChanged])
    assert [(fact.field, fact.was, fact.now) for fact in changes] == [
        ("owner", str(iris.pk), str(omar.pk)),
        ("category", "Delivery", "Vans"),
        ("review_on", "2026-01-01", "2027-01-31"),
    ]


def client_sheet(article, **changes):
    from handrail.knowledge.models import Sheet

    names = Sheet.__dataclass_fields__
    return Sheet(**{**{name: getattr(article, name) for name in names}, **changes})


def test_two_writers_do_not_write_over_each_other_and_nothing_is_lost(public_article, nadia, omar, client_of):
    address = f"/articles/{public_article.number}/words"
    open_form = posted(public_article)
    client_of(omar).post(address, {**open_form, "body_html": "<p>Ask the depot of the van.</p>", "body": ""})

    page = client_of(nadia).post(
        address, {**open_form, "body_html": "<p>Ask the driver of the van.</p>", "body": ""}
    )

    assert page.status_code == 409
    text = page.content.decode()
    assert "Omar Benali saved a newer version while you wrote" in text
    assert "Ask the driver of the van." in text
    assert "<del>depot</del><ins>driver</ins>" in text
    newest = Article.objects.get(pk=public_article.pk)
    assert newest.text == "Ask the depot of the van."
    again = {**open_form, "body_html": "<p>Ask the driver of the van.</p>", "version": newest.version}
    assert client_of(nadia).post(address, again).status_code == 303
    assert [row.text for row in newest.revisions.all()][1:] == [
        "Ask the depot of the van.",
        "Ask the driver of the van.",
    ]


def test_a_press_on_a_version_that_is_gone_changes_nothing(public_article, iris, client_of):
    page = client_of(iris).post(f"/articles/{public_article.number}/archive", {"version": 1})

    assert page.status_code == 409
    assert "Somebody changed it meanwhile" in page.content.decode()
    assert Article.objects.get(pk=public_article.pk).state == "published"


def test_an_earlier_revision_is_taken_up_again_as_a_new_version(public_article, nadia, client_of):
    page, number = client_of(nadia), public_article.number
    page.post(f"/articles/{number}/words", posted(public_article, body_html="<p>Gone.</p>", body=""))
    seen = Article.objects.get(pk=public_article.pk).version

    looked = page.get(f"/articles/{number}/revisions").content.decode()
    done = page.post(f"/articles/{number}/revisions/1/restoration", {"version": seen})

    assert "<ins>Gone</ins>" in looked
    assert done.status_code == 303
    article = Article.objects.get(pk=public_article.pk)
    assert (article.text, article.version, article.revisions.count()) == (LATE, seen + 1, 3)


def test_an_archived_article_comes_back_as_a_draft(archived_article, iris, client_of):
    page = client_of(iris).post(
        f"/articles/{archived_article.number}/archive",
        {"version": archived_article.version, "_method": "delete"},
    )

    assert page.status_code == 303
    article = Article.objects.get(pk=archived_article.pk)
    assert (article.state, article.shown, article.published_at) == ("draft", None, None)


def test_found_true_it_is_looked_at_again_later_and_leaves_the_list_of_the_overdue(
    public_article, nadia, client_of
):
    page = client_of(nadia)
    assert "review overdue" in page.get("/articles?which=review").content.decode()

    page.post(
        f"/articles/{public_article.number}/verification", {"version": public_article.version, "months": 6}
    )

    article = Article.objects.get(pk=public_article.pk)
    assert article.review_on is not None
    assert 170 < (article.review_on - clock.now().date()).days < 190
    assert public_article.title not in page.get("/articles?which=review").content.decode()
    told = facts_about(article.pk, kinds=[events.ArticleVerified])
    assert [(fact.was, fact.now) for fact in told] == [("2026-01-01", article.review_on.isoformat())]


def test_what_happened_is_told_with_who_did_it(public_article, iris, client_of):
    page = client_of(iris).get(f"/articles/{public_article.number}/revisions").content.decode()

    assert "Iris Vermeer published version 1" in page
    assert "Iris Vermeer began it" in page


def test_a_plain_text_without_script_becomes_paragraphs(iris, house, client_of):
    form = {"title": "Opening hours", "body": "Monday to Friday.\n\nNever on <b>Sunday</b>.", "version": 0}
    form |= {"audience": "public", "language": "en", "owner": str(iris.pk)}

    assert client_of(iris).post("/articles/new", form).status_code == 303

    article = Article.objects.get(title="Opening hours")
    assert article.html == "<p>Monday to Friday.</p><p>Never on &lt;b&gt;Sunday&lt;/b&gt;.</p>"
    assert article.brand is None


def test_an_article_needs_words(iris, client_of):
    form = {"title": "Nothing", "audience": "public", "language": "en", "owner": str(iris.pk), "version": 0}

    page = client_of(iris).post("/articles/new", form)

    assert page.status_code == 422
    assert "Write something first." in page.content.decode()
