"""Articles of every kind, by name: each holds a canary that nobody may read who may not read the article."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from handrail.knowledge.models import Article, Sheet
from handrail.team.models import Agent
from tests.cast import NINE

LATE = "When a parcel is late, look at the last scan, then ask the depot where the van is now."
#: Nobody outside may ever read this.
CANARY = "Refund up to forty euros without asking anybody if the customer has waited five days already."


@pytest.fixture
def write_article(house, iris) -> Callable[..., Article]:
    """An article by Iris; `state` brings it there."""

    def make(*, state: str = "published", by: Agent = iris, **changes: Any) -> Article:
        sheet: dict[str, Any] = {
            "title": "Where is my parcel?",
            "summary": "How to follow a parcel.",
            "html": f"<p>{LATE}</p>",
            "audience": "public",
            "brand": house.harbour,
            "owner": by,
            "language": "en",
        }
        article = Article.make(Sheet(**{**sheet, **changes}), by=by, at=NINE)
        if state in ("published", "archived"):
            article.publish(by=iris, seen=article.version, at=NINE)
        if state == "archived":
            article.archive(by=iris, seen=article.version, at=NINE)
        return article

    return make


@pytest.fixture
def public_article(write_article: Callable[..., Article]) -> Article:
    return write_article(review_on=date(2026, 1, 1), category="Delivery")


@pytest.fixture
def customers_article(write_article: Callable[..., Article]) -> Article:
    return write_article(
        title="Prices for customers", audience="customers", html="<p>A label costs 4 euros.</p>"
    )


@pytest.fixture
def colleagues_article(write_article: Callable[..., Article]) -> Article:
    return write_article(title="Refunds on the spot", audience="colleagues", html=f"<p>{CANARY}</p>")


@pytest.fixture
def draft_article(write_article: Callable[..., Article]) -> Article:
    return write_article(title="Half a thought", state="draft", html="<p>Not checked by anybody yet.</p>")


@pytest.fixture
def archived_article(write_article: Callable[..., Article]) -> Article:
    return write_article(title="Fax numbers of depots", state="archived")


@pytest.fixture
def article_on_ticket(lost_parcel, public_article) -> dict[str, Any]:
    return {"number": lost_parcel.number, "article": public_article.number}


@pytest.fixture
def first_revision(public_article) -> dict[str, Any]:
    return {"number": public_article.number, "version": 1}


@pytest.fixture
def public_article_by_name(public_article) -> dict[str, Any]:
    return {"number": public_article.number, "slug": public_article.slug}


@pytest.fixture
def customers_article_by_name(customers_article) -> dict[str, Any]:
    return {"number": customers_article.number, "slug": customers_article.slug}
