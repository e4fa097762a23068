"""A question as people type it, read into a tree. Whatever is typed, the answer is a tree or Malformed.

status:open,waiting owner:me -tag:spam priority>=high created<7d (parcel OR "late delivery") sort:waiting
"""

from functools import lru_cache

from django.utils.translation import gettext as _

from handrail.search.language.errors import Malformed
from handrail.search.language.tokens import Token, tokens_of
from handrail.search.language.tree import (
    Node,
    Not,
    Question,
    SortKey,
    Term,
    Value,
    Words,
    all_of,
    either_of,
)

DEEPEST = 12
MOST_PARTS = 60
MOST_VALUES = 50
SORT = "sort"


@lru_cache(maxsize=1024)  # a page asks for the same dozen views again and again; a question never changes
def parse(text: str) -> Question:
    """The question behind a text. Raises Malformed, which names the wrong word."""
    reader = _Reader(tokens_of(text), length=len(text))
    tree = reader.alternatives(depth=0)
    if reader.at < len(reader.tokens):
        raise reader.wrong(_("This bracket was never opened."))
    return Question(tree=tree, sort=tuple(reader.sort))


class _Reader:
    """Reads tokens from the left to the right, each once."""

    def __init__(self, tokens: list[Token], *, length: int) -> None:
        self.tokens, self.length, self.at, self.parts = tokens, length, 0, 0
        self.sort: list[SortKey] = []

    def alternatives(self, *, depth: int) -> Node:
        """Parts with OR between them."""
        found = [self.together(depth=depth)]
        while self._is_keyword("OR"):
            word = self._take()
            part = self.together(depth=depth)
            if found[-1] == all_of([]) or part == all_of([]):
                raise _malformed(_("Something to choose from must stand on both sides of OR."), word)
            found.append(part)
        return either_of(found)

    def together(self, *, depth: int) -> Node:
        """Parts that must all hold, up to a closing bracket, an OR or the end."""
        found: list[Node] = []
        while (token := self._next()) and token.kind != "close" and not self._is_keyword("OR"):
            if self._is_keyword("AND"):
                self._join()
            elif part := self.part(depth=depth):
                found.append(part)
        return all_of(found)

    def part(self, *, depth: int) -> Node | None:
        """One part; None for what asks nothing: punctuation, and how to sort."""
        token = self._take()
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise _malformed(_("These are too many parts: at most %(count)s.") % {"count": MOST_PARTS}, token)
        if depth > DEEPEST:
            raise _malformed(_("This is nested too deeply."), token)
        if token.kind == "minus" or (token.text == "NOT" and token.kind == "keyword"):
            return self._turned(token, depth=depth)
        if token.kind == "open":
            return self._bracketed(token, depth=depth)
        if token.kind == "field":
            return self._term(token, depth=depth)
        if token.kind in ("value", "comma", "dots"):
            raise _malformed(_("A blank is missing before this, or it stands here once too often."), token)
        return _words(token)

    def wrong(self, said: str) -> Malformed:
        """What to raise about the token that comes next."""
        token = self._next()
        start, end = (token.start, token.end) if token else (self.length, self.length)
        return Malformed(said, start=start, end=end)

    def _turned(self, sign: Token, *, depth: int) -> Node:
        token = self._next()
        if token is None or _ends(token):
            raise _malformed(_("What shall it not be? Something must follow."), sign)
        inner = self.part(depth=depth + 1)
        if inner is None:
            raise _malformed(_("This cannot be turned round."), token)
        return Not(inner)

    def _bracketed(self, bracket: Token, *, depth: int) -> Node:
        inner = self.alternatives(depth=depth + 1)
        if self._next() is None:
            raise _malformed(_("This bracket is never closed."), bracket)
        closing = self._take()
        if inner == all_of([]):
            said = _("Nothing stands between these brackets.")
            raise Malformed(said, start=bracket.start, end=closing.end)
        return inner

    def _join(self) -> None:
        before = self.tokens[self.at - 1] if self.at else None
        word = self._take()
        if _ends(before) or _ends(self._next()):
            raise _malformed(_("Something must stand on both sides of AND."), word)

    def _term(self, field: Token, *, depth: int) -> Node | None:
        values = [self._value(field)]
        while (token := self._next()) and token.kind == "comma":
            self._take()
            values.append(self._value(field))
            if len(values) > MOST_VALUES:
                raise _malformed(
                    _("These are too many values: at most %(count)s.") % {"count": MOST_VALUES}, token
                )
        if field.operator != ":" and (len(values) > 1 or values[0].is_range):
            raise _malformed(_("A comparison takes one value."), field)
        if field.text.lower() == SORT and field.operator == ":":
            self._sorted(field, values, depth=depth)
            return None
        return Term(
            name=field.text.lower(),
            operator=field.operator,
            values=tuple(values),
            start=field.start,
            end=values[-1].end,
        )

    def _value(self, field: Token) -> Value:
        low = self._text()
        if not (token := self._next()) or token.kind != "dots":
            if low is None:
                said = _(
                    "A value must follow “%(field)s”. If you search for the word, put it in quotation marks."
                )
                raise _malformed(said % {"field": field.text + field.operator}, field)
            return Value(text=low.text, start=low.start, end=low.end)
        dots = self._take()
        high = self._text()
        if low is None and high is None:
            raise _malformed(_("A range needs a beginning or an end."), dots)
        return Value(
            low=low.text if low else None,
            high=high.text if high else None,
            start=(low or dots).start,
            end=(high or dots).end,
        )

    def _text(self) -> Token | None:
        """The text of a value, if one comes next; a phrase counts only where it touches what is before."""
        token = self._next()
        touches = token and (token.start == self.tokens[self.at - 1].end or self._after_operator())
        if token and (token.kind == "value" or (token.kind == "phrase" and touches)):
            return self._take()
        return None

    def _after_operator(self) -> bool:
        return self.tokens[self.at - 1].kind == "field"

    def _sorted(self, field: Token, values: list[Value], *, depth: int) -> None:
        if depth or any(value.is_range for value in values):
            raise _malformed(_("“sort:” stands by itself, outside of brackets."), field)
        for value in values:
            name = value.text.lower()
            backwards = name.startswith("-")
            key = SortKey(name=name.removeprefix("-"), backwards=backwards, start=value.start, end=value.end)
            self.sort.append(key)

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _is_keyword(self, word: str) -> bool:
        token = self._next()
        return token is not None and token.kind == "keyword" and token.text == word


def _words(token: Token) -> Words | None:
    """Something to search for; None when no letter or digit is in it."""
    if not any(each.isalnum() for each in token.text):
        return None
    exact = token.kind == "phrase"
    text = token.text if exact else token.text.rstrip("<>=")
    return Words(text=text, exact=exact, start=token.start, end=token.end)


def _ends(token: Token | None) -> bool:
    """Whether nothing that could be joined stands here."""
    if token is None or (token.kind in ("open", "close") and token.text == ")"):
        return True
    return token.kind == "keyword" and token.text != "NOT"


def _malformed(said: str, token: Token) -> Malformed:
    return Malformed(said, start=token.start, end=token.end)
