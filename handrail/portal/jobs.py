"""Sending the link apart from the request for it: the answer takes as long for strangers as for customers."""

from handrail.kit import clock
from handrail.kit.jobs import job
from handrail.portal import letters
from handrail.portal.guests import guest_at


@job(queue="mail")
def send_the_link(*, address: str, brand_name: str, next: str, **_later: object) -> None:
    """Mail a link to this address, if it lets anybody in."""
    if guest := guest_at(address):
        letters.send_link(guest, brand_name=brand_name, next=next, at=clock.now())
