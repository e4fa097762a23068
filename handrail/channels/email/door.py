"""The door of the mail listener: how many mails it takes from one place before it says "come back later".

A flood is told so with a 4xx before any of its text is sent. Nothing is lost by that: an honest server keeps
the mail and tries again. Each listener process counts for itself.
"""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass, field

import structlog

from handrail.kit.reaching import Network

log = structlog.get_logger()

TOO_MANY_FROM_PEER = "450 4.7.1 Too many mails from your address, try again in a minute"
TOO_MANY_OF_SENDER = "450 4.7.1 Too many mails of this sender, try again in a minute"
#: So many places are remembered; then those that have been quiet for a minute are forgotten, or all.
REMEMBERED = 10_000
#: A network that somebody has for themselves: its addresses count as one place.
ONE_PLACE_BITS = {4: 32, 6: 64}


@dataclass(slots=True)
class _Allowance:
    """What one place may still bring, as it was at a moment (seconds). It grows back evenly."""

    mails: float
    at: float
    is_refused: bool = False


@dataclass(kw_only=True)
class Door:
    """Lets mails in, so many a minute; 0: any number. relays: who brings the mails of others to us.

    A relay is counted by the sender of the envelope, anybody else by their own address: the sender that they
    name is only claimed, and must not use up what belongs to another.
    """

    from_peer: int = 0
    of_sender: int = 0
    relays: Collection[Network] = ()
    _seen: dict[str, _Allowance] = field(default_factory=dict)

    def refusal(self, peer: str, sender: str, *, at: float) -> str:
        """What to answer to one more mail; empty when it may come in. at: seconds of a steady clock.

        Reports of servers have no sender and are not counted at a relay: thousands may follow one campaign.
        """
        if not self._is_relay(peer):
            return "" if self._has_room(_place(peer), self.from_peer, at) else TOO_MANY_FROM_PEER
        if not sender or self._has_room(sender.lower(), self.of_sender, at):
            return ""
        return TOO_MANY_OF_SENDER

    def _is_relay(self, peer: str) -> bool:
        """A peer without an address came over a socket of this machine."""
        ip = _ip(peer)
        return ip is None or ip.is_loopback or any(ip in each for each in self.relays)

    def _has_room(self, place: str, rate: int, at: float) -> bool:
        if not rate:
            return True
        found = self._seen.get(place)
        if found is None:
            self._forget(at)
            found = self._seen[place] = _Allowance(mails=rate, at=at)
        found.mails = min(rate, found.mails + (at - found.at) * rate / 60)
        found.at = at
        if found.mails < 1:
            if not found.is_refused:
                log.warning("smtp.too_many", place=place, a_minute=rate)
            found.is_refused = True
            return False
        found.mails, found.is_refused = found.mails - 1, False
        return True

    def _forget(self, at: float) -> None:
        if len(self._seen) >= REMEMBERED:
            self._seen = {place: each for place, each in self._seen.items() if at - each.at < 60}
        if len(self._seen) >= REMEMBERED:
            self._seen = {}


def _ip(peer: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        ip = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return None
    return getattr(ip, "ipv4_mapped", None) or ip


def _place(peer: str) -> str:
    ip = _ip(peer)
    return str(ipaddress.ip_network(f"{ip}/{ONE_PLACE_BITS[ip.version]}", strict=False)) if ip else peer
