"""The standing of an article: publish it, archive it and bring it back, find it true."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.knowledge import policies
from handrail.knowledge.forms import VerificationForm
from handrail.knowledge.models import Article
from handrail.knowledge.views.base import ArticleView

#: Days of a month, where only months are chosen.
MONTH = 30.4


class PublicationView(ArticleView):
    """POST shows readers the newest words."""

    policy = policies.may_publish

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            self.article.publish(by=self.agent, seen=self.seen, at=clock.now())
        except Article.PublishedAlready:
            return self.show(status=HTTPStatus.CONFLICT, trouble=_("Readers see these words already."))
        return self.done(_("Published."))


class ArchiveView(ArticleView):
    """POST takes it out of use, DELETE makes it a draft again."""

    policy = policies.may_publish

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            self.article.archive(by=self.agent, seen=self.seen, at=clock.now())
        except Article.ArchivedAlready:
            return self.show(status=HTTPStatus.CONFLICT, trouble=_("It is archived already."))
        return self.done(_("Archived. Nobody outside reads it any more; you can bring it back."))

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            self.article.bring_back(by=self.agent, seen=self.seen, at=clock.now())
        except Article.NotArchived:
            return self.show(status=HTTPStatus.CONFLICT, trouble=_("It is in use already."))
        return self.done(_("It is a draft again."))


class VerificationView(ArticleView):
    """POST says that it is still true, and for how long it is likely to stay so."""

    policy = policies.may_write

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = VerificationForm(request.POST)
        if not form.is_valid():
            words = _("Choose for how long.")
            return self.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, trouble=words)
        until = localdate() + timedelta(days=round(form.cleaned_data["months"] * MONTH))
        self.article.verify(until=until, by=self.agent, seen=self.seen, at=clock.now())
        return self.done(_("Found true."))
