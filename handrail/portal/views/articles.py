"""Articles at the help centre: what this visitor may read, and one of them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from handrail.accounts.models import User
from handrail.kit.text import storable
from handrail.knowledge import addresses, queries
from handrail.portal.access import WelcomeView
from handrail.ui.reading import own_words


class ArticlesView(WelcomeView):
    """`?q=` looks for words in what this visitor may read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = storable(request.GET.get("q", ""))[:100].strip()
        found = queries.help_articles(visitor_of(request), words)
        return self.page("portal/articles/list.html", articles=found, words=words)


class ArticleView(WelcomeView):
    """What is not for this visitor is not there: drafts, archived ones, those for colleagues or others."""

    def get(self, request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
        article = queries.help_article(visitor_of(request), number)
        if article is None or article.shown is None:
            raise Http404
        if slug != article.slug:
            return HttpResponseRedirect(addresses.path_at_help(article))
        words = own_words(article.shown.html)
        return self.page("portal/articles/show.html", article=article, said=article.shown, words=words)


def visitor_of(request: HttpRequest) -> User | None:
    """Who looks; None for somebody who is not signed in."""
    return request.user if isinstance(request.user, User) else None
