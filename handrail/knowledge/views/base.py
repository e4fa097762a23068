"""What all views of one article share: they load what this agent may see."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from handrail.accounts.access import take_as_meant
from handrail.knowledge import addresses, policies, queries
from handrail.knowledge.forms import VersionForm
from handrail.knowledge.models import Article
from handrail.team.access import AgentView
from handrail.team.models import Agent
from handrail.ui.reading import own_words


class ArticleView(AgentView):
    """Something of one article. policy: what the agent must be allowed to do, else a 403."""

    right = "knowledge.read"
    policy: ClassVar[Callable[[Agent], bool]] = policies.may_read
    article: Article

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and policies.may_read(self.agent):
            self.article = self._load(kwargs["number"])
            if not type(self).policy(self.agent):
                raise PermissionDenied

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        take_as_meant(request)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Article.WrittenMeanwhile:
            words = _("Somebody changed it meanwhile. Look at it as it is now, then press again.")
            return self.show(status=HTTPStatus.CONFLICT, trouble=words)

    @property
    def seen(self) -> int:
        """The version that was on the screen; 0, which no article has, when none was sent."""
        form = VersionForm(self.request.POST)
        return form.cleaned_data["version"] if form.is_valid() else 0

    def show(self, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        """The article's page as it is now."""
        self.article = self._load(self.article.number)
        return self.page("knowledge/articles/show.html", status=status, **self.context(), **context)

    def context(self) -> dict[str, Any]:
        """What its page shows."""
        said = queries.said_by(self.article, to=self.agent)
        return {
            "article": self.article,
            "said": said,
            "words": own_words(said.html),
            "help_address": addresses.at_help(self.article) if self.article.is_outside else "",
            "today": localdate(),
            "may_write": policies.may_write(self.agent),
            "may_publish": policies.may_publish(self.agent),
        }

    def done(self, words: str) -> HttpResponse:
        """Back to the article, with a sentence."""
        messages.success(self.request, words)
        return self.go("knowledge:article", number=self.article.number)

    def _load(self, number: int) -> Article:
        rows = Article.objects.visible_to(self.agent).filter(number=number)
        rows = rows.select_related("owner", "brand", "shown", "written_by")
        article: Article | None = rows.first()
        if article is None:
            raise Http404
        return article
