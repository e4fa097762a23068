"""A question cut into words, each with its place. Every character of any text falls into some token."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from handrail.search.language.errors import Malformed

#: Longer questions are refused before they are read.
LONGEST = 1000

Kind = Literal["word", "phrase", "field", "value", "comma", "dots", "open", "close", "minus", "keyword"]
KEYWORDS = ("AND", "OR", "NOT")
#: What begins with a sign of comparison compares nothing: “Vera <vera@…>”.
_SPACE = re.compile(r"[\s<>=]+")
#: An operator may stand apart (“created > 7d”), a colon may not; “Vera <vera@…>” and “https://…” are words.
_FIELD = re.compile(r"([^\W\d_][\w.-]*)(:(?!//)|\s*(?:>=|<=|>|<|=)(?!\S*@))\s*")
_WORD = re.compile(r"[^\s()\"“”„]+")
_VALUE = re.compile(r"(?:(?!\.\.)[^\s(),\"“”„])+")
_CLOSED_BY = {'"': '"', "“": '”“"', "„": '“”"', "”": '”"'}
_SINGLE: dict[str, Kind] = {"(": "open", ")": "close"}


@dataclass(frozen=True, slots=True)
class Token:
    """text[start:end] of the question. text: what it means, without quotation marks and escapes."""

    kind: Kind
    text: str
    start: int
    end: int
    operator: str = ""


def clean(text: str) -> str:
    """The text without characters that are no characters; every other one keeps its place."""
    return "".join(" " if unicodedata.category(each) in ("Cc", "Cs") else each for each in text)


def tokens_of(text: str) -> list[Token]:
    """The tokens in order. Raises Malformed."""
    if len(text) > LONGEST:
        said = _("This is too long: at most %(count)s characters.") % {"count": LONGEST}
        raise Malformed(said, start=LONGEST, end=len(text))
    return _Cutter(clean(text)).cut()


class _Cutter:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: list[Token] = []

    def cut(self) -> list[Token]:
        while self._skip_space():
            self._one()
        return self.found

    def _skip_space(self) -> bool:
        if space := _SPACE.match(self.text, self.at):
            self.at = space.end()
        return self.at < len(self.text)

    def _one(self) -> None:
        each = self.text[self.at]
        if kind := _SINGLE.get(each):
            self._put(kind, each, self.at + 1)
        elif each in _CLOSED_BY:
            self._phrase()
        elif each == "-" and self._negates():
            self._put("minus", each, self.at + 1)
        elif field := _FIELD.match(self.text, self.at):
            self._term(field)
        else:
            self._word()

    def _negates(self) -> bool:
        """Whether the hyphen here turns what follows round; “- ” and “late-” do not."""
        after = self.text[self.at + 1 : self.at + 2]
        return bool(after) and not after.isspace() and after != ")"

    def _word(self) -> None:
        word = _WORD.match(self.text, self.at)
        end = word.end() if word else self.at + 1
        text = self.text[self.at : end]
        self._put("keyword" if text in KEYWORDS else "word", text, end)

    def _term(self, field: re.Match[str]) -> None:
        operator = ":" if field[2].strip() == "=" else field[2].strip()
        self.found.append(Token("field", field[1], field.start(), field.end(2), operator))
        self.at = field.end()
        while self._value() or self._between():
            pass

    def _value(self) -> bool:
        if self.text[self.at : self.at + 1] in _CLOSED_BY and self.at < len(self.text):
            self._phrase()
        elif value := _VALUE.match(self.text, self.at):
            self._put("value", value[0], value.end())
        else:
            return False
        return True

    def _between(self) -> bool:
        if self.text.startswith("..", self.at):
            self._put("dots", "..", self.at + 2)
        elif self.text.startswith(",", self.at):
            self._put("comma", ",", self.at + 1)
        else:
            return False
        return True

    def _phrase(self) -> None:
        closing, kept = _CLOSED_BY[self.text[self.at]], []
        at = self.at + 1
        while at < len(self.text) and self.text[at] not in closing:
            at += self.text[at] == "\\" and at + 1 < len(self.text)
            kept.append(self.text[at])
            at += 1
        if at >= len(self.text):
            raise Malformed(_("This quotation mark is never closed."), start=self.at, end=self.at + 1)
        self._put("phrase", "".join(kept), at + 1)

    def _put(self, kind: Kind, text: str, end: int) -> None:
        self.found.append(Token(kind, text, self.at, end))
        self.at = end
