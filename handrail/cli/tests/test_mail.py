"""`handrail mail`: how mails are read, seen from a terminal, without a database."""

import json
from pathlib import Path

from handrail.cli.tests.test_program import handrail

PAYLOADS = Path(__file__).parents[2] / "channels" / "email" / "tests" / "payloads"


def test_mails_are_told_as_one_object_a_line_in_the_order_of_the_files(tmp_path):
    hostile = tmp_path / "hostile.eml"
    hostile.write_bytes(
        b"From: a@x.example\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 2_000
    )
    files = [PAYLOADS / "invitation.eml", hostile, tmp_path / "absent.eml", PAYLOADS / "plain.eml"]

    done = handrail("mail", "read", "--json", *map(str, files), DATABASE_URL="postgresql://nowhere:1/none")

    first, refused, absent, last = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert done.stderr == ""
    assert first == json.loads((PAYLOADS / "invitation.json").read_text(encoding="utf-8"))
    assert last == json.loads((PAYLOADS / "plain.json").read_text(encoding="utf-8"))
    assert (refused["file"], refused["problems"]) == (str(hostile), ["too-many-parts"])
    assert (absent["file"], absent["problems"]) == (str(files[2]), ["file-unreadable"])


def test_a_mail_is_told_in_words():
    done = handrail("mail", "read", str(PAYLOADS / "plain.eml"))

    assert done.returncode == 0
    assert done.stdout.startswith("from:        ")


def test_bodies_are_trimmed_plain_or_html_as_they_are(tmp_path):
    plain, html = tmp_path / "plain", tmp_path / "html"
    plain.write_text(
        "Yes, please.\n\nOn Mon, 2 Nov 2026 at 10:00, Vera <vera@x.example> wrote:\n> Shall I?\n"
    )
    html.write_text('Yes, please.<br><br><div class="gmail_quote">On Monday Vera wrote: <p>Shall I?</div>')

    done = handrail("mail", "trim", "--json", str(plain), str(html))

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["reply"] for each in found] == ["Yes, please.", "Yes, please."]
    assert all("Shall I?" in each["quoted"] for each in found)
