"""What of an article can be searched: the newest words by the desk, the published ones by its visitors.

The two are indexed apart, so that no search of a visitor can reach words that are not published.
"""

from datetime import datetime
from uuid import UUID

from handrail.knowledge.models import Article, State
from handrail.search import indexing
from handrail.search.indexing import Text

#: The kinds of texts: what the desk searches, and what visitors of the help centre do.
DESK, HELP = "article", "help"
#: Whose a text is that every brand has.
EVERY_BRAND = UUID(int=0)


def index(article_id: UUID) -> None:
    """Index an article, or index it anew."""
    article = Article.objects.select_related("shown").get(pk=article_id)
    body = "\n".join((article.summary, article.category, article.text))
    texts = [_text(article, DESK, article.title, body, at=article.updated_at)]
    if article.state == State.PUBLISHED and article.shown:
        shown = article.shown
        texts.append(_text(article, HELP, shown.title, f"{shown.summary}\n{shown.text}", at=shown.at))
    else:
        indexing.drop(kind=HELP, key=article.pk)
    indexing.put(texts)


def _text(article: Article, kind: str, title: str, body: str, *, at: datetime) -> Text:
    return Text(
        kind=kind,
        key=article.pk,
        owner=article.pk,
        scope=article.brand_id or EVERY_BRAND,
        at=at,
        title=title,
        body=body,
    )
