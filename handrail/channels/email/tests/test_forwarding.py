"""A mail that a colleague forwards is told with its real writer, in many languages, in the text or attached."""
# ruff: noqa: E501 - lines of mail programs are as long as they are

from datetime import UTC, datetime

import pytest

from handrail.channels.email.inbound import read, real_sender

WHEN = datetime(2026, 11, 2, 9, 15, tzinfo=UTC)
FORWARDS = {
    "Gmail": ("Fwd: Parcel", "---------- Forwarded message ---------\nFrom: Vera Klein <vera@customer.example>\nDate: Mon, 2 Nov 2026 at 10:15\nSubject: Parcel\nTo: <ada@harbour.example>\n\n\n"),
    "Gmail in German": ("Fwd: Paket", "---------- Forwarded message ---------\nVon: Vera Klein <vera@customer.example>\nDate: Mo., 2. Nov. 2026 um 10:15 Uhr\nSubject: Parcel\nTo: <ada@harbour.example>\n\n\n"),
    "Apple": ("Fwd: Parcel", "Begin forwarded message:\n\nFrom: Vera Klein <vera@customer.example>\nSubject: Parcel\nDate: 2 November 2026 at 10:15:00 CET\nTo: ada@harbour.example\n\n"),
    "Outlook": ("FW: Parcel", "From: Vera Klein <vera@customer.example>\nSent: Monday, November 2, 2026 10:15 AM\nTo: Ada <ada@harbour.example>\nSubject: Parcel\n\n"),
    "Outlook of old": ("FW: Parcel", "-----Original Message-----\nFrom: Vera Klein [mailto:vera@customer.example]\nSent: Monday, November 2, 2026 10:15 AM\nTo: Ada\nSubject: Parcel\n\n"),
    "Outlook with two forms": ("FW: Parcel", "________________________________\nFrom: Vera Klein <vera@customer.example<mailto:vera@customer.example>>\nSent: Monday, November 2, 2026 10:15 AM\nTo: Ada <ada@harbour.example<mailto:ada@harbour.example>>\nSubject: Parcel\n\n"),
    "Outlook in German": ("WG: Paket", "Von: Vera Klein <vera@customer.example>\nGesendet: Montag, 2. November 2026 10:15\nAn: Ada <ada@harbour.example>\nBetreff: Parcel\n\n"),
    "Outlook in French": ("TR : Colis", "De : Vera Klein <vera@customer.example>\nEnvoyé : lundi 2 novembre 2026 10:15\nÀ : Ada <ada@harbour.example>\nObjet : Parcel\n\n"),
    "Outlook in Spanish": ("RV: Paquete", "De: Vera Klein <vera@customer.example>\nEnviado: lunes, 2 de noviembre de 2026 10:15\nPara: Ada <ada@harbour.example>\nAsunto: Parcel\n\n"),
    "Outlook in Portuguese": ("ENC: Pacote", "De: Vera Klein <vera@customer.example>\nEnviada em: segunda-feira, 2 de novembro de 2026 10:15\nPara: Ada <ada@harbour.example>\nAssunto: Parcel\n\n"),
    "Outlook in Italian": ("I: Pacco", "Da: Vera Klein <vera@customer.example>\nInviato: lunedì 2 novembre 2026 10:15\nA: Ada <ada@harbour.example>\nOggetto: Parcel\n\n"),
    "Outlook in Dutch": ("Fw: Pakket", "Van: Vera Klein <vera@customer.example>\nVerzonden: maandag 2 november 2026 10:15\nAan: Ada <ada@harbour.example>\nOnderwerp: Parcel\n\n"),
    "Outlook in Swedish": ("VB: Paket", "Från: Vera Klein <vera@customer.example>\nSkickat: den 2 november 2026 10:15\nTill: Ada <ada@harbour.example>\nÄmne: Parcel\n\n"),
    "Outlook in Finnish": ("VL: Paketti", "Lähettäjä: Vera Klein <vera@customer.example>\nLähetetty: maanantai 2. marraskuuta 2026 10.15\nVastaanottaja: Ada <ada@harbour.example>\nAihe: Parcel\n\n"),
    "Outlook in Polish": ("PD: Paczka", "Od: Vera Klein <vera@customer.example>\nWysłano: poniedziałek, 2 listopada 2026 10:15\nDo: Ada <ada@harbour.example>\nTemat: Parcel\n\n"),
    "Outlook in Russian": ("FW: Посылка", "От: Vera Klein <vera@customer.example>\nОтправлено: 2 ноября 2026 г. 10:15\nКому: Ada <ada@harbour.example>\nТема: Parcel\n\n"),
    "Outlook in Turkish": ("İlt: Paket", "Gönderen: Vera Klein <vera@customer.example>\nGönderildi: 2 Kasım 2026 Pazartesi 10:15\nKime: Ada <ada@harbour.example>\nKonu: Parcel\n\n"),
    "Outlook in Chinese": ("转发: 包裹", "发件人: Vera Klein <vera@customer.example>\n发送时间: 2026年11月2日 10:15\n收件人: Ada <ada@harbour.example>\n主题: Parcel\n\n"),
    "Outlook in Japanese": ("FW: 荷物", "差出人: Vera Klein <vera@customer.example>\n送信日時: 2026年11月2日 10:15\n宛先: Ada <ada@harbour.example>\n件名: Parcel\n\n"),
    "Thunderbird": ("Fwd: Parcel", "-------- Forwarded Message --------\nSubject: \tParcel\nDate: \tMon, 2 Nov 2026 10:15:00 +0100\nFrom: \tVera Klein <vera@customer.example>\nTo: \tada@harbour.example\n\n\n"),
    "Thunderbird in German": ("Fwd: Paket", "-------- Weitergeleitete Nachricht --------\nBetreff: \tParcel\nDatum: \tMon, 2 Nov 2026 10:15:00 +0100\nVon: \tVera Klein <vera@customer.example>\nAn: \tada@harbour.example\n\n\n"),
    "Samsung": ("Fwd: Parcel", "-------- Original message --------\nFrom: Vera Klein <vera@customer.example>\nDate: 02/11/2026 10:15 (GMT+01:00)\nTo: ada@harbour.example\nSubject: Parcel\n\n"),
    "Yahoo": ("Fw: Parcel", "----- Forwarded Message -----\nFrom: Vera Klein <vera@customer.example>\nTo: Ada <ada@harbour.example>\nSent: Monday, November 2, 2026, 10:15:00 AM GMT+1\nSubject: Parcel\n\n"),
    "Zimbra, its header over several lines": ("Fwd: Parcel", "----- Forwarded Message -----\nFrom: \"Vera Klein\"\n <vera@customer.example>\nTo: \"Ada\" <ada@harbour.example>\nSent: Monday, November 2, 2026 10:15:00 AM\nSubject: Parcel\n\n"),
    "a program that says it in stars": ("Fwd: Parcel", "*From:* Vera Klein <vera@customer.example>\n*Sent:* Monday, November 2, 2026 10:15 AM\n*To:* Ada\n*Subject:* Parcel\n\n"),
}  # fmt: skip


def forward(subject: str, text: str):
    mail = f"From: Ada <ada@harbour.example>\nTo: help@harbour.example\nSubject: {subject}\nDate: Mon, 2 Nov 2026 11:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n{text}"
    return read(mail.encode())


@pytest.mark.parametrize(("subject", "header"), FORWARDS.values(), ids=list(FORWARDS))
@pytest.mark.parametrize("own", ["", "Can you look at this?\n\nAda\n\n"])
def test_the_writer_of_a_forwarded_mail_is_found(subject, header, own):
    mail = forward(subject, f"{own}{header}Where is my parcel?\n\nVera\n")

    assert mail.forwarded is not None
    assert (mail.forwarded.name, mail.forwarded.address) == ("Vera Klein", "vera@customer.example")
    assert (mail.forwarded.subject, mail.forwarded.date) == ("Parcel", WHEN)
    assert mail.forwarded.text == "Where is my parcel?\n\nVera"
    assert mail.reply == own.strip()
    writer = real_sender(mail)
    assert writer is not None
    assert writer.address == "vera@customer.example"


def test_a_mail_forwarded_with_marks_of_quotation_is_told_without_them():
    text = """Please look.

Anfang der weitergeleiteten Nachricht:

> Von: Vera Klein <vera@customer.example>
> Betreff: Parcel
> Datum: 2. November 2026 um 10:15:00 MEZ
> An: ada@harbour.example
>
> Where is it?
>> I asked before.
"""

    found = forward("Fwd: Parcel", text).forwarded

    assert found is not None
    assert (found.address, found.date, found.text) == (
        "vera@customer.example", WHEN, "Where is it?\n> I asked before."
    )  # fmt: skip


def test_a_mail_forwarded_as_a_file_is_told_with_its_writer():
    inner = "From: Vera Klein <vera@customer.example>\nSubject: Parcel\nDate: Mon, 2 Nov 2026 10:15:00 +0100\n\nWhere is it?\n"
    raw = f"From: ada@harbour.example\nSubject: look\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nPlease answer.\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"

    found = read(raw.encode()).forwarded

    assert found is not None
    assert (found.address, found.subject, found.date, found.text) == (
        "vera@customer.example",
        "Parcel",
        WHEN,
        "Where is it?",
    )
    assert found.is_file


@pytest.mark.parametrize("subject", ["Re: Parcel", "AW: Paket", "Parcel"])
def test_an_answer_that_quotes_a_header_forwards_nothing(subject):
    header = FORWARDS["Outlook"][1]

    assert forward(subject, f"Yes.\n\n{header}Where is it?\n").forwarded is None


def test_a_writer_who_forwards_their_own_mail_is_no_other():
    mail = forward(
        "Fwd: Parcel",
        "---------- Forwarded message ---------\nFrom: Ada <Ada@Harbour.example>\nDate: Mon, 2 Nov 2026 at 10:15\nSubject: Parcel\n\nx\n",
    )

    assert mail.forwarded.address == "Ada@Harbour.example"
    assert real_sender(mail) is None


def test_a_bounce_forwards_nothing():
    inner = "From: Vera <vera@customer.example>\nSubject: x\n\ny"
    raw = f"From: mailer-daemon@x.example\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"

    assert read(raw.encode()).forwarded is None
