"""Where mail providers call: mail is durable before they hear 200; the same call again adds nothing."""

from dataclasses import replace

import structlog
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from psycopg.errors import DiskFull

from handrail.accounts.access import PublicView
from handrail.channels.email import alarms
from handrail.channels.email.deliveries import delivery_reported
from handrail.channels.email.hooks import providers
from handrail.channels.email.hooks.parcels import Call, Elsewhere, Malformed, Parcel, TooLarge
from handrail.channels.email.models import MailHook
from handrail.channels.email.storing import Arrival, store
from handrail.channels.email.views.incoming import hook_address
from handrail.kit import clock

log = structlog.get_logger()

#: A provider that is asked to come back tries again after so many seconds.
LATER = "60"


@method_decorator(csrf_exempt, name="dispatch")  # no cookie is looked at: a secret proves who calls
class HookReceiverView(PublicView):
    """POST hands in mail, or tells what became of ours. A wrong key and a wrong secret hear the same.

    GET says that somebody listens, whatever the address: some providers ask before they take it.
    """

    before_second_factor = True

    def get(self, request: HttpRequest, provider: str, key: str) -> HttpResponse:
        return answer(200, "Providers call here by POST.")

    def post(self, request: HttpRequest, provider: str, key: str) -> HttpResponse:
        hook = MailHook.called(provider=provider, key=key)
        try:
            call = Call.of(request, address=hook_address(hook) if hook else "")
        except TooLarge:
            return answer(413, "The mail is larger than this desk reads.")
        try:
            proven = providers.is_proven(provider, call, hook.secret if hook else "", at=clock.now())
        except Elsewhere as trouble:
            return later(str(trouble))
        if not proven or hook is None:
            if hook:
                hook.refused(at=clock.now())
            return answer(403, "Not allowed.")
        if hook.is_paused or not hook.account.is_active:
            return later("This mailbox takes no mail now.")
        return self._take(hook, call)

    def _take(self, hook: MailHook, call: Call) -> HttpResponse:
        try:
            parcel = providers.read(hook.provider, replace(call, api_key=hook.api_key))
        except Elsewhere as trouble:
            tell_trouble(hook, str(trouble))
            return later(str(trouble))
        except Malformed:
            log.warning("hook.malformed", provider=hook.provider, mailbox=str(hook.account_id))
            return answer(400, "This is not what the provider sends; see the page about webhooks.")
        try:
            return answer(200, "Kept.", new=keep(hook, parcel))
        except DatabaseError as error:
            if isinstance(error.__cause__, DiskFull):
                log.error("hook.disk_full")
                return answer(507, "The desk has no room now.", retry=True)
            raise


@transaction.atomic
def keep(hook: MailHook, parcel: Parcel) -> int:
    """Everything in one transaction; returns how many mails were new."""
    at = clock.now()
    arrivals = [
        Arrival(
            account_id=hook.account_id,
            source="hook",
            road_key=f"hook:{hook.provider}:{mail.key[:100]}",
            raw=mail.raw,
            trouble=mail.trouble,
            at=at,
            envelope_from=mail.envelope_from,
            envelope_to=mail.envelope_to,
        )
        for mail in parcel.mails
    ]
    for report in parcel.reports:
        delivery_reported(
            message_id=report.message_id,
            recipient=report.recipient,
            kind=report.kind,
            detail=report.detail,
            lasting=report.lasting,
            brand_id=hook.account.brand_id,
            at=at,
        )
    hook.heard(at=at)
    return len(store(arrivals))


def tell_trouble(hook: MailHook, words: str) -> None:
    """Whoever looks after mail hears once an hour that a provider cannot be asked for what it keeps."""
    at = clock.now().replace(minute=0, second=0, microsecond=0)
    brand = hook.account.brand_id
    with transaction.atomic():
        alarms.notice("hook-failing", about_id=hook.account_id, detail=words, brand_id=brand, at=at)


def later(why: str) -> HttpResponse:
    return answer(503, why, retry=True)


def answer(status: int, why: str, *, retry: bool = False, **more: int) -> HttpResponse:
    told = JsonResponse({"said": why, **more}, status=status)
    if retry:
        told["Retry-After"] = LATER
    return told
