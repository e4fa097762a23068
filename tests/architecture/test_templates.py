"""Templates escape everything, and hold neither scripts nor styles: the content policy would refuse them."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import Source, made_up, python, templates

#: What escapes from escaping. (Jinja comments are cut out before.)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+(false|off)|\bMarkup\(", re.IGNORECASE)
INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
}
FOREIGN = re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
CALLED_SAFE = {"mark_safe", "Markup", "SafeString", "SafeText"}
#: The room of components may build mark-up; it escapes what it is given.
BUILDERS = {"ui"}


def without_comments(source: Source) -> str:
    return COMMENT.sub(lambda found: "\n" * found.group().count("\n"), source.text)


def unescaped(source: Source) -> Iterator[Finding]:
    for number, line in enumerate(without_comments(source).splitlines(), start=1):
        if UNESCAPED.search(line):
            yield Finding(source.path, f"line {number} shows something unescaped")


def unescaped_in_code(source: Source) -> Iterator[Finding]:
    if not source.room or source.room in BUILDERS or source.is_test:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLED_SAFE:
            yield Finding(source.path, f"line {node.lineno} calls something safe by {node.func.id}")


def inline(source: Source) -> Iterator[Finding]:
    if is_mail(source):
        return
    text = without_comments(source)
    for what, pattern in INLINE.items():
        for found in pattern.finditer(text):
            yield Finding(source.path, f"line {text.count(chr(10), 0, found.start()) + 1} has {what}")


def foreign(source: Source) -> Iterator[Finding]:
    for number, line in enumerate(without_comments(source).splitlines(), start=1):
        if FOREIGN.search(line):
            yield Finding(source.path, f"line {number} loads or opens another host")


def is_mail(source: Source) -> bool:
    """Mail programs know no style sheets, so that mails alone carry their styles with them."""
    parts = source.path.split("/")
    return "mail" in parts[:-1] or "mails" in parts[:-1] or parts[-1].startswith("mail")


def test_templates_show_nothing_unescaped():
    expect_none(
        (finding for source in templates() for finding in unescaped(source)),
        rule="unescaped",
        mend="Let the template escape it, or clean it with kit.html and show it in a sandboxed frame.",
    )


def test_code_calls_nothing_safe_outside_of_the_components():
    expect_none(
        (finding for source in python() for finding in unescaped_in_code(source)),
        rule="called safe",
        mend="Return plain text and let a component of `ui` draw it.",
    )


def test_templates_hold_no_inline_script_or_style():
    expect_none(
        (finding for source in templates() for finding in inline(source)),
        rule="inline",
        mend="Write a controller or a class in assets/ and pass values as data attributes.",
    )


def test_pages_load_nothing_from_another_host():
    expect_none(
        (finding for source in templates() for finding in foreign(source)),
        rule="foreign hosts",
        mend="Bring it along in our own assets: nothing is loaded from another host.",
    )


def test_each_way_around_escaping_is_noticed():
    text = "{{ a|safe }}\n{{ b | safe }}\n{% autoescape false %}\n{{ c|safely }}\n{# |safe #}\n"

    assert [found.what[:6] for found in unescaped(made_up(text, "x.html"))] == ["line 1", "line 2", "line 3"]


def test_mark_safe_in_a_view_is_noticed():
    text = "from django.utils.safestring import mark_safe\nhtml = mark_safe(text)\n"

    assert len(list(unescaped_in_code(made_up(text)))) == 1


def test_each_kind_of_inline_code_is_noticed():
    text = (
        '<script src="/a.js"></script>\n<script>alert(1)</script>\n'
        '<style>a{}</style>\n<p style="color:red">\n'
        "<p onclick='x()'>\n<a href=\"javascript:x()\">\n<p data-on='x'>\n"
    )

    assert sorted(found.what for found in inline(made_up(text, "x.html"))) == [
        "line 2 has an inline script",
        "line 3 has a style element",
        "line 4 has a style attribute",
        "line 5 has an event attribute",
        "line 6 has a javascript: address",
    ]


def test_a_picture_from_another_host_is_noticed():
    assert len(list(foreign(made_up('<img src="https://example.com/a.png">\n', "x.html")))) == 1
