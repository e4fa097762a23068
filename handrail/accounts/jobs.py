"""Work that nobody waits for."""

from datetime import timedelta

from handrail.accounts import arrivals, letters, throttling, upkeep
from handrail.accounts.models.link import SignInLink
from handrail.kit import clock
from handrail.kit.jobs import job


@job(queue="letters", retries=5)
def answer_the_request(*, address: str, purpose: str, next: str = "", **_later: object) -> None:
    """Mail a link to somebody who may come in; a stranger gets nothing, and nobody more than a few an hour.

    Done by a job, so that the page answers alike and as fast whether the address is known or not.
    """
    at = clock.now()
    user = arrivals.find(address, at=at)
    if user is None or throttling.knock(throttling.LETTERS, address.lower(), at=at) > timedelta(0):
        return
    if purpose == SignInLink.Purpose.PASSWORD:
        letters.send_password_link(user, next=next, at=at)
    else:
        letters.send_sign_in_link(user, next=next, at=at)


@job(queue="upkeep", retries=2)
def sweep_up(**_later: object) -> None:
    """Remove sessions, links and throttles that are over. Queued at each sign-in: that needs no clock."""
    upkeep.sweep(at=clock.now())
