"""S-011: the corpus of hostile markup and of markdown, in articles."""

import pytest
from django.test import Client

from handrail.kit import html
from handrail.kit.html.cleaning import STRICT_TAGS
from handrail.kit.html.tests.payloads import ALL
from handrail.kit.html.tests.test_cleaning import assert_nothing_active
from handrail.knowledge.models import Article

AROUND = [
    "{}",
    "```html\n{}\n```",
    "[x]({})",
    "[x][1]\n\n[1]: {}",
    "<p>{}</p>",
    '<p><a href="{}">x</a></p>',
    '<pre><code class="language-html">{}</code></pre>',
]


@pytest.mark.parametrize("around", AROUND)
def test_S_011_hostile_markup_in_an_article_is_harmless_where_it_is_kept(around, write_article):
    corpus = [around.replace("{}", payload).replace("\x00", "") for payload in ALL]

    article = write_article(html="\n".join(corpus), state="draft")

    assert_nothing_active(Article.objects.get(pk=article.pk).html, STRICT_TAGS)
    for each in corpus:
        assert_nothing_active(html.strict(each), STRICT_TAGS)


def test_S_011_hostile_markup_in_an_article_is_harmless_on_every_page(write_article, iris, client_of):
    script, picture = "<script>canary()</script>", '<img src=x onerror="canary()">'
    canary = f'<p>start</p>{script}{picture}<a href="javascript:canary()">x</a>'
    article = write_article(title="<b>T</b><script>canary()</script>", summary="<i>S</i>", html=canary)
    desk = client_of(iris)
    pages = [
        Client().get(f"/help/articles/{article.number}-{article.slug}"),
        Client().get("/help/articles"),
        desk.get(f"/articles/{article.number}"),
        desk.get("/articles"),
        desk.get(f"/articles/{article.number}/revisions"),
        desk.get(f"/articles/{article.number}/words"),
    ]

    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert "<script>canary" not in text
        assert "onerror=" not in text
        assert "javascript:" not in text
