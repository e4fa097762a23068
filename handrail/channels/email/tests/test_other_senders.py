"""Mails of programs that break a rule each: charsets nobody names, boundaries that lie, names, dates, subjects.

Made up after the habits of each program; none of them was a mail of somebody.
"""
# ruff: noqa: E501 - Chinese and Thai signs count double

import base64
from datetime import UTC, datetime

import pytest

from handrail.channels.email.charsets import decode
from handrail.channels.email.inbound import read

HEAD = "From: Vera <vera@customer.example>\nTo: help@harbour.example\nDate: Mon, 2 Nov 2026 09:12:00 +0100\nMessage-ID: <a@x.example>\n"
WRITTEN = [
    ("荷物がまだ届きません。よろしくお願いします。", ["cp932", "euc_jp", "iso2022_jp"]),
    ("カタカナデータ送信エラー", ["cp932", "euc_jp"]),
    ("包裹还没有到，请帮我查一下。谢谢！", ["gb18030"]),
    ("您好，我的訂單編號是一二三，麻煩您儘快處理，感謝。", ["big5"]),
    ("소포가 아직 도착하지 않았습니다. 확인 부탁드립니다.", ["cp949"]),
    (
        "Здравствуйте, моя посылка ещё не пришла. Помогите, пожалуйста.",
        ["cp1251", "koi8_r", "iso8859_5", "cp866"],
    ),
    ("Доброго дня, де моя посилка? Дякую за відповідь.", ["cp1251", "koi8_u"]),
    ("Где мой заказ?", ["cp1251", "koi8_r"]),
    ("Καλημέρα, το δέμα μου δεν έχει φτάσει ακόμα. Ευχαριστώ.", ["cp1253"]),
    ("שלום, החבילה שלי עדיין לא הגיעה. תודה רבה.", ["cp1255"]),
    ("مرحبا، لم يصل الطرد بعد. شكرا جزيلا لكم.", ["cp1256", "iso8859_6"]),
    ("İyi günler, kargom hâlâ gelmedi. Teşekkür ederim, çok acil.", ["cp1254"]),
    (
        "Dzień dobry, paczka jeszcze nie dotarła. Proszę o szybką odpowiedź, dziękuję.",
        ["cp1250", "iso8859_2"],
    ),
    ("Dobrý den, zásilka ještě nedorazila. Prosím o rychlou odpověď, děkuji.", ["cp1250", "iso8859_2"]),
    ("Labdien, mana paka vēl nav pienākusi. Lūdzu, palīdziet man ātrāk, paldies.", ["cp1257"]),
    ("Guten Tag, das Päckchen für Frau Müller ist zurückgegangen. Schöne Grüße", ["cp1252"]),
    ("Bonjour, le colis n’est pas arrivé à l’adresse. Où est-il passé ?", ["cp1252"]),
    ("สวัสดีครับ พัสดุยังไม่มาถึง ขอบคุณครับ", ["cp874"]),
]


@pytest.mark.parametrize(
    ("text", "written_in"),
    [(text, codec) for text, codecs in WRITTEN for codec in codecs],
    ids=[f"{codec}-{number}" for number, (_text, codecs) in enumerate(WRITTEN) for codec in codecs],
)
@pytest.mark.parametrize("declared", [None, "utf-8"])
def test_R_021_words_of_any_language_are_read_whatever_charset_the_mail_names(text, written_in, declared):
    assert decode(text.encode(written_in), declared).text == text


def test_signs_that_vendors_added_to_the_japanese_charset_are_read():
    jis = b'\x1b$B-!!!-jF|K\\1?M"\x1b(B'

    assert decode(jis, "iso-2022-jp").text == "①　㈱日本運輸"


def mail(head: str, body: str = "It is late.", content_type: str = "text/plain; charset=utf-8") -> bytes:
    return f"{HEAD}{head}Content-Type: {content_type}\n\n{body}".encode()


@pytest.mark.parametrize("content_type", ["multipart/alternative; boundary=never", "multipart/mixed"])
def test_parts_are_found_though_the_mail_names_another_mark_or_none(content_type):
    page = base64.b64encode("<p>Größe ist falsch</p>".encode()).decode()
    body = (
        f"--xyz_1\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{page}\n"
        "--xyz_1\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nAAAA\n--xyz_1--\n"
    )

    found = read(mail("", body, content_type))

    assert (found.text, [each.name for each in found.attachments]) == ("Größe ist falsch", ["a.pdf"])
    assert "boundary-guessed" in found.problems


def test_a_whole_page_that_calls_itself_plain_text_is_read_as_a_page():
    found = read(mail("", "<!DOCTYPE html>\n<html><body><p>It is <b>late</b>.</p></body></html>"))

    assert (found.text, found.body_type) == ("It is late.", "text/html")


def test_plain_words_that_talk_of_pages_stay_plain():
    assert read(mail("", "<head> is missing on your page.")).text == "<head> is missing on your page."


@pytest.mark.parametrize(
    "date", ["Mon, 02 Nov 2026 09:12:00 GMT+01:00", "2 Nov 2026 09:12:00 MEZ", "Mon, 2 Nov 2026 10:12:00 EET"]
)
def test_a_zone_that_old_programs_write_is_minded(date):
    assert read(mail("").replace(b"Mon, 2 Nov 2026 09:12:00 +0100", date.encode())).date == datetime(
        2026, 11, 2, 8, 12, tzinfo=UTC
    )


def test_a_name_in_single_quotes_within_a_name_keeps_both_of_them():
    raw = mail("").replace(
        b"Vera <vera@customer.example>", b"\"'Vera Klein' via Support\" <support@harbour.example>"
    )

    sender = read(raw).sender
    assert sender is not None
    assert sender.name == "'Vera Klein' via Support"


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        ("image/jpg", "image.jpg"),
        ("image/x-png", "image.png"),
        ("application/pdf", "file.pdf"),
        ("message/rfc822-headers", "headers.txt"),
        ("application/x-unheard-of", "file"),
    ],
)
def test_a_file_without_a_name_gets_one_that_a_program_opens(media_type, name):
    body = f"--b\n\nSee.\n--b\nContent-Type: {media_type}\nContent-Disposition: attachment\n\nAAAA\n--b--\n"

    assert [each.name for each in read(mail("", body, "multipart/mixed; boundary=b")).attachments] == [name]


@pytest.mark.parametrize(
    "subject",
    """\
Otomatik yanıt: Paket
Automatisk svar: Pakke
Automatikus válasz: Csomag
Răspuns automat: Colet
Αυτόματη απάντηση: Δέμα
Автоматична відповідь: Посилка
자동 회신: 소포
自動回覆: 包裹
自动答复: 包裹
תשובה אוטומטית: חבילה
رد تلقائي: طرد
Automatski odgovor: Paket
Trả lời tự động: Gói hàng""".splitlines(),
)
def test_an_absence_is_told_by_its_subject_in_more_languages(subject):
    assert read(mail(f"Subject: {subject}\n")).kind == "auto-reply"


FORWARDED = "From: Tom Berg <tom@customer.example>\nSent: Monday, 2 November 2026 9:12\nTo: Vera\nSubject: Lamp\n\nIt is broken."


@pytest.mark.parametrize(
    ("subject", "above", "header"),
    [
        (
            "VS: Lampe",
            "",
            "Fra: Tom Berg <tom@customer.example>\nSendt: 2. november 2026 09:12\nTil: Vera\nEmne: Lamp\n\nIt is broken.",
        ),
        ("Továbbítva: Lamp", "", FORWARDED),
        ("Redirecţ: Lamp", "", FORWARDED),
        ("Proslijeđeno: Lamp", "", FORWARDED),
        ("Lamp", "Začátek přeposílané zprávy:\n\n", FORWARDED),
        ("Lamp", "İleti başlangıcı:\n\n", FORWARDED),
        ("Lamp", "전달된 메시지:\n\n", FORWARDED),
        ("Lamp", "-------- Перенаправленное сообщение --------\n", FORWARDED),
    ],
)
def test_a_forwarded_mail_names_its_writer_in_more_languages(subject, above, header):
    found = read(mail(f"Subject: {subject}\n", f"Please handle.\n\n{above}{header}"))

    assert found.reply == "Please handle."
    assert found.forwarded is not None
    assert (found.forwarded.address, found.forwarded.subject, found.forwarded.text) == (
        "tom@customer.example",
        "Lamp",
        "It is broken.",
    )


def test_VS_in_finnish_is_an_answer():
    header = "Lähettäjä: Tom Berg <tom@customer.example>\nLähetetty: 2.11.2026 9.12\nVastaanottaja: Vera\nAihe: Lamppu"

    assert read(mail("Subject: VS: Lamppu\n", f"Kiitos.\n\n{header}\n\nRikki.")).forwarded is None
