"""The likely charset of bytes beyond ASCII that name none, or a wrong one, and are not UTF-8.

Long enough words are asked for their language: read by a wrong charset they are in none, or in one that the
charset does not write. What has too few words, or signs instead of letters, is told by its shape.
"""

import re
from collections.abc import Iterable
from itertools import chain

import pycld2

from handrail.channels.email.limits import GUESSED_BYTES

EIGHT_BIT_RUNS = re.compile(rb"[\x80-\xff]+")
_WRITES = {
    "cp1252": "en de fr es it pt nl sv da no nb nn is fi ca gl eu ga af id ms tl lb fo oc",
    "cp1250": "pl cs sk hu ro hr sr sl bs sq",
    "iso8859_2": "pl cs sk hu ro hr sr sl bs sq",
    "cp1254": "tr az",
    "cp1257": "lt lv et",
    "cp1251": "ru uk bg be sr mk",
    "koi8_r": "ru",
    "koi8_u": "uk",
    "iso8859_5": "ru bg sr mk",
    "cp866": "ru",
    "cp1255": "iw he yi",
    "cp1256": "ar fa ur",
    "iso8859_6": "ar",
}
_LANGUAGES = {codec: frozenset(codes.split()) for codec, codes in _WRITES.items()}
_LEAST_SCORE, _LEAST_PERCENT = 400, 60
_LIKELY = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r",
    "gb18030", "big5", "cp949",
)  # fmt: skip
_ENOUGH_TO_WEIGH = 10
_KANA = re.compile("[\u3041-\u30ff]")
_BEYOND = re.compile("[^\x00-\x7f]")
_THAI = re.compile("[\u0e01-\u0e5b]")
_THAI_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_THAI_MARK_IN_PLACE = re.compile(
    "(?<=[\u0e01-\u0e2e\u0e31-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)


def likely_charset(data: bytes) -> str:
    """A codec of Python; `cp1252` where nothing speaks for another one. Never raises."""
    first = next(EIGHT_BIT_RUNS.finditer(data), None)
    if first is None:
        return "cp1252"
    sample = data[max(0, first.start() - 200) : first.start() + GUESSED_BYTES]
    return _by_language(sample) or _by_shape(sample)


def _by_language(sample: bytes) -> str:
    """The charset by which the words are in a language that it writes, the surest of them; "" for none."""
    found = max(((_score(sample, codec), codec) for codec in _WRITES), key=lambda each: each[0])
    return found[1] if found[0] >= _LEAST_SCORE else ""


def _score(sample: bytes, codec: str) -> float:
    text = sample.decode(codec, errors="replace")
    if 50 * text.count("\ufffd") > len(_BEYOND.findall(text)):
        return 0
    try:
        is_reliable, _bytes, guesses = pycld2.detect(text.encode(), isPlainText=True)
    except (pycld2.error, ValueError):  # it holds control signs, as only a wrong charset brings
        return 0
    _name, code, percent, score = guesses[0]
    fits = is_reliable and percent >= _LEAST_PERCENT and code in _LANGUAGES[codec]
    return float(score) if fits else 0


def _by_shape(sample: bytes) -> str:
    runs = EIGHT_BIT_RUNS.findall(sample)
    high = sum(map(len, runs))
    for codec in ("cp932", "euc_jp"):
        if _looks_japanese(sample.decode(codec, errors="replace")):
            return codec
    if _looks_traditional(sample):
        return "big5"
    if high < 2 * len(runs):
        return "cp1252"
    if _looks_thai(sample.decode("cp874", errors="replace")):
        return "cp874"
    pairs = list(chain.from_iterable(map(_pairs, runs)))
    if _looks_simplified(pairs, runs):
        return "cp949" if _looks_korean(pairs) else "gb18030"
    return _weighed(sample) if high >= _ENOUGH_TO_WEIGH else "cp1252"


def _looks_japanese(text: str) -> bool:
    """Kana stand between the other signs, and hardly anything is broken."""
    beyond = len(_BEYOND.findall(text))
    return 4 * len(_KANA.findall(text)) >= beyond >= 4 and 20 * text.count("\ufffd") <= beyond


def _looks_thai(text: str) -> bool:
    """Its vowels and tones stand above consonants, where random bytes put them anywhere."""
    beyond, marks = len(_BEYOND.findall(text)), len(_THAI_MARK.findall(text))
    in_place = len(_THAI_MARK_IN_PLACE.findall(text))
    return len(_THAI.findall(text)) >= 0.95 * beyond and 0.1 * beyond <= marks <= 1.1 * in_place


def _looks_traditional(sample: bytes) -> bool:
    """Common characters of Big5; their second byte is often an ASCII letter, as in no other charset."""
    text = sample.decode("big5", errors="replace")
    signs = [sign.encode("big5") for sign in _BEYOND.findall(text) if sign != "\ufffd"]
    common = sum(1 for sign in signs if 0xA4 <= sign[0] <= 0xC6 or sign[0] == 0xA1)
    short = sum(1 for sign in signs if sign[-1] < 0x80)
    return (
        len(signs) >= 4
        and text.count("\ufffd") <= 0.05 * len(signs)
        and common >= 0.9 * len(signs)
        and short > 0
    )


def _pairs(run: bytes) -> Iterable[bytes]:
    return (run[index : index + 2] for index in range(0, len(run), 2)) if len(run) % 2 == 0 else ()


def _looks_simplified(pairs: list[bytes], runs: list[bytes]) -> bool:
    """Nearly all pairs lie in the rows of common Chinese characters and punctuation."""
    common = sum(
        1 for pair in pairs if (0xB0 <= pair[0] <= 0xD7 or pair[0] in (0xA1, 0xA3)) and pair[1] >= 0xA1
    )
    return 2 * len(pairs) > 0.8 * sum(map(len, runs)) and common > 0.8 * len(pairs)


def _looks_korean(pairs: list[bytes]) -> bool:
    """Korean syllables fill the first half of those rows only; a Chinese text of some words uses all."""
    words = [pair for pair in pairs if pair[0] >= 0xB0]
    return len(words) >= 6 and sum(1 for pair in words if pair[0] <= 0xC8) >= 0.97 * len(words)


def _weighed(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # slow import: only broken mails need it

    best = from_bytes(sample, cp_isolation=list(_LIKELY)).best()
    codec = best.encoding if best else "cp1252"
    return (
        "koi8_r" if codec == "cp1251" and _is_mostly_upper(sample.decode(codec, errors="replace")) else codec
    )


def _is_mostly_upper(text: str) -> bool:
    """Small letters of KOI8 are capitals of the other Russian charset; people write few of those."""
    letters = _BEYOND.findall(text)
    return 2 * sum(map(str.isupper, letters)) > len(letters)
