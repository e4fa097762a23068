"""Bytes to text when the declared charset is missing, unknown, or a lie."""

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from handrail.channels.email.limits import GUESSED_BYTES

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
_EIGHT_BIT_RUNS = re.compile(rb"[\x80-\xff]+")
_LIKELY = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
_ENOUGH_TO_WEIGH = 10
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
    if data.isascii() and not (codec and _ASCII_HOLDS_MORE.match(codec)):
        return Decoded(data.decode("ascii"), codec or "ascii")
    if codec is None:
        return _guessed(data, "charset-unknown" if charset else "")
    if _SINGLE_BYTE.match(codec) and _reads_strictly(data, "utf-8"):
        return Decoded(data.decode("utf-8"), "utf-8", "charset-lied")
    for variant in _variants(codec):
        if _reads_strictly(data, variant):
            return Decoded(data.decode(variant), variant)
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
    high = sum(map(len, _EIGHT_BIT_RUNS.findall(data)))
    return 2 * wrong <= high


def _western(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("handrail-western", _western)


def looks_like(data: bytes) -> str:
    """The likely charset of bytes beyond ASCII that are not UTF-8.

    Single signs between ASCII letters are western; runs of them are weighed by a library.
    """
    first = next(_EIGHT_BIT_RUNS.finditer(data)).start()
    sample = data[max(0, first - 200) : first + GUESSED_BYTES]
    runs = _EIGHT_BIT_RUNS.findall(sample)
    high = sum(map(len, runs))
    if high < 2 * len(runs):
        return "cp1252"
    if _looks_chinese(runs):
        return "gb18030"
    return _weighed(sample) if high >= _ENOUGH_TO_WEIGH else "cp1252"


def _looks_chinese(runs: list[bytes]) -> bool:
    """Nearly all pairs lie in the rows of common Chinese characters and punctuation."""
    pairs = [run[index : index + 2] for run in runs if len(run) % 2 == 0 for index in range(0, len(run), 2)]
    common = sum(
        1 for pair in pairs if (0xB0 <= pair[0] <= 0xD7 or pair[0] in (0xA1, 0xA3)) and pair[1] >= 0xA1
    )
    return 2 * len(pairs) > 0.8 * sum(map(len, runs)) and common > 0.8 * len(pairs)


def _weighed(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # slow import: only broken mails need it

    best = from_bytes(sample, cp_isolation=list(_LIKELY)).best()
    codec = codec_for(best.encoding) if best else None
    return codec or "cp1252"
