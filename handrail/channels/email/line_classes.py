"""What each line of a mail's text is: new, quoted, the start of a quotation, or part of a signature."""

import re

from handrail.channels.email.limits import INTRODUCTIONS
from handrail.channels.email.lines import Line, plain_line
from handrail.channels.email.phrases import (
    ABOVE_WORDS,
    DATE_FIRST,
    DATE_LIKE,
    ENDS_NAMED,
    ENDS_OPEN,
    FORWARDED,
    IN_ANGLES,
    LEAD,
    LINE_CHARS,
    MAIL_LIKE,
    MOBILE,
    NAME_WROTE,
    NOUN_FIRST,
    ORIGINAL,
    OUR_OWN_WORDS,
    OURSELVES,
    REPLY_ABOVE,
    REST_BEHIND_WROTE,
    SUPERCITE,
    VERB_BEFORE_NAME,
    WROTE,
)
from handrail.channels.email.quoted_headers import TITLE, header_end_in, label_of, unlisted_header_end
from handrail.kit.html import QUOTE_STARTS, SIGNATURE_STARTS

_QUOTE = re.compile(r"^\s{0,8}(?:>|\|(?!.*\|\s*$))")
_NAMED_QUOTE = re.compile(r"^\s{0,6}[A-Za-z]{1,12}>(?:\s|$)")
# Signs that only some people put before what they quote: `--] `, `) `, `: `, `} `, `%% `.
_ODD_QUOTE = re.compile(r"^\s{0,4}(?:[-=*~]{0,2}[\]>|)}»:%#][\]>|)}»:%#]{0,2})(?=\s|\w|$)")
_DELIMITER = re.compile(r"^\s*(?:[-—–_=~*#ᐧ+]\s?){2,200}$|^\s*[—–ᐧ_-]\s*$")
_RULE_SIGNS = frozenset("-_=*")
_HINT = re.compile(r"[\d@]|via ")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_LEFT_OUT = re.compile(r"(?i)^\s*[<\[(]\s*(?:snip\w{0,4}|schnipp|cut|\.{2,5}|…)[^<>\[\]()]{0,30}[>\])]\s*$")
_ENCLOSED_STARTS = re.compile(r"^>{3,} ?[^>]{1,80}>{3,}\s*$|^>{4,}\s*$")
_ENCLOSED_ENDS = re.compile(r"^<{3,} ?[^<]{1,80}<{3,}\s*$|^<{4,}\s*$")
_LONE_VERB = re.compile(r"^>?\s*\w{3,12}\s*:$")
_INTRODUCTION_LINES = 6
_WRAPPED_FROM = 60
_MOBILE_CHARS = 140


def classes_of(lines: list[str]) -> list[Line]:
    """The class of each line."""
    lines = [plain_line(line) for line in lines]
    classes = [_class_alone(line) for line in lines]
    _mark_fences(lines, classes)
    _mark_enclosed_quotes(lines, classes)
    _mark_introductions(lines, classes)
    _mark_headers(lines, classes)
    _mark_titles(lines, classes)
    _mark_named_quotes(lines, classes)
    _mark_odd_quotes(lines, classes)
    _mark_wrapped_quotes(lines, classes)
    _mark_mobile(lines, classes)
    return classes


def _class_alone(line: str) -> Line:
    start = line[:LINE_CHARS]
    if not start.strip():
        return Line.BLANK
    if (
        QUOTE_STARTS in start
        or SUPERCITE.match(start)
        or (start.lstrip(" >|\t")[:1] in _RULE_SIGNS and ORIGINAL.match(start))
        or FORWARDED.match(start)
        or (any(word in start.lower() for word in ABOVE_WORDS) and REPLY_ABOVE.search(start))
    ):
        return Line.INTRODUCTION
    if _QUOTE.match(start):
        return Line.QUOTE
    if _DELIMITER.match(start) or start.strip() == SIGNATURE_STARTS:
        return Line.DELIMITER
    return Line.TEXT


def _mark_fences(lines: list[str], classes: list[Line]) -> None:
    """Everything between two fences is text, rules and comment signs too."""
    fences = [index for index, line in enumerate(lines) if _FENCE.match(line)]
    for first, last in zip(fences[::2], fences[1::2], strict=False):
        classes[first : last + 1] = [Line.TEXT] * (last + 1 - first)


def _mark_enclosed_quotes(lines: list[str], classes: list[Line]) -> None:
    """`>>> Tom >>>` … `<<< Tom <<<`: programs that put signs around a quotation, not before each line."""
    start: int | None = None
    for index, line in enumerate(lines):
        if _ENCLOSED_STARTS.match(line[:LINE_CHARS]) and start is None:
            start = index
        elif start is not None and _ENCLOSED_ENDS.match(line[:LINE_CHARS]):
            classes[start : index + 1] = [Line.QUOTE] * (index + 1 - start)
            start = None


def _mark_introductions(lines: list[str], classes: list[Line]) -> None:
    looked_at = 0
    for index in range(len(lines)):
        if not _may_end_introduction(lines, classes, index):
            continue
        looked_at += 1
        start = _introduction_start(lines, classes, index)
        if start is not None:
            classes[start : index + 1] = [Line.INTRODUCTION] * (index + 1 - start)
        if looked_at == INTRODUCTIONS:
            return


def _may_end_introduction(lines: list[str], classes: list[Line], index: int) -> bool:
    """A quick look: a colon, dashes, or a quotation below, and near it a date or an address."""
    line = lines[index]
    if classes[index] is not Line.TEXT and not (classes[index] is Line.QUOTE and _LONE_VERB.match(line)):
        return False
    ending = line[-12:].rstrip(" *_")
    if not ending.endswith((":", "：", "--")) and _next_class(classes, index) is not Line.QUOTE:
        return False
    if NAME_WROTE.match(line[:LINE_CHARS]):
        return True
    return any(
        _HINT.search(each[:LINE_CHARS]) for each in lines[max(0, index - _INTRODUCTION_LINES) : index + 1]
    )


def _introduction_start(lines: list[str], classes: list[Line], end: int) -> int | None:
    """The first line of the introduction that ends on this line; None when none does."""
    line = lines[end].strip()
    quote_follows = _next_class(classes, end) is Line.QUOTE
    if len(line) > LINE_CHARS:
        return None
    if DATE_FIRST.match(line) and quote_follows:
        return end
    if not (ENDS_OPEN.search(line) or (quote_follows and WROTE.search(line))):
        return None
    start = _shortest_introduction(lines, classes, end, quote_follows=quote_follows)
    if start is None:
        named = (
            quote_follows and NAME_WROTE.match(line) and WROTE.search(line) and 2 <= len(line.split()) <= 5
        )
        return end if named else None
    return _whole_introduction(lines, classes, start, end)


def _next_class(classes: list[Line], index: int) -> Line | None:
    """The class of the next line that is not blank."""
    return next((each for each in classes[index + 1 : index + 4] if each is not Line.BLANK), None)


def _shortest_introduction(
    lines: list[str], classes: list[Line], end: int, *, quote_follows: bool
) -> int | None:
    """Grows upwards from the last line until the lines together name who wrote and when or from where."""
    joined = ""
    for start in range(end, max(-1, end - _INTRODUCTION_LINES), -1):
        if start < end and classes[start] not in (Line.TEXT, Line.BLANK):
            return None
        if classes[start] is Line.BLANK and not lines[start + 1].lstrip().startswith(("<", "(", "mailto:")):
            return None
        joined = f"{lines[start].strip()} {joined}".strip()
        if len(joined) > LINE_CHARS:
            return None
        if introduces(joined) or (quote_follows and _introduces_in_any_language(joined)):
            return start
    return None


def _introduces_in_any_language(text: str) -> bool:
    """A date, an address and a colon above a quotation say it in languages whose verb nobody listed."""
    return bool(
        ENDS_OPEN.search(text)
        and DATE_LIKE.search(text)
        and MAIL_LIKE.search(text)
        and not OUR_OWN_WORDS.search(text)
    )


def introduces(text: str) -> bool:
    """Whether one line of text tells that somebody wrote what follows."""
    dated, mailed = bool(DATE_LIKE.search(text)), bool(MAIL_LIKE.search(text))
    named = bool(dated and mailed and ENDS_NAMED.search(text) and not OURSELVES.search(text))
    if named or (mailed and NOUN_FIRST.match(text)):
        return True
    verb = None
    for verb in WROTE.finditer(text):  # noqa: B007 - the last one counts
        pass
    if verb is None or not (dated or mailed) or OUR_OWN_WORDS.search(text[: verb.end()]):
        return False
    rest = text[verb.end() :].strip(" :：*_-")
    if OURSELVES.match(rest):
        return False
    led = bool(LEAD.match(text))
    return not rest or bool(REST_BEHIND_WROTE.match(rest)) or (led and bool(VERB_BEFORE_NAME.search(verb[0])))


def _whole_introduction(lines: list[str], classes: list[Line], start: int, end: int) -> int:
    """A few lines further up when the date stands there: programs break these lines where they like."""
    if _is_lead(lines[start]):
        return start
    joined = " ".join(lines[start : end + 1])
    begun = _lacking_start(lines, classes, start, joined)
    if begun is not None:
        return begun
    length = 0
    for above in range(start - 1, max(-1, start - _INTRODUCTION_LINES), -1):
        length += len(lines[above])
        broken = lines[above + 1].lstrip().startswith(("<", "(", "mailto:"))
        if classes[above] not in (Line.TEXT, Line.BLANK) or length > LINE_CHARS:
            break
        if classes[above] is Line.BLANK and not broken:
            break
        if _is_lead(lines[above]):
            return above
    return start


def _lacking_start(lines: list[str], classes: list[Line], start: int, joined: str) -> int | None:
    """Where the paragraph starts, when its one or two lines above name the date or the address that lacks."""
    lacking = next((each for each in (DATE_LIKE, MAIL_LIKE) if not each.search(joined)), None)
    above = range(max(0, start - 2), start)
    first = next(
        (index for index in above if all(classes[i] is Line.TEXT for i in range(index, start))), None
    )
    if lacking is None or first is None or (first > 0 and classes[first - 1] is Line.TEXT):
        return None
    before = " ".join(lines[first:start])
    is_sentence = before.rstrip().endswith((".", "!", "?", "。"))
    fits = len(before) + len(joined) <= LINE_CHARS and not OUR_OWN_WORDS.search(before)
    return first if fits and not is_sentence and lacking.search(before) else None


def _is_lead(line: str) -> bool:
    return bool(LEAD.match(line) and any(sign.isdigit() for sign in line[:LINE_CHARS]))


def _mark_headers(lines: list[str], classes: list[Line]) -> None:
    labels = [label_of(line) if ":" in line or "：" in line else ("", "") for line in lines]
    index = 0
    while index < len(lines):
        end = None
        if classes[index] is Line.TEXT and labels[index][0]:
            end = header_end_in(labels, lines, classes, index)
        elif classes[index] is Line.TEXT and IN_ANGLES.search(lines[index][:LINE_CHARS]):
            end = unlisted_header_end(lines, classes, index)
        if end is not None:
            classes[index : end + 1] = [Line.INTRODUCTION] * (end + 1 - index)
            index = end
        index += 1
    for index in range(1, len(lines)):  # `--- Original message ---` with a short header below
        if labels[index][0] and classes[index - 1] is Line.INTRODUCTION and classes[index] is Line.TEXT:
            classes[index] = Line.INTRODUCTION


def _mark_titles(lines: list[str], classes: list[Line]) -> None:
    """`-------- Any words --------` above a quoted header, in languages whose words nobody listed."""
    for index, line in enumerate(lines):
        is_title = classes[index] is Line.TEXT and TITLE.match(line[:LINE_CHARS])
        if is_title and _next_class(classes, index) is Line.INTRODUCTION:
            classes[index] = Line.INTRODUCTION


def _mark_named_quotes(lines: list[str], classes: list[Line]) -> None:
    """`Richard> text`, where a quotation is expected or two such lines stand together."""
    for index, line in enumerate(lines):
        if classes[index] is Line.TEXT and _NAMED_QUOTE.match(line[:40]):
            before = _previous_class(classes, index)
            together = index + 1 < len(lines) and _NAMED_QUOTE.match(lines[index + 1][:40])
            if together or before in (Line.INTRODUCTION, Line.QUOTE):
                classes[index] = Line.QUOTE


def _mark_odd_quotes(lines: list[str], classes: list[Line]) -> None:
    """Lines that begin with the same odd sign as the one right below an introduction."""
    signs: set[str] = set()
    for index, line in enumerate(lines):
        if classes[index] is not Line.TEXT:
            continue
        found = _ODD_QUOTE.match(line[:20])
        if found and found[0].strip() not in signs and _previous_class(classes, index) is Line.INTRODUCTION:
            signs.add(found[0].strip())
        is_quoted = found is not None and found[0].strip() in signs
        if is_quoted or _is_left_out(line, _previous_class(classes, index)):
            classes[index] = Line.QUOTE


def _is_left_out(line: str, before: Line | None) -> bool:
    """`<snip>` stands for words of the quotation that are not repeated."""
    return before in (Line.INTRODUCTION, Line.QUOTE) and bool(_LEFT_OUT.match(line[:60]))


def _previous_class(classes: list[Line], index: int) -> Line | None:
    return next(
        (each for each in reversed(classes[max(0, index - 3) : index]) if each is not Line.BLANK), None
    )


def _mark_wrapped_quotes(lines: list[str], classes: list[Line]) -> None:
    """The short rest of a long quoted line that a program broke without repeating the sign."""
    for index in range(1, len(lines) - 1):
        if (
            classes[index] is Line.TEXT
            and classes[index - 1] is classes[index + 1] is Line.QUOTE
            and len(lines[index - 1]) >= _WRAPPED_FROM > len(lines[index])
        ):
            classes[index] = Line.QUOTE


def _mark_mobile(lines: list[str], classes: list[Line]) -> None:
    """What a phone or an app wrote, at the end or right above what is no text: nowhere else does it count."""
    at_end = True
    for index in range(len(lines) - 1, -1, -1):
        if classes[index] is Line.TEXT:
            at_end = at_end and len(lines[index]) <= _MOBILE_CHARS and bool(MOBILE.match(lines[index]))
            classes[index] = Line.MOBILE if at_end else Line.TEXT
        elif classes[index] is not Line.BLANK:
            at_end = True
