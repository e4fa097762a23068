"""Pictures on other servers: none is fetched until somebody asks, then by us, for them alone."""

import re
import struct
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core import signing

from handrail.files import fetching
from handrail.files.pictures import measured
from handrail.kit import clock
from handrail.kit import html as markup
from handrail.tickets import picturing
from handrail.tickets.models import PictureConsent

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x()</script></svg>'


def png(width: int, height: int) -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00"
    )


class Shop(BaseHTTPRequestHandler):
    """The sender's server: it remembers who asked for what, with which headers."""

    asked: list[tuple[str, dict[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        kind, content = {
            "/banner.png": ("text/html", png(600, 100)),  # its own word about the type counts for nothing
            "/pixel.png": ("image/png", png(1, 1)),
            "/drawing.svg": ("image/png", SVG),
            "/page.png": ("image/png", b"<html><script>x()</script>"),
            "/huge.png": ("image/png", png(600, 100) + b"0" * (fetching.SIZE_LIMIT_BYTES + 1)),
            "/bomb.png": ("image/png", png(60_000, 60_000)),
        }.get(self.path, ("text/plain", b""))
        self.send_response(302 if self.path == "/away.png" else 200)
        if self.path == "/away.png":
            self.send_header("Location", "/banner.png")
        self.send_header("Content-Type", kind)
        self.send_header("Set-Cookie", "who=nadia")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        return None


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> Iterator[str]:
    """The address of the sender's server; only here may one on this machine be asked."""
    Shop.asked.clear()
    settings.FETCHED_FOLDER = tmp_path
    monkeypatch.setattr(fetching, "judge", lambda _address: True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def advert(shop, write):
    """A mail with these pictures of the shop."""

    def sent(*names, sender="vera@nordlys.example", style=""):
        tags = "".join(f'<img src="{shop}/{name}" style="{style}">' for name in names)
        return write(html=markup.clean(f"<p>Sale</p>{tags}").html, address=sender)

    return sent


@pytest.fixture
def look(nadia, client_of):
    """What Nadia gets when she opens the mail: the page of its frame, and each picture in it fetched."""

    def opened(message, *, as_who=nadia):
        browser = client_of(as_who)
        page = browser.get(f"/tickets/{message.ticket.number}/messages/{message.pk}/body").content.decode()
        addresses = re.findall(r'src="(/mail-images/[^"]+)"', page)
        return page, [browser.get(address) for address in addresses]

    return opened


@pytest.fixture
def ask(nadia, client_of):
    def asked(message, scope="message"):
        address = f"/tickets/{message.ticket.number}/messages/{message.pk}/pictures"
        return client_of(nadia).post(address, {"scope": scope})

    return asked


def test_S_009_nothing_reaches_the_sender_until_the_agent_asks(advert, look, ask):
    message = advert("banner.png", "pixel.png")
    page, pictures = look(message)
    assert (Shop.asked, pictures) == ([], [])
    assert "Pictures from elsewhere are not shown." in page
    assert ' src="http' not in page

    ask(message)
    page, pictures = look(message)

    assert [path for path, _headers in Shop.asked] == ["/banner.png", "/pixel.png"]
    assert [picture.status_code for picture in pictures] == [200, 404]
    for _path, headers in Shop.asked:
        assert headers.keys().isdisjoint({"cookie", "referer", "origin", "x-forwarded-for", "forwarded"})
        assert "handrail" not in str(headers).lower()
    assert "Set-Cookie" not in str(pictures[0].headers)


def test_a_picture_comes_with_the_type_of_its_bytes_and_can_do_nothing(advert, look, ask):
    message = advert("banner.png")
    ask(message)

    (picture,) = look(message)[1]

    assert picture["Content-Type"] == "image/png"
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert picture["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["drawing.svg", "page.png", "huge.png", "bomb.png", "away.png", "none.png"])
def test_only_a_real_picture_is_passed_on(advert, look, ask, name):
    message = advert(name)
    ask(message)

    (picture,) = look(message)[1]

    assert picture.status_code == 404
    assert [path for path, _headers in Shop.asked] == [f"/{name}"], "asked once, redirects not followed"


def test_what_was_fetched_or_refused_is_remembered(advert, look, ask):
    message = advert("banner.png", "drawing.svg")
    ask(message)

    for _time in range(3):
        look(message)

    assert [path for path, _headers in Shop.asked] == ["/banner.png", "/drawing.svg"]


@pytest.mark.parametrize("style", ["width:1px;height:1px", "display:none", "height:0"])
def test_a_tracking_picture_is_never_asked_for_and_that_is_said(advert, look, ask, style):
    message = advert("banner.png", style=style)
    ask(message)

    page, pictures = look(message)

    assert (Shop.asked, pictures) == ([], [])
    assert "1 invisible picture that only tells that you read this was left out." in page


def test_a_consent_counts_for_the_colleague_who_gave_it_and_for_that_mail(advert, look, ask, omar, nadia):
    message, another = advert("banner.png"), advert("banner.png")
    ask(message)

    assert len(look(message)[1]) == 1
    assert look(another)[1] == []
    assert look(message, as_who=omar)[1] == []


def test_always_from_this_sender_counts_for_later_mails_and_for_no_other_sender(advert, look, ask):
    ask(advert("banner.png"), scope="sender")

    assert len(look(advert("banner.png"))[1]) == 1
    assert look(advert("banner.png", sender="other@nordlys.example"))[1] == []


def test_hiding_them_again_ends_both_consents_and_the_addresses_that_were_given(
    advert, look, ask, nadia, client_of
):
    message = advert("banner.png")
    ask(message, scope="sender")
    (picture,) = look(message)[1]

    answer = client_of(nadia).delete(f"/tickets/{message.ticket.number}/messages/{message.pk}/pictures")

    assert answer.status_code == 303
    assert not PictureConsent.objects.exists()
    assert look(message)[1] == []
    assert client_of(nadia).get(picture.wsgi_request.path).status_code == 404


def test_S_016_an_address_is_bound_to_reader_mail_picture_and_time(advert, ask, nadia, omar, client_of, shop):
    message = advert("banner.png")
    ask(message)
    named = picturing.addresses(message, viewer=nadia.user)
    good, not_in_it = (str(named(each)) for each in (f"{shop}/banner.png", "http://127.0.0.1:1/secret.png"))
    stale = signing.TimestampSigner(salt="handrail.tickets.picture")
    stale.timestamp = lambda: signing.b62_encode(int((clock.now() - timedelta(hours=2)).timestamp()))  # type: ignore[method-assign]
    value = good.rsplit("/", 1)[1].rsplit(":", 2)[0]

    answers = {
        "mine": client_of(nadia).get(good),
        "a colleague's": client_of(omar).get(good),
        "changed": client_of(nadia).get(good[:-1] + ("A" if good[-1] != "A" else "B")),
        "of no picture of the mail": client_of(nadia).get(not_in_it),
        "old": client_of(nadia).get(f"/mail-images/{stale.sign(value)}"),
        "bare": client_of(nadia).get("/mail-images/http:%2F%2F127.0.0.1"),
    }

    assert {whose: answer.status_code for whose, answer in answers.items()} == {
        "mine": 200,
        "a colleague's": 404,
        "changed": 404,
        "of no picture of the mail": 404,
        "old": 404,
        "bare": 404,
    }


def test_S_069_a_picture_within_our_own_network_is_never_asked_for(shop, monkeypatch, settings, tmp_path):
    monkeypatch.undo()
    settings.FETCHED_FOLDER = tmp_path
    port = shop.rsplit(":", 1)[1]
    inside = [
        shop,
        f"http://localhost:{port}",
        f"http://[::ffff:127.0.0.1]:{port}",
        f"http://0x7f000001:{port}",
    ]
    inside += [f"http://2130706433:{port}", f"http://0.0.0.0:{port}", "http://169.254.169.254", "file:///etc"]

    for address in inside:
        with pytest.raises(fetching.NoPicture):
            fetching.picture_at(f"{address}/banner.png")

    assert Shop.asked == []


def test_pictures_are_measured_by_their_bytes():
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08\x00\x0a\x00\x14" + b"0" * 9
    webp = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x1f\x00\x00\x0f\x00\x00"

    sizes = {each.type: (each.width, each.height) for each in map(measured, (png(3, 4), jpeg, webp)) if each}

    assert sizes == {"image/png": (3, 4), "image/jpeg": (20, 10), "image/webp": (32, 16)}
    assert [measured(each) for each in (b"", SVG, b"GIF89a", b"\xff\xd8\xff", png(0, 5))] == [None] * 5
