"""The language somebody wrote in, as ISO 639-1 code; "" where the text is too short or could be several."""

import re

import pycld2

_READ_CHARS = 4_000
_MIN_LETTERS = 8
_MIN_LETTERS_OF_WORD_SIGNS = 3  # a sign of Chinese or Korean says as much as half a word
_MIN_PERCENT = 60
# Addresses, numbers and names of files are of no language; the detector would weigh them as English.
_NO_LANGUAGE = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|\S{1,100}@\S{1,200}|[\w\-]*\d[\w\-]*|[\x00-\x1f\ue000-\uf8ff]"
)
_WORD_SIGNS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_OLD_CODES = {"iw": "he", "in": "id", "jw": "jv", "ji": "yi", "mo": "ro", "nb": "no", "tl": "tl", "un": ""}


def language_of(text: str) -> str:
    """The language of this text, "" when unsure. Never raises."""
    words = _NO_LANGUAGE.sub(" ", text[:_READ_CHARS])
    if not _is_enough(words):
        return ""
    try:
        is_reliable, _bytes, guesses = pycld2.detect(words.encode("utf-8", "ignore"), isPlainText=True)
    except (pycld2.error, ValueError):
        return ""
    _name, code, percent, _score = guesses[0]
    return _two_letters(code) if is_reliable and percent >= _MIN_PERCENT else ""


def _is_enough(words: str) -> bool:
    letters = sum(map(str.isalpha, words))
    return letters >= _MIN_LETTERS or len(_WORD_SIGNS.findall(words)) >= _MIN_LETTERS_OF_WORD_SIGNS


def _two_letters(code: str) -> str:
    """`zh-Hant` is Chinese; withdrawn codes get their new form; longer ones are not in ISO 639-1."""
    short = code.partition("-")[0]
    short = _OLD_CODES.get(short, short)
    return short if len(short) == 2 else ""
