"""From where a request comes: its network address and its browser."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address_of(request: HttpRequest) -> str | None:
    """The address of the browser. What a proxy says counts only from a proxy we were told to trust.

    The header grows at its end, so it is read backwards until the first address that is no proxy of ours.
    """
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    told = [_parsed(each) for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while address is not None and _is_our_proxy(address) and told:
        address = told.pop() or address
    return str(address) if address else None


def network_of(request: HttpRequest) -> str:
    """The network that is throttled as one: a single IPv4 address, or the /64 that one IPv6 customer has."""
    address = _parsed(address_of(request) or "")
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address) if address else "unknown"


def browser_of(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")[:300].replace("\x00", "")


def device_of(browser: str) -> str:
    """A browser's boast in words its owner knows: "Firefox, Linux". What we do not know stays unsaid."""
    words = [words for sign, words in _BROWSERS if sign in browser][:1]
    words += [words for sign, words in _SYSTEMS if sign in browser][:1]
    return ", ".join(words)


def _parsed(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_our_proxy(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


#: What the boast contains, in the order of asking: most browsers also claim to be an older one.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
