"""What `handrail doctor` asks this room, and what is swept away when it is over."""

from datetime import datetime, timedelta
from itertools import islice

from handrail.accounts import audit, throttling
from handrail.accounts.models import Session, SignInLink
from handrail.kit.checks import Finding, check

#: Links and throttles are kept this long after they are over, for those who ask what happened.
KEPT = timedelta(days=30)


@check("audit chain", needs_database=True)
def audit_chain_is_whole() -> Finding:
    faults = list(islice(audit.verify(), 3))
    if not faults:
        return Finding(said="no entry of the security audit was changed or removed")
    first = faults[0]
    return Finding(
        said=f"the security audit is broken at entry {first.number}: {first.what}",
        mend="Compare it with a backup; somebody changed rows of accounts_auditentry underneath.",
    )


def sweep(*, at: datetime) -> int:
    """Remove sessions, links and throttles that are over; returns how many."""
    ended, _ = Session.objects.filter(expires_at__lte=at).delete()
    links, _ = SignInLink.objects.filter(expires_at__lt=at - KEPT).delete()
    return ended + links + throttling.sweep(before=at - KEPT)
