"""Prove that nobody changed the security audit."""

from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts import audit
from handrail.accounts.access import PrivateView

#: One break is bad enough; more than this many need not be listed.
SHOWN = 5


class AuditCheckView(PrivateView):
    """POST walks the chain and says what it found."""

    right = "audit.see"

    def post(self, request: HttpRequest) -> HttpResponse:
        faults = list(islice(audit.verify(), SHOWN))
        for fault in faults:
            told = {"number": fault.number, "what": fault.what}
            messages.error(request, _("The chain is broken at entry %(number)s: %(what)s.") % told)
        if not faults:
            messages.success(request, _("The chain is whole: no entry was changed or removed."))
        return self.go("accounts:audit")
