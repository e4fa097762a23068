"""How fast customers may write to us by the portal."""

from datetime import timedelta

from handrail.accounts.throttling import Pace

#: More than anybody in need writes, and little enough that a stolen session floods nobody.
WRITING = Pace(
    name="portal-writing",
    free=40,
    step=timedelta(minutes=5),
    longest=timedelta(hours=1),
    forgotten_after=timedelta(hours=1),
)
