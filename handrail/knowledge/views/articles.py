"""Articles: the list of them, one to read, a new one, one to write in."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.kit.text import storable
from handrail.knowledge import policies, queries
from handrail.knowledge.forms import ArticleForm
from handrail.knowledge.models import Article
from handrail.knowledge.views.base import ArticleView
from handrail.team.access import AgentView

WHICH = ("all", "drafts", "review", "archived")


class ArticlesView(AgentView):
    """`?q=` looks in titles and words, `?which=` chooses a shelf."""

    right = "knowledge.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        given = request.GET
        words = storable(given.get("q", ""))[:100].strip()
        which = given.get("which", "") if given.get("which") in WHICH else "all"
        today = localdate()
        found = queries.page_of(
            self.agent, which=which, words=words, number=_page(given.get("page", "")), today=today
        )
        template = "knowledge/articles/_rows.html" if self.wants_fragment else "knowledge/articles/list.html"
        may_write = policies.may_write(self.agent)
        return self.page(template, found=found, words=words, which=which, today=today, may_write=may_write)


class NewArticleView(AgentView):
    """GET shows an empty form, POST begins the article."""

    right = "knowledge.write"

    def get(self, request: HttpRequest) -> HttpResponse:
        initial = {"owner": self.agent, "version": 0, "language": self.user.language, "audience": "public"}
        return self._show(ArticleForm(initial=initial, agent=self.agent))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ArticleForm(request.POST, agent=self.agent)
        if not form.is_valid():
            return self._show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        article = Article.make(form.sheet(), by=self.agent, at=clock.now())
        messages.success(request, _("Saved as a draft. Nobody reads it before it is published."))
        return self.go("knowledge:article", number=article.number)

    def _show(self, form: ArticleForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
        return self.page("knowledge/articles/edit.html", status=status, form=form, article=None)


class ReadView(ArticleView):
    """GET shows its newest words, and what happened to it."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.show()


class WriteView(ArticleView):
    """GET shows it in the editor, POST saves it; over a newer version only knowingly."""

    policy = policies.may_write

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        initial = ArticleForm.of(self.article)
        return self._edit(ArticleForm(initial=initial, agent=self.agent, article=self.article))

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        initial = ArticleForm.of(self.article)
        form = ArticleForm(request.POST, initial=initial, agent=self.agent, article=self.article)
        if not form.is_valid():
            return self._edit(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            self.article.write(form.sheet(), by=self.agent, seen=form.cleaned_data["version"], at=clock.now())
        except Article.WrittenMeanwhile:
            return self._overtaken(form)
        return self.done(_("Saved."))

    def _overtaken(self, form: ArticleForm) -> HttpResponse:
        """Both are shown: what is saved now, and what was typed; saving again is meant."""
        self.article = self._load(self.article.number)
        typed = self.request.POST.copy()
        typed["version"] = str(self.article.version)
        initial = ArticleForm.of(self.article)
        again = ArticleForm(typed, initial=initial, agent=self.agent, article=self.article)
        pieces = queries.beside(self.article, form.cleaned_data["body"])
        return self._edit(again, status=HTTPStatus.CONFLICT, pieces=pieces)

    def _edit(self, form: ArticleForm, *, status: int = HTTPStatus.OK, **context: object) -> HttpResponse:
        return self.page(
            "knowledge/articles/edit.html", status=status, form=form, article=self.article, **context
        )


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:4]) < 1000 else 1
