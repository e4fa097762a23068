"""S-011: the corpus as markdown.

Nothing in the product reads markdown. What turns text into html is the reader of plain messages and notes,
which makes links, and the editor, into which somebody may paste what a markdown program made.
"""

import pytest
from django.utils.html import escape

from handrail.kit import html
from handrail.kit.html.cleaning import STRICT_TAGS
from handrail.kit.html.tests.payloads import ALL
from handrail.kit.html.tests.reader import Reader
from handrail.kit.html.tests.test_cleaning import assert_nothing_active
from handrail.ui.reading import as_html
from tests.cast import NINE

AROUND = [
    "{}",
    "```html\n{}\n```",
    "~~~\n{}\n",
    "    {}",
    "`{}`",
    "> {}",
    "[x]({})",
    '[x](http://ok.example "{}")',
    "![x]({})",
    "<{}>",
    "http://ok.example/{}",
    "[x][1]\n\n[1]: {}",
    "[x][1]\n\n[1]: http://ok.example '{}'",
    "| a | b |\n|---|---|\n| {} | x |",
    "<details>\n\n{}\n\n</details>",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "java\tscript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "//evil.example/x.js",
    "file:///etc/passwd",
    'http://ok.example/"onmouseover="alert(1)',
    "http://ok.example/'><img src=x onerror=alert(1)>",
    "http://ok.example/`onclick=alert(1)`",
    "https://user:secret@evil.example",
    "http://canary.example/?leak=![x](http://canary.example/x.png)",
]
#: What a markdown program makes of these, as somebody would paste it.
MADE = [
    '<p><a href="{}" title="{}">x</a></p>',
    '<p><img src="{}" alt="{}"></p>',
    '<pre><code class="language-html">{}</code></pre>',
    "<blockquote><p>{}</p></blockquote>",
]


@pytest.mark.parametrize("around", AROUND)
def test_S_011_markdown_is_shown_as_it_was_written_and_only_web_addresses_are_links(around):
    for payload in [*ALL, *ADDRESSES]:
        text = around.replace("{}", payload)

        read = Reader(as_html(text))

        assert {tag for tag, _ in read.tags} <= {"a"}, payload
        assert read.others == [], payload
        for _tag, attributes in read.tags:
            assert attributes.keys() == {"href", "target", "rel"}
            assert attributes["href"].lower().startswith(("http://", "https://"))
            assert attributes["rel"] == "noopener noreferrer nofollow"
        assert "".join(read.words) == text.replace("\r\n", "\n") or "\r" in text or "\x00" in text


@pytest.mark.parametrize("made", MADE)
def test_S_011_what_a_markdown_program_made_of_it_is_harmless_when_pasted(made):
    for payload in [*ALL, *ADDRESSES]:
        for written in (payload, escape(payload)):
            assert_nothing_active(html.strict(made.replace("{}", written)), STRICT_TAGS)


def test_S_011_a_reference_that_would_leak_is_text_on_the_page(nadia, client_of, write):
    leak = "![status][1]\n\n[1]: http://canary.example/leak.png\n\n<img src=http://canary.example/i.png>"
    ticket = write(text=leak, reply_text=leak, external_id="md@x").ticket
    ticket.note(text=leak, by=nadia, at=NINE)

    page = client_of(nadia).get(f"/tickets/{ticket.number}").content.decode()

    assert page.count("![status][1]") >= 2
    read = Reader(page)
    sources = [value for _tag, name, value in read.attributes if name in ("src", "srcset", "data-remote-src")]
    assert not [value for value in sources if "canary" in value]
