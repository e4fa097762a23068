"""Bytes to text when the declared charset is missing, unknown, or a lie."""

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from handrail.channels.email.charset_guessing import EIGHT_BIT_RUNS, likely_charset

# Names seen in real mail that Python does not know, and sets that are in truth a larger one.
_ALIASES = {
    "ansi": "cp1252",
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "latin1": "cp1252",
    "l1": "cp1252",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "iso-gb2312": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
}
# A mail may name any codec of the interpreter: only these are charsets of mail, and safe on large input.
_ALLOWED = re.compile(
    r"utf-8|utf-7|utf-16(-[bl]e)?|utf-32(-[bl]e)?|ascii|cp\d+|iso8859-\d+|koi8-[rtu]"
    r"|gb18030|gbk|gb2312|hz|big5|big5hkscs|euc_jp|euc_jis_2004|euc_kr|shift_jis|iso2022_(jp|jp_1|jp_2|jp_3|jp_ext|jp_2004|kr)|johab|mac-\w+|hp-roman8"
    r"|ptcp154|kz1048|tis-620"
)
_ASCII_HOLDS_MORE = re.compile(r"utf-7|utf-16|utf-32|iso2022|hz")
_SINGLE_BYTE = re.compile(r"cp(125\d|437|85\d|86\d|874)|iso8859|koi8|mac-|ptcp|kz1048|hp-")
_ESCAPED_STRETCH = re.compile(rb"\x1b(?P<set>\$[@B]|\([BJI]|\$\([DOPQ])(?P<signs>[^\x1b]*)")
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B][\x21-\x7e]{2}")
_SOME_CANNOT_BE_READ = 0.1  # of the characters beyond ASCII may be broken before the charset counts as a lie


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the charset it was read by, and what was wrong with the declared one ("" when nothing)."""

    text: str
    charset: str
    problem: str = ""


def decode(data: bytes, charset: str | None) -> Decoded:
    """The text of these bytes; never raises. An undecodable byte becomes U+FFFD."""
    codec = codec_for(charset)
    if (codec or "utf-8") in ("utf-8", "ascii") and _JAPANESE_ESCAPE.search(data) and data.isascii():
        codec = "iso2022_jp"
    if data.isascii() and not (codec and _ASCII_HOLDS_MORE.match(codec)):
        return Decoded(data.decode("ascii"), codec or "ascii")
    if codec is None:
        return _guessed(data, "charset-unknown" if charset else "")
    if _SINGLE_BYTE.match(codec) and _reads_strictly(data, "utf-8"):
        return Decoded(data.decode("utf-8"), "utf-8", "charset-lied")
    for variant in _variants(codec):
        if _reads_strictly(data, variant):
            return Decoded(data.decode(variant), variant)
    if codec.startswith("iso2022_jp") and data.isascii() and _JAPANESE_ESCAPE.search(data):
        return Decoded(_by_escapes(data), codec)
    return _nearly(data, codec)


@lru_cache(maxsize=512)
def codec_for(charset: str | None) -> str | None:
    """Python's name of the charset a mail declares; None when that is no charset of mail."""
    name = (charset or "").strip().strip("'\"").lower().partition("*")[0].strip()[:40]
    if not name:
        return None
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return _similar(name)
    codec = {"iso8859-1": "cp1252"}.get(codec, codec)
    return codec if _ALLOWED.fullmatch(codec) else None


def _similar(name: str) -> str | None:
    """`cp-850`, `windows1252`, `x-cp1250` and other spellings."""
    found = re.search(r"(?:cp|windows|win|ibm|dos)[-_]?(\d{3,4})", name)
    if found:
        return codec_for(f"cp{found[1]}") if name != f"cp{found[1]}" else None
    found = re.search(r"8859[-_]?(\d{1,2})", name)
    if found and name != f"iso-8859-{found[1]}":
        return codec_for(f"iso-8859-{found[1]}")
    return "utf-8" if "utf" in name and "8" in name else None


def _variants(codec: str) -> tuple[str, ...]:
    """Japanese mail programs write more than the set they name."""
    return (codec, "iso2022_jp_ext", "iso2022_jp_2004") if codec.startswith("iso2022_jp") else (codec,)


def _reads_strictly(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return False
    return True


def _nearly(data: bytes, codec: str) -> Decoded:
    """The declared charset after all when only little is broken, else what the bytes look like."""
    if _reads_strictly(data, "utf-8"):
        return Decoded(data.decode("utf-8"), "utf-8", "charset-lied")
    text = _forgiving(data, codec)
    beyond = sum(1 for sign in text if sign > "\x7f")
    if text.count("\ufffd") <= beyond * _SOME_CANNOT_BE_READ:
        return Decoded(text, codec, "charset-broken")
    return _guessed(data, "charset-lied")


def _forgiving(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec, errors="replace")
    except (UnicodeError, ValueError):
        return data.decode("cp1252", errors="replace")


def _guessed(data: bytes, problem: str) -> Decoded:
    if _reads_strictly(data, "utf-8"):
        return Decoded(data.decode("utf-8"), "utf-8", problem)
    if _is_mostly_utf8(data):
        return Decoded(data.decode("utf-8", errors="handrail-western"), "utf-8", "charset-mixed")
    codec = looks_like(data)
    return Decoded(_forgiving(data, codec), codec, problem or "charset-missing")


def _is_mostly_utf8(data: bytes) -> bool:
    """Digests and forwarded mails hold texts of two charsets; UTF-8 leaves few bytes over."""
    wrong = data.decode("utf-8", errors="replace").count("\ufffd")
    high = sum(map(len, EIGHT_BIT_RUNS.findall(data)))
    return 3 * wrong <= high


def _western(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("handrail-western", _western)


def looks_like(data: bytes) -> str:
    """The likely charset of bytes beyond ASCII that are not UTF-8."""
    return codec_for(likely_charset(data)) or "cp1252"


def _by_escapes(data: bytes) -> str:
    """ISO-2022-JP with the signs that vendors added (numbers in circles, ㈱), which no strict codec reads."""
    out: list[str] = []
    for found in _ESCAPED_STRETCH.finditer(data):
        stretch = found["signs"]
        if found["set"][:1] != b"$":
            out.append(stretch.decode("cp932", errors="replace"))
            continue
        pairs = (bytes(sign | 0x80 for sign in stretch[at : at + 2]) for at in range(0, len(stretch), 2))
        out += [_vendor_sign(pair) for pair in pairs]
    return data.partition(b"\x1b")[0].decode("ascii", errors="replace") + "".join(out)


def _vendor_sign(pair: bytes) -> str:
    """One sign of JIS X 0208 by the table of Windows, which has the vendors' rows."""
    if len(pair) != 2 or not 0xA1 <= pair[0] <= 0xFE:
        return bytes(sign & 0x7F for sign in pair).decode("ascii")
    row, cell = pair[0] - 0xA0, pair[1] - 0xA0
    first = (row - 1) // 2 + (0x81 if row <= 62 else 0xC1)
    second = cell + (0x3F if cell < 64 else 0x40) if row % 2 else cell + 0x9E
    return bytes([first, second & 0xFF]).decode("cp932", errors="replace")
