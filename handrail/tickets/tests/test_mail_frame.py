"""A foreign mail in its frame: strict policy, pictures by signed links, history folded, its own paper."""

import re

import pytest

from handrail.kit import html as markup
from handrail.tickets.folding import folded
from handrail.tickets.inbound import InboundFile

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def framed(nadia, write, client_of):
    """The frame's document for a mail with this html, as Nadia gets it."""

    def show(html, *, files=(), quotes=frozenset(), query="", **changes):
        message = write(html=markup.clean(html, quotes=quotes).html, files=files, **changes)
        return client_of(nadia).get(f"/tickets/{message.ticket.number}/messages/{message.pk}/body{query}")

    return show


def test_the_frame_may_run_nothing_and_fetch_nothing_from_elsewhere(framed):
    answer = framed("<p style='color:red'>Hello</p><script>x()</script>")

    policy = answer["Content-Security-Policy"]
    (nonce,) = re.findall(r"'nonce-([\w-]{20,})'", policy)
    assert policy == (
        f"default-src 'none'; img-src 'self' data:; style-src 'nonce-{nonce}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; "
        "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    )
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    page = answer.content.decode()
    assert f'<style nonce="{nonce}">' in page
    assert "<script" not in page
    assert " style=" not in body_of(answer)


def test_each_answer_has_a_nonce_of_its_own(framed):
    policies = {framed("<p>Hello</p>")["Content-Security-Policy"] for _time in range(2)}

    assert len(policies) == 2


def test_a_picture_of_the_mail_gets_a_link_that_only_the_reader_can_use(framed, nadia, client_of):
    logo = InboundFile(name="logo.png", type="image/png", content=PNG, inline=True, content_id="logo@x")

    page = framed('<p><img src="cid:logo@x"></p>', files=(logo,)).content.decode()

    (address,) = re.findall(r'src="(/tickets/\d+/pictures/[^"]+)"', page)
    assert b"".join(client_of(nadia).get(address).streaming_content) == PNG


def body_of(answer):
    return re.split("<body[^>]*>", answer.content.decode())[1]


def test_quoted_history_is_folded_and_everything_stays_readable(framed):
    html = '<p>New</p><blockquote class="old">Old <blockquote>older</blockquote></blockquote><p>After</p>'

    body = body_of(framed(html, quotes=frozenset({"old"})))

    assert body.count("<details>") == body.count("</details>") == 1
    assert body.index("New") < body.index("<details>") < body.index("Old") < body.index("older")
    assert body.index("older") < body.index("</details>") < body.index("After")


def test_history_without_a_mark_is_folded_where_the_new_words_end(framed):
    old = "On Monday you wrote that the parcel would come on Tuesday"
    html = f"<div><p>It is <b>not</b> here, Vera</p><br><table><tr><td>{old}</td></tr></table></div>"

    body = body_of(framed(html, text=f"It is not here, Vera\n\n{old}", reply_text="It is not here, Vera"))

    assert body.count("<details>") == body.count("</details>") == 1
    assert body.index("here, Vera") < body.index("<details>") < body.index(old)
    assert "<div>" in body[body.index("<summary>") :], "what was open goes on within the fold"


def test_words_that_are_not_those_of_the_mail_fold_nothing():
    html = "<p>Something else altogether, and then some more words behind it</p>"

    assert folded(html, reply="It is not here") == html


def test_a_mail_without_history_is_left_as_it_is():
    html = "<div><p>Hello</p><p>Vera</p></div>"

    assert folded(html, reply="Hello\n\nVera") == html


def test_the_whole_mail_can_be_shown_unfolded(framed):
    html = '<p>New</p><blockquote class="old">Old words of somebody</blockquote>'

    assert "<details>" not in body_of(framed(html, quotes=frozenset({"old"}), query="?whole"))


@pytest.mark.parametrize(
    ("html", "paper"),
    [
        ("<p>Plain</p>", "plain"),
        ('<p style="color:#000;background:#ffffff">Word, on white</p>', "plain"),
        ('<table bgcolor="#0a6266"><tr><td>A newsletter</td></tr></table>', "white"),
        ('<div style="background-color:#f3f3f3">A newsletter</div>', "white"),
    ],
)
def test_a_designed_mail_keeps_its_white_paper_and_a_plain_one_takes_the_ground(framed, html, paper):
    page = framed(html).content.decode()

    assert f'data-paper="{paper}"' in page
    assert "@media (prefers-color-scheme:dark)" in page


def test_what_a_colleague_wrote_has_no_frame_of_its_own(nadia, lost_parcel, client_of):
    from tests.cast import NINE

    reply = lost_parcel.reply(text="Hi", html="<p>Hi</p>", by=nadia, at=NINE)

    answer = client_of(nadia).get(f"/tickets/{lost_parcel.number}/messages/{reply.pk}/body")

    assert answer.status_code == 404


def test_the_timeline_shows_a_mail_with_a_look_in_a_sandboxed_frame(nadia, write, client_of):
    message = write(html="<p>Hello</p>")

    page = client_of(nadia).get(f"/tickets/{message.ticket.number}").content.decode()

    (frame,) = re.findall(r"<iframe[^>]+>", page)
    assert 'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"' in frame
    assert f"/messages/{message.pk}/body" in frame


def test_piet_gets_no_frame_of_a_foreign_mail(piet, write, client_of):
    message = write(html="<p>canary</p>")

    answer = client_of(piet).get(f"/tickets/{message.ticket.number}/messages/{message.pk}/body")

    assert answer.status_code == 404
