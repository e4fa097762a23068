"""A foreign mail in its frame: strict policy, pictures by signed links, quoted history folded."""

import re

import pytest

from handrail.kit import html as markup
from handrail.tickets.inbound import InboundFile

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def framed(nadia, write, client_of):
    """The frame's document for a mail with this html, as Nadia gets it."""

    def show(html, *, files=(), quotes=frozenset()):
        message = write(html=markup.clean(html, quotes=quotes).html, files=files)
        return client_of(nadia).get(f"/tickets/{message.ticket.number}/messages/{message.pk}/body")

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
    assert " style=" not in page.split("<body>")[1]


def test_each_answer_has_a_nonce_of_its_own(framed):
    policies = {framed("<p>Hello</p>")["Content-Security-Policy"] for _time in range(2)}

    assert len(policies) == 2


def test_a_picture_of_the_mail_gets_a_link_that_only_the_reader_can_use(framed, nadia, client_of):
    logo = InboundFile(name="logo.png", type="image/png", content=PNG, inline=True, content_id="logo@x")

    page = framed('<p><img src="cid:logo@x"></p>', files=(logo,)).content.decode()

    (address,) = re.findall(r'src="(/tickets/\d+/pictures/[^"]+)"', page)
    assert b"".join(client_of(nadia).get(address).streaming_content) == PNG


def test_pictures_on_other_servers_are_not_loaded_and_that_is_said(framed):
    page = framed('<p><img src="https://tracker.example/p.gif"></p>').content.decode()

    assert ' src="https://' not in page
    assert "1 picture on another server was not loaded" in page


def test_quoted_history_is_folded_and_everything_stays_readable(framed):
    html = '<p>New</p><blockquote class="old">Old <blockquote>older</blockquote></blockquote><p>After</p>'

    body = framed(html, quotes=frozenset({"old"})).content.decode().split("<body>")[1]

    assert body.count("<details>") == body.count("</details>") == 1
    assert body.index("New") < body.index("<details>") < body.index("Old") < body.index("older")
    assert body.index("older") < body.index("</details>") < body.index("After")


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
