"""Foreign html comes out without anything active, and otherwise as it was."""

import re

import pytest

from handrail.kit import html
from handrail.kit.html import allowed
from handrail.kit.html.cleaning import STRICT_TAGS
from handrail.kit.html.styles import safe_style
from handrail.kit.html.tests.payloads import ALL
from handrail.kit.html.tests.reader import Reader

AROUND = [
    "{}",
    "<p>before</p>{}<p>after</p>",
    "<table><tr><td>{}</td></tr></table>",
    "<b><a href=http://ok.example>{}",
    "<blockquote type=cite>{}</blockquote>",
    '<p title="{}">x</p>',
    "<ul><li>{}<li>x</ul>",
]


def assert_nothing_active(page: str, tags: frozenset[str]) -> None:
    read = Reader(page)
    assert {tag for tag, _ in read.tags} <= tags
    assert read.others == [], "no comment, declaration or instruction may pass"
    for tag, name, value in read.attributes:
        assert not name.startswith("on")
        assert name in allowed.KEPT[tag] | {"rel", "target", "data-mention", "class"}, (tag, name)
        if name in ("href", "src"):
            assert allowed.scheme_of(value) in allowed.ALL_SCHEMES, value
        if name == "src":
            assert allowed.scheme_of(value) == "cid", "no picture loads by itself"
        if name == "style":
            assert safe_style(value) == value
            assert not re.search(r"(?i)url|expression|@|\\|position|javascript", value)


def test_the_corpus_is_large():
    assert len(set(ALL)) >= 120


@pytest.mark.parametrize("payload", ALL)
def test_S_001_nothing_active_survives_cleaning(payload):
    for around in AROUND:
        page = html.clean(around.replace("{}", payload)).html

        assert_nothing_active(page, allowed.TAGS)
        assert html.clean(page).html == page, "cleaning what is clean changes nothing"


@pytest.mark.parametrize("payload", ALL)
def test_S_001_nothing_active_survives_rendering(payload):
    rendered = html.render(html.clean(payload).html, picture=lambda name: None)

    read = Reader(rendered.html)
    assert not [name for _, name, _ in read.attributes if name in ("style", "src") or name.startswith("on")]
    assert not re.search(r"(?i)url\(|@import|expression|\\|<|javascript|position", rendered.css)


@pytest.mark.parametrize("payload", ALL)
def test_S_001_our_own_editors_html_passes_the_same_corpus(payload):
    assert_nothing_active(html.strict(payload), STRICT_TAGS)


@pytest.mark.parametrize("payload", ALL)
def test_hostile_html_reads_as_text_without_tags(payload):
    assert "\x00" not in html.text(payload)


def test_ordinary_html_stays_what_it_was():
    page = (
        '<p style="color:red">Hello <b>Vera</b>, <a href="https://ok.example/?a=1&amp;b=2">look</a></p>'
        "<ul><li>one</li><li>two</li></ul>"
    )

    cleaned = html.clean(page).html

    assert cleaned == page.replace('">look', '" target="_blank" rel="noopener noreferrer nofollow">look')


def test_a_remote_picture_waits_in_a_placeholder():
    cleaned = html.clean('<img src="https://shop.example/logo.png" alt="Logo" width="20">')

    assert cleaned.has_remote_images
    assert Reader(cleaned.html).tags == [
        ("img", {"alt": "Logo", "width": "20", "data-remote-src": "https://shop.example/logo.png"})
    ]


def test_a_picture_of_the_mail_itself_keeps_its_content_id():
    cleaned = html.clean('<img src="cid:logo@x">')

    assert cleaned.html == '<img src="cid:logo@x">'
    assert not cleaned.has_remote_images


def test_every_link_opens_elsewhere_and_tells_nobody_where_from():
    tags = Reader(html.clean('<a href="http://ok.example" target="_self" rel="opener">x</a>').html).tags

    assert tags == [
        ("a", {"href": "http://ok.example", "target": "_blank", "rel": "noopener noreferrer nofollow"})
    ]


def test_classes_and_ids_of_the_mail_cannot_meet_ours():
    assert html.clean('<p class="card" id="ticket-42">x</p>').html == "<p>x</p>"


def test_only_our_own_editor_may_name_a_colleague():
    mention = '<p><span data-mention="nadia">@Nadia</span></p>'

    assert html.strict(mention) == mention
    assert html.clean(mention).html == "<p><span>@Nadia</span></p>"


def test_a_quoted_history_is_marked_by_the_classes_the_caller_knows():
    page = '<div class="x gmail_quote"><p>old</p></div><div id=later>older</div><div>new</div>'

    cleaned = html.clean(page, quotes=frozenset({"gmail_quote", "later"}))

    assert cleaned.html == '<div data-quote="1"><p>old</p></div><div data-quote="1">older</div><div>new</div>'


def test_a_body_that_colours_the_page_colours_the_message():
    assert html.clean("<body bgcolor=black text=white>x</body>").html == (
        '<div style="background-color:black;color:white">x</div>'
    )


def test_a_bold_word_that_ends_inside_a_block_ends_there():
    assert html.clean("<b><div>x</b>y</div>z").html == "<b><div>x</div></b><div>y</div>z"


def test_paragraphs_and_cells_left_open_are_closed_by_the_next():
    assert html.clean("<p>a<p>b").html == "<p>a</p><p>b</p>"
    assert html.clean("<ul><li>a<li>b</ul>").html == "<ul><li>a</li><li>b</li></ul>"
    assert "<td>a</td><td>b</td>" in html.clean("<table><tr><td>a<td>b</table>").html


def test_signs_that_are_no_tags_stay_readable():
    assert html.clean("1 < 2 & 3 > 2 <3").html == "1 &lt; 2 &amp; 3 &gt; 2 &lt;3"
