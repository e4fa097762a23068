"""What our own editor wrote, for a page, a mail and as plain words."""

import time

import pytest

from handrail.kit import html

PICTURE = '<img src="cid:1@desk" alt="The label">'
TABLE = (
    "<table><tbody><tr><th><p>Parcel</p></th><th><p>Weight</p></th></tr>"
    "<tr><td><p>HB 1</p></td><td><p>12 kg</p></td></tr>"
    "<tr><td><p>小包 22</p></td><td><p>1 <b>kg</b></p></td></tr></tbody></table>"
)


def test_the_columns_of_a_table_stand_one_below_the_other_in_plain_words():
    text = html.text_of_written(f"<p>Two of them:</p>{TABLE}<p>Bye</p>")

    assert text.splitlines() == [
        "Two of them:",
        "",
        "Parcel   Weight",
        "-------  ------",
        "HB 1     12 kg",
        "小包 22  1 kg",
        "",
        "Bye",
    ]


def test_a_table_within_a_table_keeps_its_words():
    text = html.text_of_written(f"<table><tbody><tr><td>{TABLE}</td><td>x</td></tr></tbody></table>")

    assert "HB 1 12 kg 小包 22 1 kg" in text


def test_code_keeps_its_lines_and_a_picture_is_told():
    text = html.text_of_written(f"<pre><code>if a &lt; b:\n    go()</code></pre>{PICTURE}")

    assert text == "if a < b:\n    go()\n\n[The label]"


def test_a_mail_carries_its_looks_with_it():
    mail = html.for_mail(f"{TABLE}<pre><code>x</code></pre>")

    assert mail.count("border:1px solid") == 7
    assert '<td style="border:1px solid #9aa3ad;' in mail
    assert "<p>" not in mail
    assert "<style" not in mail


def test_a_picture_that_does_not_go_with_the_mail_is_words():
    assert 'src="cid:1@desk"' in html.for_mail(PICTURE, pictures=frozenset({"1@desk"}))
    assert html.for_mail(PICTURE) == "<p>[The label]</p>"


def test_on_a_page_pictures_have_addresses_and_tables_a_box_to_scroll():
    page = html.for_page(PICTURE + TABLE, picture={"1@desk": "/there?inline"}.get)

    assert '<img alt="The label" src="/there?inline">' in page
    assert '<div class="table-scroll" tabindex="0"><table>' in page
    assert html.for_page(PICTURE) == "<p>[The label]</p>"


def test_pictures_are_found_by_their_names():
    assert html.pictures_in(f"<p>a</p>{PICTURE}") == {"1@desk"}
    assert html.pictures_in("<p>cid:1@desk</p>") == set()


def test_what_is_hostile_takes_no_longer():
    evil = html.strict("<table>" * 20_000 + "<table><tr><td>" * 20_000 + "<img " * 50_000)
    begun = time.process_time()

    html.text_of_written(evil)
    html.for_mail(evil)
    html.for_page(evil)

    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('<a href="https://x.example/a?b=1&amp;c=2">the page</a>', "the page (https://x.example/a?b=1&c=2)"),
        ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
        ('<a href="https://www.x.example">www.x.example</a>', "www.x.example"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
    ],
)
def test_a_link_tells_in_plain_words_where_it_leads(written, told):
    assert html.text_of_written(html.strict(f"<p>See {written}.</p>")) == f"See {told}."
