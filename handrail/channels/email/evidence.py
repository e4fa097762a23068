"""What speaks for a mail belonging to a conversation, each sign with its points; enough of them join it."""

import re
from collections.abc import Collection, Iterable
from enum import StrEnum

from handrail.kit.text import collapse

#: From so many points on a mail joins; from so many on a person is asked.
JOINS_FROM, ASKS_FROM = 50, 35
#: A word on the same subject so many days after the last one is soon.
SOON_DAYS = 14
#: So many words in a row that two texts share are no chance.
WORDS_IN_A_ROW = 4
#: So many such rows make a quotation.
ROWS_OF_A_QUOTATION = 2
_LOOKED_AT = 20_000

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"^(?:\s{0,3}[A-Za-z]{0,4}[>|}])+")
_LIST_MARK = r"\s*(?:\[[^\]]{1,40}\]\s*)*"
_ANSWER = r"(?:re|aw|antw|antwort|sv|vs|odp|tr|rif|ris|res|ynt|vá|atb|回复|回覆|答复|답장|返信)"
_FORWARD = r"(?:fwd?|wg|wl|i|rv|enc|doorst|转发|轉寄)"
_COUNT = r"\s{0,2}(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s{0,2}[:：]"
_ANSWER_MARK = re.compile(rf"(?i)^{_LIST_MARK}(?:{_FORWARD}{_COUNT}\s*)?{_ANSWER}{_COUNT}")
_ANY_MARK = re.compile(rf"(?i)^\s*(?:(?:{_ANSWER}|{_FORWARD}){_COUNT}|\[[^\]]{{1,40}}\])\s*")


class Sign(StrEnum):
    """One thing that speaks for it."""

    TOKEN = "token"  # noqa: S105 - the name of a sign
    OUR_ID = "our-id"
    KNOWN_ID = "known-id"
    MARKER = "marker"
    DECIDED = "decided"
    LEARNED = "learned"
    NUMBER = "number"
    SUBJECT = "subject"
    QUOTE = "quote"
    NAMED = "named"
    SENDER = "sender"
    SOON = "soon"
    VERIFIED = "verified"


POINTS: dict[Sign, int] = {
    Sign.TOKEN: 100,  # a signed token of the ticket, behind the plus of a reply address
    Sign.MARKER: 80,  # the same in the quoted text
    Sign.DECIDED: 100,  # a colleague put this very mail there
    Sign.OUR_ID: 60,  # refers to a mail of ours, whose id nobody can guess
    Sign.KNOWN_ID: 45,  # refers to a mail that others saw as well
    Sign.LEARNED: 40,  # a colleague put such a mail of this sender there before
    Sign.QUOTE: 35,  # quotes words of the conversation
    Sign.NUMBER: 20,  # names the number of the ticket, which anybody can write
    Sign.VERIFIED: 20,  # the sender's servers vouch for the address
    Sign.SUBJECT: 15,  # answers the same subject
    Sign.NAMED: 15,  # tells above its quotation the minute at which we wrote
    Sign.SENDER: 10,  # the sender takes part
    Sign.SOON: 4,  # what anybody can write (number, subject, sender, soon) stays below JOINS_FROM together
}


def points_of(signs: Collection[Sign]) -> int:
    return sum(POINTS[sign] for sign in set(signs))


def subject_key(subject: str) -> str:
    """The subject without marks of answers, forwards and lists, in small letters: equal for one subject."""
    bare = subject[:1_000]
    for _mark in range(20):
        shorter = _ANY_MARK.sub("", bare, count=1)
        if shorter == bare:
            break
        bare = shorter
    return collapse(" ".join(_WORD.findall(bare.lower())))


def is_answer(subject: str) -> bool:
    """Whether the subject begins as an answer's does, in any of the common languages."""
    return bool(_ANSWER_MARK.match(subject[:1_000]))


def rows_of(text: str) -> frozenset[int]:
    """The rows of words in a text; who quotes it has many of them too."""
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    ends = range(len(words) - WORDS_IN_A_ROW + 1)
    return frozenset(hash(tuple(words[start : start + WORDS_IN_A_ROW])) for start in ends)


def quoted_in(text: str, *, history: str) -> str:
    """What a mail quotes, wherever it stands: marked lines, and the history below."""
    lines = text[:_LOOKED_AT].split("\n")
    marked = [_QUOTED.sub("", line) for line in lines if _QUOTED.match(line)]
    return "\n".join([*marked, history[:_LOOKED_AT]])


def quotes(quoted: Iterable[int], written: Collection[int]) -> bool:
    """Whether rows of words were quoted from a text; both as rows_of gives them."""
    return sum(row in written for row in quoted) >= ROWS_OF_A_QUOTATION
