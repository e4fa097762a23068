"""Introductions broken by width, headers and app lines of rarer languages, and sentences that only sound like them.

Made up after the habits of each program; none of them was a mail of somebody.
"""
# ruff: noqa: E501 - lines of mail programs are as long as they are

import pytest

from handrail.channels.email.bare import trim_bare
from handrail.channels.email.replies import trim
from handrail.kit.text import tidy_lines

REPLY = "It is still not here.\n\nThe number is 4711."
QUOTED = "> Dear Vera,\n> it is at the border.\n"
BROKEN = [
    "Vera Klein <vera@customer.example>, 2 Kas 2026 Pzt,\n09:12 tarihinde şunu yazdı:",
    "Στις Δευ 2 Νοε 2026 στις 9:12 π.μ., ο χρήστης Vera Klein\n<vera@customer.example> έγραψε:",
    "Vera Klein <vera@customer.example> 于2026年11月2日周一\n09:12写道：",
    "ในวันที่ จ. 2 พ.ย. 2026 เวลา 09:12 Vera Klein\n<vera@customer.example> เขียนว่า:",
    "V V pon., 2. nov. 2026 ob 09:12 je oseba Vera Klein\n<vera@customer.example> napisala:",
    "pirmd., 2026. g. 2. nov., plkst. 09:12 — lietotājs Vera\nKlein (<vera@customer.example>) rakstīja:",
    'At 2026-11-02 09:12:33, "Vera Klein"\n<vera@customer.example> wrote:',
    "На пн, 2.11.2026 г. в 9:12 Vera Klein\n<vera@customer.example> написа:",
]
WITHOUT_MARKS = [
    "در تاریخ دوشنبه ۲ نوامبر ۲۰۲۶،‏ ۹:۱۲ Vera Klein <vera@customer.example> نوشت:",
    "pon, 2. stu 2026. u 09:12 Vera Klein <vera@customer.example> napisao je:",
    "Kuupäev E, 2. november 2026 kell 09:12 kirjutas Vera Klein (<vera@customer.example>):",
    "सोम, 2 नव॰ 2026, 09:12 बजे को Vera Klein <vera@customer.example> ने लिखा:",
    "пон, 2. нов 2026. у 09:12 Vera Klein <vera@customer.example> је написао/ла:",
    "ב-2 בנוב׳ 2026, בשעה 9:12, ‏Vera Klein <vera@customer.example> כתב/ה:",
    "Wiadomość napisana przez Vera Klein <vera@customer.example> w dniu 2 lis 2026, o godz. 09:12:",
    "Šalje: Vera Klein\nPoslano: 2. 11. 2026. 09:12\nPrima: Harbour\nPredmet: Paket",
    "Шаље: Vera Klein\nПослато: 2. 11. 2026. 09:12\nПрима: Harbour\nТема: Пакет",
    "No: Vera Klein <vera@customer.example>\nNosūtīts: 2026-11-02 09:12\nKam: Harbour\nTēma: Paka",
    "De: Vera Klein\nEnviat el: dilluns, 2 de novembre de 2026 9:12\nPer a: Harbour\nTema: Paquet",
    "از: Vera Klein\nتاریخ: دوشنبه 2 نوامبر 2026 09:12\nبه: Harbour\nموضوع: بسته",
    "प्रेषक: Vera Klein <vera@customer.example>\nभेजा गया: 2 नवंबर 2026 09:12\nप्रति: Harbour\nविषय: पार्सल",
    "Frá: Vera Klein <vera@customer.example>\nSent: 2. nóvember 2026 09:12\nTil: Harbour\nEfni: Pakki",
    "От: Vera Klein\nОтправлено: \u200eпонедельник\u200e, \u200e2\u200e \u200eноября\u200e \u200e2026\u200e г. \u200e15\u200e:\u200e05\nКому: Harbour",
    "________________________________\nVotqen: Vera Klein <vera@customer.example>\nBlexar: 02-11-2026 09:12\nTor: Harbour\nQuest: Paket",
    "-------- Nieznane słowa --------\nFrom: Vera Klein <vera@customer.example>\nDate: 2026-11-02\nTo: Harbour",
    "-------- Orijinal mesaj --------",
    "----- Mail original -----",
    "--------- 원본 메일 ---------",
    "-------- Izvorna poruka --------",
    "-------- Оригінальне повідомлення --------",
    "-------- Sākotnējais ziņojums --------",
]


@pytest.mark.parametrize("introduction", BROKEN)
def test_an_introduction_that_width_broke_goes_with_its_quotation_whole(introduction):
    assert trim(f"{REPLY}\n\n{introduction}\n{QUOTED}").reply == REPLY
    assert trim(f"{introduction}\n{QUOTED}\n{REPLY}").reply == REPLY


@pytest.mark.parametrize("introduction", WITHOUT_MARKS)
def test_what_follows_an_introduction_without_marks_is_quoted_too(introduction):
    assert trim(tidy_lines(f"{REPLY}\n\n{introduction}\n\nDear Vera,\nit is at the border.")).reply == REPLY


APPS = """\
나의 iPhone에서 보냄
iPhone-ról küldve
iOS için Outlook'u edinin<https://aka.ms/o0ukef>
获取适用于 iOS 的 Outlook<https://aka.ms/o0ukef>
iOS 版 Outlook を入手
取得 iOS 版 Outlook
iOS용 Outlook 받기
Pobierz aplikację Outlook dla systemu iOS<https://aka.ms/o0ukef>
Скачайте Outlook для iOS
Outlook für Android beziehen<https://aka.ms/AAb9ysg>
发送自 Windows 10 版邮件应用
Skickades från E-post för Windows 10
Отправлено из приложения myMail для iOS
Poslané z môjho iPhone
Från min iPad
Vanaf mijn telefoon verzonden
--Sent from my iPhone
Virus-free.www.avast.com
Virenfrei.www.avast.com
Libre de virus.www.avast.com
Не содержит вирусов.www.avast.com
This email has been checked for viruses by Avast antivirus software.""".splitlines()


@pytest.mark.parametrize("line", APPS)
def test_what_an_app_writes_below_is_told_as_its_signature(line):
    trimmed = trim(
        f"{REPLY}\n\n{line}\n\nOn 2 Nov 2026, at 09:12, Vera <vera@customer.example> wrote:\n{QUOTED}"
    )

    assert (trimmed.reply, trimmed.signature) == (REPLY, line)


SENTENCES = """\
Sent by mail yesterday, it should be with you.
Sent via DHL, my order is 4711.
Sent from my old address, please change it.
It happens in Outlook for Android
I use Outlook for iOS
We get Outlook for iOS errors since Monday
Ich bekomme Outlook für iOS nicht installiert
Télécharger l'application ne marche pas sur mon iPhone
Avast says your file contains a virus
My virus scanner Avast scanned it and found a virus
Von meinem Konto wurde zweimal abgebucht und Geld verschickt
我的邮件已经发送
来自北京的客户
iPhoneから送信できません
No: that is not right.""".splitlines()


@pytest.mark.parametrize("line", SENTENCES)
def test_a_last_sentence_about_apps_and_sending_is_an_answer(line):
    assert trim(f"Hello,\n\n{line}").reply == f"Hello,\n\n{line}"


TEXTS = {
    "a form": "Hello,\n\nName: Vera Klein <vera@x.example>\nPhone: 040 123\nDate: 2.11.2026 09:12\nProduct: Lamp\n\nPlease help.",
    "a journey": "My flights\nFrom: Hamburg\nTo: Rome\nDate: 2 Nov 2026 14:30\nPassengers: 2\nand I need a bill.",
    "a log": "It says:\n2026-11-02 09:12:33 <vera@x.example> login failed:\n  bad password\n\nWhat now?",
    "my own mail": "On 2 Nov 2026 at 09:12 I sent this to Nadia <nadia@harbour.example>:\nplease call me.\n\nNobody called.",
    "meine eigene": "Am 02.11.2026 um 09:12 schrieb ich an <help@harbour.example>:\nBitte um Rückruf.\n\nBis heute nichts.",
    "a report": "The customer <tom@x.example> called on 2.11.2026 at 10:30:\nhe wants his money.\n\nThanks",
    "an order": "Dear team,\n\n---- Order ----\nNo: 4711\nDate: 2.11.2026\nItem: Lamp\n----\nPlease cancel.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_forms_logs_and_reports_stay_in_the_answer(text):
    assert trim(text).reply == text


def test_a_rule_that_only_sets_off_the_quotation_is_no_signature():
    trimmed = trim_bare(
        b"<div>Yes.</div><hr><div><b>From:</b> Nadia &lt;n@x.example&gt;<br><b>Sent:</b> Monday<br>"
        b"<b>To:</b> Vera<br><b>Subject:</b> Parcel</div><div>Is it here?</div>"
    )

    assert (trimmed.reply, trimmed.signature) == ("Yes.", "")


def test_rules_within_the_quoted_history_set_off_no_signature_of_the_writer():
    trimmed = trim(
        "Yes.\n\nVon: Nadia\nAn: Vera\nDatum: 2.11.2026\nBetreff: Paket\n----------\nIst es da?\n-- \nNadia"
    )

    assert (trimmed.reply, trimmed.signature) == ("Yes.", "")
    assert trimmed.quoted.endswith("Ist es da?\n-- \nNadia")


@pytest.mark.parametrize(
    "mark", ['name="messageReplySection"', 'style="margin: 0" name="quote"', 'data-marker="__QUOTED_TEXT__"']
)
def test_marks_that_are_neither_class_nor_id_start_the_quotation(mark):
    page = f"<div><p>Yes, it is here.</p><div {mark}><p>Is it here?</p></div></div>"

    assert trim_bare(page.encode()).reply == "Yes, it is here."
