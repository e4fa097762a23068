"""Card numbers, bank accounts and secret keys in a text: found by their checks, so that little else is.

Only what proves itself is found: a card number by its issuer, length and check digit, an account by its
country's length and its check number, a key by the mark its maker puts before it. Linear in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["card", "account", "secret"]

#: A longer text is looked through so far.
LOOKED_AT = 1_000_000
_DOT = "•"
_DIGITS = re.compile(r"(?<![\w.,/=%+#-])\d(?:[ -]?\d){11,18}(?![\w%]|[.,/-]\d)")
_ACCOUNT = re.compile(r"(?<![\w])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![\w])", re.IGNORECASE)
#: First digits and lengths, from the issuers' public lists.
_ISSUERS = (
    (re.compile(r"4"), (13, 16, 19)),  # Visa
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), (16,)),  # Mastercard
    (re.compile(r"3[47]"), (15,)),  # American Express
    (re.compile(r"6011|65|64[4-9]|622"), (16, 19)),  # Discover, UnionPay
    (re.compile(r"35"), (16,)),  # JCB
    (re.compile(r"2131|1800"), (15,)),
    (re.compile(r"30[0-5]|3[689]"), (14,)),  # Diners
    (re.compile(r"50(?:18|20|38)|5893|6304|676[1-3]|6759"), (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
)
#: Letters and digits of an account number by country, ISO 13616.
_ACCOUNT_LENGTHS = (
    ("NO", 15), ("BE", 16), ("DK FI FO GL NL SD", 18), ("MK SI", 19), ("AT BA EE KZ LT LU XK", 20),
    ("CH HR LI LV", 21), ("BG BH CR DE GB GE IE ME RS VA", 22), ("AE GI IL IQ OM SO TL", 23),
    ("AD CZ ES MD PK RO SA SE SK TN VG", 24), ("LY PT ST", 25), ("IS TR", 26),
    ("BI DJ FR GR IT MC MR SM", 27), ("AL AZ BY CY DO GT HU LB NI PL SV", 28), ("BR EG PS QA UA", 29),
    ("JO KW MU", 30), ("MT SC", 31), ("LC", 32),
)  # fmt: skip
_LENGTH_OF = {country: length for countries, length in _ACCOUNT_LENGTHS for country in countries.split()}
_SECRET = re.compile(
    r"""(?<![\w/+-])(?:
      (?:AKIA|ASIA)[A-Z0-9]{16}                                  # Amazon
    | gh[pousr]_[A-Za-z0-9]{36,251} | github_pat_\w{22,255}      # GitHub
    | glpat-[\w-]{20,64}                                         # GitLab
    | (?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,247}                # Stripe
    | sk-(?:proj-|ant-)?[\w-]{32,200}                            # model providers
    | xox[abeoprs]-[A-Za-z0-9-]{10,250}                          # Slack
    | AIza[\w-]{35}                                              # Google
    | SG\.[\w-]{16,32}\.[\w-]{16,64}                             # SendGrid
    | hr_[A-Za-z0-9_-]{32,100}                                   # Handrail
    | eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}       # a signed web token
    )(?![\w/+-])""",
    re.VERBOSE,
)
#: Where none of these stands there is no key: looking for a word is much quicker than for a pattern.
_MARKS = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "k_live_", "k_test_",
    "sk-", "xox", "AIza", "SG.", "hr_", "eyJ",
)  # fmt: skip
_KEY_STARTS, _KEY_ENDS = re.compile(r"-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----"), "PRIVATE KEY-----"
_KEY_LENGTH = 10_000


@dataclass(frozen=True, kw_only=True)
class Found:
    """One of them, and where it stands."""

    kind: Kind
    start: int
    end: int


def found_in(text: str) -> list[Found]:
    """What stands in the text, in order; none overlaps another."""
    looked_at = text[:LOOKED_AT]
    everything = sorted(
        [*_cards(looked_at), *_accounts(looked_at), *_secrets(looked_at)], key=lambda each: each.start
    )
    found: list[Found] = []
    for each in everything:
        if not found or each.start >= found[-1].end:
            found.append(each)
    return found


def masked(text: str) -> tuple[str, frozenset[Kind]]:
    """The text with all but the ends of each one made dots, and which kinds there were."""
    found = found_in(text)
    if not found:
        return text, frozenset()
    pieces, position = [], 0
    for each in found:
        pieces += [text[position : each.start], _dotted(each.kind, text[each.start : each.end])]
        position = each.end
    return "".join([*pieces, text[position:]]), frozenset(each.kind for each in found)


def _dotted(kind: Kind, words: str) -> str:
    """Enough stays to speak about it: the last four of a number, the maker's mark of a key."""
    if kind == "secret":
        return words[:4] + _DOT * 8
    kept = max(len(words) - 4, 0)
    while sum(map(str.isalnum, words[kept:])) < 4:
        kept -= 1
    return "".join(_DOT if sign.isalnum() else sign for sign in words[:kept]) + words[kept:]


def _cards(text: str) -> Iterator[Found]:
    for match in _DIGITS.finditer(text):
        digits = "".join(filter(str.isdigit, match[0]))
        if _has_issuer(digits) and _passes_luhn(digits) and len(set(digits)) > 1:
            yield Found(kind="card", start=match.start(), end=match.end())


def _has_issuer(digits: str) -> bool:
    return any(start.match(digits) and len(digits) in lengths for start, lengths in _ISSUERS)


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _accounts(text: str) -> Iterator[Found]:
    for match in _ACCOUNT.finditer(text):
        length = _LENGTH_OF.get(match[0][:2].upper(), 0)
        end = _end_of(match[0], length)
        if end and _passes_97(match[0][:end].replace(" ", "")):
            yield Found(kind="account", start=match.start(), end=match.start() + end)


def _end_of(words: str, length: int) -> int:
    """Where so many letters and digits end; 0 when there are fewer, or the next one belongs to them."""
    seen = 0
    for index, sign in enumerate(words):
        seen += sign != " "
        if seen == length:
            return index + 1 if words[index + 1 : index + 2] in ("", " ") else 0
    return 0


def _passes_97(account: str) -> bool:
    turned = account[4:] + account[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _secrets(text: str) -> Iterator[Found]:
    if any(mark in text for mark in _MARKS):
        for match in _SECRET.finditer(text):
            yield Found(kind="secret", start=match.start(), end=match.end())
    for match in _KEY_STARTS.finditer(text) if _KEY_ENDS in text else ():
        end = text.find(_KEY_ENDS, match.end(), match.end() + _KEY_LENGTH)
        if end > 0:
            yield Found(kind="secret", start=match.start(), end=end + len(_KEY_ENDS))
