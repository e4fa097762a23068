"""The revisions of an article: look at them and at what changed; post to one to take up its words again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.knowledge import policies, queries
from handrail.knowledge.models import Revision
from handrail.knowledge.telling import told_about
from handrail.knowledge.views.base import ArticleView


class RevisionsView(ArticleView):
    """GET lists them; `?version=` shows one beside the one before it."""

    policy = policies.may_write

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        versions = queries.versions_of(self.article)
        asked = request.GET.get("version", "")
        at = next((n for n, each in enumerate(versions) if str(each.revision.number) == asked), 0)
        before = versions[at + 1].revision if at + 1 < len(versions) else None
        return self.page(
            "knowledge/articles/revisions.html",
            article=self.article,
            versions=versions,
            looked_at=versions[at],
            before=before,
            pieces=queries.change_between(before, versions[at].revision),
            told=told_about(self.article.pk),
        )


class RestorationView(ArticleView):
    """POST gives the article the words of an earlier revision, as a new version."""

    policy = policies.may_write

    def post(self, request: HttpRequest, number: int, version: int) -> HttpResponse:
        revision: Revision | None = self.article.revisions.filter(number=version).first()
        if revision is None:
            raise Http404
        self.article.restore(revision, by=self.agent, seen=self.seen, at=clock.now())
        return self.done(_("It has the words of version %(number)s again.") % {"number": version})
