"""Work that nobody waits for."""

from handrail.accounts import arrivals, letters, throttling, upkeep
from handrail.accounts.models.link import SignInLink
from handrail.accounts.models.user import User
from handrail.kit import clock
from handrail.kit.jobs import job


@job(queue="letters", retries=5)
def answer_the_request(*, address: str, purpose: str, next: str = "", **_later: object) -> None:
    """Mail a link to somebody who may come in; a stranger gets nothing, and nobody more than a few an hour.

    Done by a job, so that the page answers alike and as fast whether the address is known or not.
    """
    at = clock.now()
    if throttling.knock(throttling.LETTERS, address.strip().lower(), at=at) > throttling.NO_WAIT:
        return
    user = User.objects.filter(email=address.strip().lower()).first()
    if user is None:
        arrivals.answer(address, next=next, at=at)
    elif not user.is_active:
        return
    elif purpose == SignInLink.Purpose.PASSWORD:
        letters.send_password_link(user, next=next, at=at)
    else:
        letters.send_sign_in_link(user, next=next, at=at)


@job(queue="upkeep", retries=2)
def sweep_up(**_later: object) -> None:
    """Remove sessions, links and throttles that are over. Queued at each sign-in: that needs no clock."""
    upkeep.sweep(at=clock.now())
