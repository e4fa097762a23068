"""Signs of deceit in a mail: someone else's name, links that lead elsewhere, domains that look like ours.

Each is said in words on the message; none alone keeps a mail away. Pure functions, bounded in time.
"""

import html as markup
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

from handrail.channels.email.findings import Warned
from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.kinds import Kind
from handrail.channels.email.senders import SenderState

#: So much of the html is looked at, and so many links.
HTML_CHARS, MOST_LINKS = 200_000, 100
#: Shorter names are alike by chance.
SHORTEST_NAME = 6
MOST_WARNINGS = 10
#: Files that run something when they are opened, or hide something that does.
_RISKY = (
    "exe scr com pif bat cmd msi msix jar js jse vbs vbe wsf wsh hta ps1 lnk iso img vhd cpl reg docm xlsm "
    "pptm dotm xlam appref-ms application gadget url scf one chm svg html htm shtml"
)
RISKY = frozenset(_RISKY.split())
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@([\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8})")
_LINK = re.compile(
    r"<a\s[^>]{0,2000}?href=\"https?://([^\s\"/?#]{1,250})[^\"]{0,2000}\"[^>]{0,500}>(.{0,400}?)</a>", re.S
)
_SHOWN_HOST = re.compile(
    r"(?:https?://|\bwww\.)([\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8})|^\s*([\w\-]{1,63}(?:\.[\w\-]{2,63}){1,8})(?:/\S*)?\s*$"
)
_TAG = re.compile(r"<[^>]{0,500}>")
_NUMBER_HOST = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
#: Letters of other scripts, digits and pairs that look like another letter.
_LOOKS_LIKE = str.maketrans("абеорсухіїјѕԁԛԝαενορτυχıłøđ013456$", "abeopcyxiijsdqwaevoptuxilodoieasgs")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def warnings_of(
    mail: ReadMail,
    state: SenderState,
    *,
    our_domains: Collection[str],
    our_names: Collection[str],
    colleagues: Mapping[str, str],
) -> tuple[Warned, ...]:
    """What warns of this mail. our_names: of brands, in small letters. colleagues: address → name."""
    found = [
        *_of_sender(mail, state, our_names=our_names, colleagues=colleagues),
        *_of_domains(mail, our_domains),
        *_of_links(mail.html or ""),
        *_of_files(mail),
    ]
    return tuple(dict.fromkeys(found))[:MOST_WARNINGS]


def _of_sender(
    mail: ReadMail, state: SenderState, *, our_names: Collection[str], colleagues: Mapping[str, str]
) -> Iterator[Warned]:
    if state is SenderState.FAILED:
        yield Warned(sign="failed-authentication")
    if mail.sender is None:
        return
    address, name = mail.sender.normal, " ".join(mail.sender.name.lower().split())
    if address in colleagues and state is not SenderState.VERIFIED:
        yield Warned(sign="colleague-unproven", detail=address)
    named = _ADDRESS.search(name)
    if named and named[0] != address:
        yield Warned(sign="name-is-address", detail=named[0])
    if name and address not in colleagues and name in {each.lower() for each in colleagues.values()}:
        yield Warned(sign="name-of-colleague", detail=mail.sender.name)
    elif name in our_names:
        yield Warned(sign="name-of-ours", detail=mail.sender.name)
    if mail.kind is Kind.PERSON and mail.reply_to and _site(mail.reply_to[0].normal) != _site(address):
        yield Warned(sign="answers-elsewhere", detail=mail.reply_to[0].normal)


def _of_domains(mail: ReadMail, our_domains: Collection[str]) -> Iterator[Warned]:
    domains = {mail.sender.normal.rpartition("@")[2]} if mail.sender else set()
    for domain in [*domains, *_linked_hosts(mail)][: MOST_LINKS + 1]:
        if any(looks_like(domain, ours) for ours in our_domains):
            yield Warned(sign="look-alike-domain", detail=domain)


def _linked_hosts(mail: ReadMail) -> list[str]:
    return list(dict.fromkeys(host.lower() for host, _shown in _links(mail.html or "")))


def _of_links(html: str) -> Iterator[Warned]:
    for host, shown in _links(html):
        real = _bare(host)
        if _NUMBER_HOST.fullmatch(real):
            yield Warned(sign="link-to-number", detail=real)
        if host.count("@"):
            yield Warned(sign="link-elsewhere", detail=f"{host.partition('@')[0]} → {real}")
        promised = _SHOWN_HOST.search(shown)
        said = (promised[1] or promised[2]).lower() if promised else ""
        if said and _site(said) != _site(real):
            yield Warned(sign="link-elsewhere", detail=f"{said} → {real}")


def _links(html: str) -> list[tuple[str, str]]:
    """(host, what is shown) of each link."""
    found = _LINK.findall(html[:HTML_CHARS])[:MOST_LINKS]
    return [(host, markup.unescape(_TAG.sub("", shown)).strip()) for host, shown in found]


def _of_files(mail: ReadMail) -> Iterator[Warned]:
    for file in mail.attachments:
        ending = file.name.rpartition(".")[2].lower()
        if ending in RISKY and not file.shown:
            yield Warned(sign="risky-file", detail=file.name[:150])


def looks_like(domain: str, ours: str) -> bool:
    """Whether a domain that is not ours could be taken for ours."""
    domain, ours = _readable(domain), _readable(ours)
    if domain == ours or domain.endswith(f".{ours}"):
        return False
    flat = ours.replace(".", "-")
    if f".{ours}." in f".{domain}" or domain.startswith(f"{flat}."):
        return True
    mine, theirs = _site(ours), _site(domain)
    if mine == theirs:
        return False
    mine, theirs = _name(mine), _name(theirs)
    if _skeleton(mine) == _skeleton(theirs):
        return mine != theirs or len(mine) >= SHORTEST_NAME
    return len(mine) >= SHORTEST_NAME and _one_slip_apart(mine, theirs)


def _bare(host: str) -> str:
    """Without a user's name before and a port behind."""
    return host.rpartition("@")[2].partition(":")[0].lower()


def _site(host: str) -> str:
    """`mail.shop.example` → `shop.example`; also of an address."""
    return ".".join(host.lower().rpartition("@")[2].split(".")[-2:])


def _name(site: str) -> str:
    """`shop.example` → `shop`"""
    return site.partition(".")[0]


def _readable(domain: str) -> str:
    labels = domain.lower().rstrip(".").split(".")
    return ".".join(map(_unicode, labels))


def _unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def _skeleton(name: str) -> str:
    """What is left when look-alikes are made the same."""
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_LOOKS_LIKE)
    for pair, sign in _PAIRS:
        plain = plain.replace(pair, sign)
    return plain.replace("l", "i").replace("-", "")


def _one_slip_apart(one: str, other: str) -> bool:
    """One letter more, less, other, or two changed about."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
