"""How a mailbox gets its mail: by SMTP here, fetched by IMAP, or handed in by a provider."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email import health
from handrail.channels.email.imap import trial
from handrail.channels.email.imap.lines import Server
from handrail.channels.email.imap.signing_in import signer, with_password
from handrail.channels.email.imap.trial import Tried
from handrail.channels.email.models import EmailAccount, ImapRoad, MailHook
from handrail.channels.email.road_forms import HookForm, ImapForm
from handrail.kit import clock


class RoadView(PrivateView):
    """Something about the roads of one mailbox of one's brands."""

    right = "mail.manage"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.mailbox_id: UUID = kwargs["mailbox"]

    @property
    def mailbox(self) -> EmailAccount:
        found = EmailAccount.objects.visible_to(self.user).select_related("brand", "imap", "hook")
        return get_object_or_404(found, pk=self.mailbox_id)

    def back(self) -> HttpResponse:
        return self.go("mail:incoming", mailbox=self.mailbox_id)

    def show(
        self,
        mailbox: EmailAccount,
        *,
        imap_form: ImapForm | None = None,
        hook_form: HookForm | None = None,
        tried: Tried | None = None,
        status: int = 200,
    ) -> HttpResponse:
        road, hook = road_of(mailbox), hook_of(mailbox)
        return self.page(
            "email/mailboxes/incoming.html",
            mailbox=mailbox,
            road=road,
            hook=hook,
            told=health.of(mailbox, at=clock.now()),
            hook_address=hook_address(hook) if hook else "",
            imap_form=imap_form or ImapForm(initial=ImapForm.of(road, address=mailbox.address), known=road),
            hook_form=hook_form or HookForm(initial=HookForm.of(hook), known=hook),
            tried=tried,
            smtp_port=settings.SMTP_PORT,
            status=status,
        )


class IncomingView(RoadView):
    """GET shows the roads of a mailbox and how they are doing."""

    def get(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        return self.show(self.mailbox)


class ImapView(RoadView):
    """POST fetches the mailbox from now on, or changes how; `trial` only tries it."""

    def post(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        found = self.mailbox
        form = ImapForm(request.POST, known=road_of(found))
        if not form.is_valid():
            return self.show(found, imap_form=form, status=422)
        if "trial" in request.POST:
            return self.show(found, imap_form=form, tried=tried(form))
        ImapRoad.lay(found, secret=form.secret, by=self.user, at=clock.now(), **form.columns)
        messages.success(request, _("Saved. The mailbox is looked at within a few seconds."))
        return self.back()


class ImapPauseView(RoadView):
    """POST stops fetching, or goes on with it: `paused` says which."""

    def post(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        road = get_object_or_404(ImapRoad.objects.visible_to(self.user), account=mailbox)
        road.pause(paused=request.POST.get("paused") == "yes", by=self.user, at=clock.now())
        return self.back()


class ImapRemovalView(RoadView):
    """POST ends fetching for good and forgets the password; mail that came stays."""

    def post(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        get_object_or_404(ImapRoad.objects.visible_to(self.user), account=mailbox).end(
            by=self.user, at=clock.now()
        )
        messages.success(request, _("The mailbox is no longer fetched, and its password is forgotten."))
        return self.back()


class HookView(RoadView):
    """POST lets a provider hand in mail, or changes its secret."""

    def post(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        found = self.mailbox
        form = HookForm(request.POST, known=hook_of(found))
        if not form.is_valid():
            return self.show(found, hook_form=form, status=422)
        given = form.cleaned_data
        MailHook.lay(
            found,
            provider=given["provider"],
            secret=given["secret"] or None,
            api_key=given["api_key"] or None,
            is_paused=given["is_paused"],
            by=self.user,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return self.back()


def tried(form: ImapForm) -> Tried:
    """The mailbox as the form describes it, tried at once."""
    given = form.cleaned_data
    server = Server(host=given["host"], port=given["port"], security=given["security"])
    if given["password"] or form.known is None or given["sign_in"] == ImapRoad.SignIn.PASSWORD:
        secret = given["password"] or (form.known.secret if form.known and form.knows_secret else "")
        return trial.attempt(server, with_password(given["user"], secret), folder=given["folder"])
    return trial.attempt(server, signer(form.known), folder=given["folder"])


def road_of(mailbox: EmailAccount) -> ImapRoad | None:
    return getattr(mailbox, "imap", None)


def hook_of(mailbox: EmailAccount) -> MailHook | None:
    return getattr(mailbox, "hook", None)


def hook_address(hook: MailHook) -> str:
    """What the operator enters at the provider."""
    return settings.BASE_URL + reverse("mail:hook", kwargs={"provider": hook.provider, "key": hook.key})
