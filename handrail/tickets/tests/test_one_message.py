"""One message by itself, on paper, and its files: all of it, and nothing from elsewhere."""

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.files.bundling import bundled
from handrail.files.models import StoredFile
from handrail.files.names import clean_name
from handrail.kit import html as markup
from handrail.tickets.inbound import InboundFile
from handrail.tickets.queries.message import PIECE
from handrail.tickets.queries.timeline import SHOWN_CHARACTERS
from tests.cast import NINE

MB = 1024 * 1024
BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
ELSEWHERE = (
    '<p>Hello <img src="http://10.0.0.1/a.png"><img src="file:///etc/passwd"></p>'
    '<div style="background:url(http://evil.example/x)">x</div>'
    "<link rel=stylesheet href=//evil.example/x.css>"
    "<style>@import 'http://evil.example/x.css'</style><iframe src=http://127.0.0.1></iframe>"
)


def file_of(name, content=b"words"):
    return InboundFile(name=name, type="image/png", content=content, inline=False, content_id=None)


@pytest.fixture
def page_of(nadia, client_of):
    """What Nadia sees of a message by itself."""

    def show(message, query=""):
        address = f"/tickets/{message.ticket.number}/messages/{message.pk}{query}"
        answer = client_of(nadia).get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return show


def test_a_mail_is_shown_unfolded_with_who_wrote_to_whom(page_of, write):
    message = write(html="<p>Hello</p>", cc=(("Tom", "tom@akande.example"),))

    page = page_of(message)

    assert f"/messages/{message.pk}/body?whole" in page
    for words in (
        "Vera Lindqvist &lt;vera@nordlys.example&gt;",
        "support@harbour.example",
        "tom@akande.example",
    ):
        assert words in page


def test_S_087_a_text_of_20_MB_is_a_small_page_with_the_rest_on_demand(page_of, show_ticket, write):
    message = write(text="wort " * (4 * MB), reply_text="wort " * (4 * MB))

    ticket, first, second = show_ticket(message), page_of(message), page_of(message, "?piece=2")

    assert max(map(len, (ticket, first, second))) < 2 * MB
    assert ticket.count("wort") >= SHOWN_CHARACTERS // 5 - 1
    assert "The message goes on" in ticket
    assert f"Part 1 of {20 * MB // PIECE + 1}" in first
    assert "Part 2 of" in second


def test_S_087_hostile_text_of_a_page_is_read_in_time(page_of, write):
    from time import process_time

    text = ("http://" + "(" * 500 + ")" * 500 + "<" * 200 + "&#x" * 300) * 1_000
    message = write(text=text, reply_text=text)

    started = process_time()
    page = page_of(message)

    assert process_time() - started < 1
    assert len(page) < 2 * MB


@pytest.fixture
def show_ticket(nadia, client_of):
    return lambda message: client_of(nadia).get(f"/tickets/{message.ticket.number}").content.decode()


def test_S_012_paper_holds_nothing_that_asks_another_server(nadia, write, client_of):
    message = write(html=markup.clean(ELSEWHERE).html)

    answer = client_of(nadia).get(f"/tickets/{message.ticket.number}/print")

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'; img-src 'self' data:; style-src 'nonce-" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    page = answer.content.decode()
    assert not re.findall(r" (?:src|href)=\"?(?!/tickets/)[^>]+", page)
    assert not re.search(r"url\(|@import", page)


def test_notes_go_on_paper_only_when_asked_for(nadia, lost_parcel, client_of):
    lost_parcel.note(text="canary-note", by=nadia, at=NINE)
    lost_parcel.reply(text="It is in the van.", by=nadia, at=NINE)

    sheet, with_notes = (
        client_of(nadia).get(f"/tickets/{lost_parcel.number}/print{query}").content.decode()
        for query in ("", "?notes")
    )

    assert "It is in the van." in sheet
    assert "canary-note" not in sheet
    assert "canary-note" in with_notes


def test_the_styles_of_two_mails_on_one_sheet_do_not_meet(nadia, write, client_of):
    first = write(html='<p style="color:red">a</p>')
    write(first.ticket, html='<p style="color:blue">b</p>')

    page = client_of(nadia).get(f"/tickets/{first.ticket.number}/print").content.decode()

    assert '<p class="p0-0">a</p>' in page
    assert '<p class="p1-0">b</p>' in page
    assert ".p0-0{color:red}.p1-0{color:blue}" in page


def test_a_sheet_costs_the_same_for_one_message_and_for_three(nadia, write, lost_parcel, client_of):
    browser = client_of(nadia)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/tickets/{lost_parcel.number}/print").status_code == 200
        return len(queries)

    one = cost()
    for n in range(2):
        write(lost_parcel, external_id=f"{n}@x", files=(file_of(f"{n}.txt"),))

    assert cost() == one


def test_several_files_come_as_one_zip_with_clean_names_used_once(nadia, write, client_of):
    files = (
        file_of("../../etc/passwd"),
        file_of("a.txt", b"one"),
        file_of("A.txt", b"two"),
        file_of("con.txt"),
    )
    message = write(files=files)

    answer = client_of(nadia).get(f"/tickets/{message.ticket.number}/messages/{message.pk}/files.zip")

    assert answer["Content-Disposition"] == f'attachment; filename="{message.ticket.number}.zip"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.namelist() == ["passwd", "a.txt", "A (2).txt", "_con.txt"]
    assert archive.read("A (2).txt") == b"two"


def test_files_that_are_too_much_together_are_no_zip(db):
    from handrail.files import bundling

    stored = StoredFile(sha256="0" * 64, name="a", type="x", bytes=bundling.BUNDLE_LIMIT + 1, created_at=NINE)

    with pytest.raises(bundling.TooLarge):
        bundled([stored])


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("cp1252"), "Grüße"),
        (b"<html><script>x()</script></html>", "&lt;html&gt;&lt;script&gt;x()&lt;/script&gt;&lt;/html&gt;"),
        (b"x" * 100_000, "This is the beginning."),
    ],
)
def test_the_beginning_of_a_text_file_is_shown_as_words(nadia, write, client_of, content, shown):
    message = write(files=(file_of("notes.txt", content),))
    attachment = message.attachments.select_related("stored").get()
    StoredFile.objects.filter(pk=attachment.stored_id).update(type="text/plain")
    address = f"/tickets/{message.ticket.number}/attachments/{attachment.pk}/text"

    for headers in ({}, BY_SCRIPT):
        page = client_of(nadia).get(address, headers=headers).content.decode()
        assert shown in page
        assert "<script>x()" not in page


def test_a_picture_has_no_text(nadia, write, client_of):
    message = write(files=(file_of("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40),))

    address = f"/tickets/{message.ticket.number}/attachments/{message.attachments.get().pk}/text"

    assert client_of(nadia).get(address).status_code == 404


HOSTILE_NAMES = {
    "../../../etc/passwd": "passwd",
    "..\\..\\windows\\system.ini": "system.ini",
    "/absolute/name.txt": "name.txt",
    "nul\x00byte.txt": "nulbyte.txt",
    ".htaccess": "htaccess",
    "\u200b.htaccess": "htaccess",
    "...": "file",
    "": "file",
    "con.txt": "_con.txt",
    "LPT1": "_LPT1",
    "photo\u202egpj.exe": "photogpj.exe",
    "a\u200bb\ufeffc.txt": "abc.txt",
    "line\r\nSet-Cookie: a=b.txt": "lineSet-Cookie a=b.txt",
    'quote".txt': "quote.txt",
    "ｅｖｉｌ／name.txt": "name.txt",
    "shell.php": "shell.php",
    "shell.pht": "shell.pht",
}


@pytest.mark.parametrize("given", HOSTILE_NAMES)
def test_S_072_a_hostile_name_is_cleaned_and_the_bytes_lie_under_their_hash(
    nadia, write, client_of, given, settings
):
    message = write(files=(file_of(given, given.encode("utf-8", "replace") + b"canary"),))
    stored = message.attachments.select_related("stored").get().stored

    answer = client_of(nadia).get(
        f"/tickets/{message.ticket.number}/attachments/{message.attachments.get().pk}"
    )

    assert stored.name == HOSTILE_NAMES[given]
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    lies = [
        path for path in settings.FILES_FOLDER.rglob("*") if path.is_file() and path.name == stored.sha256
    ]
    assert len(lies) == 1
    assert b"".join(answer.streaming_content).endswith(b"canary")


def test_S_072_a_name_of_300_signs_is_cut_and_keeps_its_ending():
    cut = clean_name("n" * 300 + ".pdf")

    assert len(cut) == 200
    assert cut.endswith(".pdf")
