"""What must be true at once when something happened to an article: the search index, and its passages."""

from handrail.events import reacts_to
from handrail.knowledge import passages, texts
from handrail.knowledge.events import (
    ArticleArchived,
    ArticleFact,
    ArticleMade,
    ArticlePublished,
    ArticleRestored,
    ArticleWritten,
)


@reacts_to(ArticleMade, ArticleWritten, ArticlePublished, ArticleArchived, ArticleRestored)
def index_the_article(event: ArticleFact) -> None:
    texts.index(event.article_id)


@reacts_to(ArticleMade, ArticleWritten, ArticlePublished, ArticleArchived)
def know_its_words_again(event: ArticleFact) -> None:
    passages.keep(event.article_id)
