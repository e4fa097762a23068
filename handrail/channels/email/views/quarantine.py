"""Mail that could not be taken in: the list, one of them, its bytes, and another try."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.accounts.models import User
from handrail.channels.email import queries
from handrail.channels.email.models import RawMail
from handrail.channels.email.views.raw import as_text
from handrail.kit import clock
from handrail.kit.ids import uuid_or_none


def may_decide(user: User) -> bool:
    """Whether this user may say that a mail in quarantine is spam: who may not read it there may not."""
    return user.may("mail.decide") and user.may("mail.manage")


class QuarantineView(PrivateView):
    """GET lists what could not be taken in."""

    right = "mail.see_health"

    def get(self, request: HttpRequest) -> HttpResponse:
        before = uuid_or_none(request.GET.get("before", ""))
        found = queries.quarantine(self.user, before=before)
        rights = {"may_read": self.user.may("mail.manage"), "may_decide": may_decide(self.user)}
        return self.page("email/quarantine/list.html", found=found, **rights)


class QuarantinedMailView(PrivateView):
    """GET shows one mail as its bytes, as far as a page can."""

    right = "mail.manage"

    def get(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        shown = queries.quarantined_mail(self.user, mail)
        return self.page("email/quarantine/show.html", shown=shown, may_decide=may_decide(self.user))


class QuarantinedBytesView(PrivateView):
    """GET downloads the bytes as they came."""

    right = "mail.manage"

    def get(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        rows = RawMail.objects.visible_to(self.user).quarantined()
        return as_text(get_object_or_404(rows, pk=mail).raw, name=f"{mail}.eml")


class ReplayView(PrivateView):
    """POST lets a mail be read again."""

    right = "mail.manage"

    def post(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        rows = RawMail.objects.visible_to(self.user).without_bytes()
        try:
            get_object_or_404(rows, pk=mail).replay(by=self.user, at=clock.now())
            messages.success(request, _("The mail is read again."))
        except RawMail.NotInQuarantine:
            messages.info(request, _("Somebody let it be read again already."))
        return self.go("mail:quarantine")


class ReplaysView(PrivateView):
    """POST lets every mail in quarantine be read again."""

    right = "mail.manage"

    def post(self, request: HttpRequest) -> HttpResponse:
        count = RawMail.objects.visible_to(self.user).replay_all(by=self.user, at=clock.now())
        messages.success(request, _("%(count)s mails are read again.") % {"count": count})
        return self.go("mail:quarantine")
