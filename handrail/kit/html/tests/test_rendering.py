"""Cleaned html becomes markup for a page without inline style, with pictures where they may be."""

from handrail.kit import html


def test_style_becomes_classes_and_equal_styles_share_one():
    cleaned = html.clean('<p style="color:red">a</p><p style="COLOR: red;">b</p><p style="margin:0">c</p>')

    rendered = html.render(cleaned.html)

    assert rendered.html == '<p class="m0">a</p><p class="m0">b</p><p class="m1">c</p>'
    assert rendered.css == ".m0{color:red}.m1{margin:0}"


def test_text_that_looks_like_markup_is_not_touched():
    cleaned = html.clean('<p style="color:red">&lt;p style="x"&gt; and style="y"</p>')

    assert html.render(cleaned.html).html == '<p class="m0">&lt;p style="x"&gt; and style="y"</p>'


def test_style_is_checked_again_when_shown():
    stored = '<p style="background:url(http://evil.example)">x</p>'

    assert html.render(stored) == html.Rendered(html="<p>x</p>", css="")


def test_a_picture_of_the_mail_gets_the_address_of_its_file():
    rendered = html.render('<img src="cid:logo@x" alt="L">', picture=lambda name: f"/files/{name}")

    assert rendered.html == '<img alt="L" src="/files/logo@x">'


def test_a_picture_that_is_not_there_has_no_address():
    assert html.render('<img src="cid:gone" alt="L">').html == '<img alt="L">'


def test_a_remote_picture_stays_away_until_it_is_allowed():
    stored = html.clean('<img src="http://shop.example/a.png?x=1&y=2">').html

    assert " src=" not in html.render(stored).html
    assert html.render(stored, remote=lambda address: f"/proxy#{address}").html == (
        '<img src="/proxy#http://shop.example/a.png?x=1&amp;y=2">'
    )


def test_an_address_our_proxy_gives_is_escaped():
    rendered = html.render('<img src="cid:a">', picture=lambda name: '/f"onerror=x')

    assert rendered.html == '<img src="/f&quot;onerror=x">'


def test_a_stored_remote_address_of_another_scheme_is_never_asked_for():
    asked: list[str] = []

    html.render('<img data-remote-src="file:///etc/passwd">', remote=lambda address: asked.append(address))

    assert asked == []
