"""Html reads as text the way a person would type it."""

import pytest

from handrail.kit import html

READ = {
    "paragraphs": ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    "lines": ("One<br>Two<div>Three</div>Four", "One\nTwo\nThree\nFour"),
    "blanks collapse": ("a  b\n\n c", "a b c"),
    "blanks in pre stay": ("<pre>a\n  b</pre>", "a\n  b"),
    "bullets": ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    "numbers": ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    "lists in lists": ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
    "rows": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a  b\nc"),
    "layout tables": ("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb"),
    "quotations": ("x<blockquote>a<br>b<blockquote>c</blockquote></blockquote>y", "x\n> a\n> b\n>> c\ny"),
    "entities once": ("&amp;lt;b&amp;gt; &euro;", "&lt;b&gt; €"),
    "hidden text": ('a<div style="display:none">b<div>c</div></div>d', "ad"),
    "head and scripts": ("<head><title>t</title><style>s</style></head><script>x</script>y", "y"),
    "links by their words": ('<a href="http://ok.example">here</a>', "here"),
    "emoji pictures": ('good <img src="x" alt="👍">', "good 👍"),
    "other pictures": ('<img src="x" alt="Company logo">', ""),
    "words torn by tags": ("<b>H</b>ello", "Hello"),
    "Chinese beside Latin": ("<span>18</span>岁以上", "18 岁以上"),
    "a rule": ("a<hr>b", "a\n\n--------------------\nb"),
    "no tags": ("just text", "just text"),
}


@pytest.mark.parametrize(("page", "expected"), READ.values(), ids=list(READ))
def test_html_reads_as_a_person_would_type_it(page, expected):
    assert html.text(page) == expected


def test_a_marked_quotation_is_announced_on_a_line_of_its_own():
    cleaned = html.clean("new<div class=q>old</div>", quotes=frozenset({"q"})).html

    assert html.text_of_clean(cleaned, mark_quotes=True) == f"new\n{html.QUOTE_STARTS}\nold"
    assert html.text_of_clean(cleaned) == "new\nold"


def test_a_mail_cannot_forge_the_announcement():
    assert html.QUOTE_STARTS not in html.text(f"a{html.QUOTE_STARTS}b")


def test_a_quotation_begins_and_ends_without_an_empty_line_of_its_own():
    page = "<blockquote><p>Is it here?</p><p>Really?</p></blockquote><div>No.</div>"

    assert html.text(page) == "> Is it here?\n>\n> Really?\n\nNo."
