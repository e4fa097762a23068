"""What `handrail doctor` asks this room, and what is swept away when it is over."""

from datetime import datetime, timedelta
from itertools import islice

from handrail.accounts import audit, throttling
from handrail.accounts.models import Session, SignInLink
from handrail.kit.checks import Finding, check

#: Links and throttles are kept this long after they are over, for those who ask what happened.
KEPT = timedelta(days=30)
#: The doctor walks so many of the newest entries; deeply all of them.
SAMPLE = 50_000


def the_whole_audit_chain_is_whole() -> Finding:
    return _unchanged(newest=None)


@check("audit chain", needs_database=True, deeply=the_whole_audit_chain_is_whole)
def audit_chain_is_whole() -> Finding:
    return _unchanged(newest=SAMPLE)


def _unchanged(*, newest: int | None) -> Finding:
    faults = list(islice(audit.verify(newest=newest), 3))
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
