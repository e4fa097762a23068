"""Articles for what is written on a ticket: get those that fit, get one to read, post one to put it in."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.kit.text import storable
from handrail.knowledge import queries
from handrail.knowledge.models import Article
from handrail.team.access import AgentView
from handrail.tickets import policies
from handrail.tickets.models import Draft, Ticket
from handrail.tickets.unfit import Unfit
from handrail.ui.reading import own_words
from handrail.workbench import inserting
from handrail.workbench.inserting import How


class InsertionForm(forms.Form):
    """What of the article is put in, into an answer or into a note."""

    how = forms.ChoiceField(choices=How.choices)
    mode = forms.ChoiceField(choices=Draft.Mode.choices)


class TicketArticlesView(AgentView):
    """Loads the ticket, as far as this agent may see it and write on it."""

    right = "knowledge.read"
    ticket: Ticket

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            seen = Ticket.objects.visible_to(self.agent).filter(number=kwargs["number"]).first()
            if seen is None:
                raise Http404
            self.ticket = seen
            if not policies.may_write(self.agent):
                raise PermissionDenied

    @property
    def mode(self) -> str:
        """What is written: as the composer says, else as the agent's draft was."""
        given = self.request.POST.get("mode") or self.request.GET.get("mode")
        if given in Draft.Mode.values and (given == Draft.Mode.NOTE or policies.may_reply(self.agent)):
            return str(given)
        return str(Draft.Mode.REPLY if policies.may_reply(self.agent) else Draft.Mode.NOTE)

    def panel(self, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A part of the dialog; without script, a page."""
        template = f"workbench/articles/{'_' if self.wants_fragment else ''}{name}.html"
        shared = {"ticket": self.ticket, "mode": self.mode, "today": localdate()}
        return self.page(template, status=status, **shared, **context)


class ArticlesView(TicketArticlesView):
    """`?q=` looks for words; without, those that share words with the ticket's subject come first."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        words = storable(request.GET.get("q", ""))[:100].strip()
        found = queries.offered(
            self.agent, brand_id=self.ticket.brand_id, words=words, about=self.ticket.subject
        )
        return self.panel("offered", articles=found, words=words)


class ArticleView(TicketArticlesView):
    """GET shows one to read, POST puts it in: for a script as words for the editor, else into the draft."""

    def get(self, request: HttpRequest, number: int, article: int) -> HttpResponse:
        return self._read(self._article(article))

    def post(self, request: HttpRequest, number: int, article: int) -> HttpResponse:
        form, chosen = InsertionForm(request.POST), self._article(article)
        if not form.is_valid():
            return self._read(chosen, status=422, trouble=_("Choose what to put in."))
        given: dict[str, Any] = {"how": form.cleaned_data["how"], "mode": self.mode, "ticket": self.ticket}
        try:
            if not self.wants_fragment:
                inserting.insert_into_draft(chosen, **given, by=self.agent, at=clock.now())
                return self.go("tickets:show", number=number)
            put = inserting.insert(chosen, **given, by=self.agent, at=clock.now())
        except Unfit as unfit:
            return self._read(chosen, status=409, trouble=str(unfit))
        return self.page("workbench/articles/_inserted.html", ticket=self.ticket, mode=self.mode, put=put)

    def _article(self, number: int) -> Article:
        found = queries.article_for(self.agent, number, brand_id=self.ticket.brand_id)
        if found is None:
            raise Http404
        return found

    def _read(self, article: Article, *, status: int = 200, trouble: str = "") -> HttpResponse:
        said = article.shown or article
        words = own_words(said.html)
        return self.panel("article", status=status, article=article, said=said, words=words, trouble=trouble)
