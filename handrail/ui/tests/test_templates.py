"""The environment is strict, escapes, and speaks the viewer's language; components draw what they promise."""

import pytest
from jinja2 import UndefinedError

from handrail.ui.icons import icon


def test_what_people_wrote_is_escaped(draw):
    assert draw("{{ name }}", name="<b>Vera</b>") == "&lt;b&gt;Vera&lt;/b&gt;"


def test_a_mistyped_name_is_an_error_and_not_an_empty_place(draw):
    with pytest.raises(UndefinedError):
        draw("{{ tikcet }}")


def test_values_inside_translated_sentences_are_escaped(draw):
    assert draw("{{ _('to %(whom)s', whom=name) }}", name="<i>") == "to &lt;i&gt;"


def test_an_icon_without_a_label_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in icon("mail")
    assert 'role="img" aria-label="Mail"' in icon("mail", label="Mail")


def test_icons_with_a_direction_turn_round():
    assert 'class="icon icon--turns"' in icon("arrow-left")
    assert 'class="icon"' in icon("mail")


def test_a_row_escapes_subject_and_name(draw):
    drawn = draw(
        '{% from "ui/components/row.html" import row %}{{ row("/t", who, subject, snippet=subject) }}',
        who="<Vera>",
        subject="<script>",
    )

    assert "<script>" not in drawn
    assert "<Vera>" not in drawn
    assert drawn.count("&lt;script&gt;") == 2


def test_an_unread_row_says_so_in_words(draw):
    source = '{% from "ui/components/row.html" import row %}{{ row("/t", "Vera", "Parcel", unread=unread) }}'

    assert "Unread:" in draw(source, unread=True)
    assert "Unread:" not in draw(source, unread=False)


def test_a_wrong_field_is_tied_to_its_sentence(draw):
    drawn = draw(
        '{% from "ui/components/field.html" import input %}'
        '{{ input("port", "Port", value="x", errors=["A port is a number."], help="Mostly 993.") }}'
    )

    assert 'aria-invalid="true" aria-describedby="id_port_error id_port_helptext"' in drawn
    assert '<p class="field__error" id="id_port_error">' in drawn


def test_a_note_says_internal_in_words_and_in_its_name(draw):
    drawn = draw(
        '{% from "ui/components/timeline.html" import message %}'
        '{% call message("m", "Omar", moment, kind="note") %}Secret{% endcall %}',
        moment=None,
    )

    assert 'aria-label="Internal note by Omar"' in drawn
    assert "Internal note</span>" in drawn


def test_mail_frames_run_no_scripts(draw):
    drawn = draw('{% from "ui/components/timeline.html" import mail_frame %}{{ mail_frame("/m/1", "Mail") }}')

    assert 'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"' in drawn


def test_plain_mails_are_not_escaped_and_html_mails_are(draw, settings):
    from django.template.loader import render_to_string

    assert "A & B" in render_to_string("ui/mail.txt", {"brand_name": "A & B"})
    assert "A &amp; B" in render_to_string("ui/mail.html", {"brand_name": "A & B", "subject": "s"})
