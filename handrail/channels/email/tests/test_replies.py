"""What a person newly wrote is told apart from what they quoted, in any language, and in linear time."""
# ruff: noqa: E501 - mails have long lines, and Chinese signs count double

import time

import pytest

from handrail.channels.email.line_classes import introduces
from handrail.channels.email.replies import trim
from handrail.kit.html import QUOTE_STARTS

INTRODUCTIONS = """\
On Mon, Nov 2, 2026 at 6:32 PM, Tom Berg <tom@customer.example> wrote:
On 2 Nov 2026, at 18:32, Tom Berg <tom@customer.example> wrote:
On 11/2/2026 6:32 PM, Tom Berg wrote:
Tom Berg wrote on 11/2/26 6:32 PM:
Tom Berg <tom@customer.example> wrote:
Am 02.11.2026 um 18:32 schrieb Tom Berg:
Am Mo., 2. Nov. 2026 um 18:32 Uhr schrieb Tom Berg <tom@customer.example>:
Tom Berg hat am 02.11.2026 18:32 geschrieben:
Le lun. 2 nov. 2026 à 18:32, Tom Berg <tom@customer.example> a écrit :
Tom Berg a écrit le 02/11/2026 18:32 :
El lun, 2 nov 2026 a las 18:32, Tom Berg (<tom@customer.example>) escribió:
Em seg, 2 de nov de 2026 às 18:32, Tom Berg <tom@customer.example> escreveu:
No dia 2 de novembro de 2026 às 18:32, Tom Berg <tom@customer.example> escreveu:
Il giorno lun 2 nov 2026 alle ore 18:32 Tom Berg <tom@customer.example> ha scritto:
Op ma 2 nov. 2026 om 18:32 schreef Tom Berg <tom@customer.example>:
Op 2 nov. 2026, om 18:32 heeft Tom Berg <tom@customer.example> het volgende geschreven:
Den mån 2 nov. 2026 kl 18:32 skrev Tom Berg <tom@customer.example>:
man. 2. nov. 2026 kl. 18:32 skrev Tom Berg <tom@customer.example>:
ma 2. marrask. 2026 klo 18.32 Tom Berg (tom@customer.example) kirjoitti:
pon., 2 lis 2026 o 18:32 Tom Berg <tom@customer.example> napisał(a):
W dniu 2026-11-02 18:32, Tom Berg napisał(a):
po 2. 11. 2026 v 18:32 odesílatel Tom Berg <tom@customer.example> napsal:
po 2. 11. 2026 o 18:32 Tom Berg <tom@customer.example> napísal(a):
2 ноября 2026 г., 18:32 пользователь Tom Berg <tom@customer.example> написал:
пн, 2 нояб. 2026 г. в 18:32, Tom Berg <tom@customer.example>:
02.11.2026 18:32, Tom Berg пишет:
Tom Berg <tom@customer.example> ezt írta (időpont: 2026. nov. 2., H, 18:32):
Tom Berg <tom@customer.example>, 2 Kas 2026 Pzt, 18:32 tarihinde şunu yazdı:
2026年11月2日(月) 18:32 Tom Berg <tom@customer.example>:
2026/11/02 18:32、Tom Berg <tom@customer.example>のメール:
在 2026年11月2日，18:32，Tom Berg <tom@customer.example> 写道：
Tom Berg <tom@customer.example> 于2026年11月2日周一 下午6:32写道：
2026년 11월 2일 (월) 오후 6:32, Tom Berg <tom@customer.example>님이 작성:
Vào Th 2, 2 thg 11, 2026 vào lúc 18:32 Tom Berg <tom@customer.example> đã viết:
Pada tanggal Sen, 2 Nov 2026 pukul 18.32 Tom Berg <tom@customer.example> menulis:
În lun., 2 nov. 2026 la 18:32, Tom Berg <tom@customer.example> a scris:
Στις Δευ 2 Νοε 2026 στις 18:32 ο χρήστης Tom Berg <tom@customer.example> έγραψε:
Missatge de Tom Berg <tom@customer.example> del dia dl., 2 de nov. 2026 a les 18:32:
---- On Mon, 02 Nov 2026 18:32:10 +0100 Tom Berg <tom@customer.example> wrote ----
In article <123@x.example>, Tom Berg <tom@customer.example> writes:
* Tom Berg <tom@customer.example> [2026-11-02 18:32]:
Quoting Tom Berg <tom@customer.example>:
Zitat von Tom Berg <tom@customer.example>:""".splitlines()

NOT_INTRODUCTIONS = """\
I wrote to help@harbour.example yesterday at 10:30 and got this:
On 12 May 2026 I wrote:
Please answer to vera@customer.example until 12.05.2026 with the following:
The invoice of 12.05.2026 says:
My order from 2026-05-12 10:30 contains:
She wrote a long letter about it on 12 May 2026.
Ich schrieb Ihnen am 12.05.2026 um 10:30 schon:
On Monday 12:30 we met and the driver said:
I get this error when sending to a@b.example at 12:30:
Le 12/05/2026 à 10:30 j'ai écrit :
The log from 2026-05-12 10:30:11 of user a@b.example:
Then he wrote:""".splitlines()


@pytest.mark.parametrize("line", INTRODUCTIONS)
def test_a_line_that_introduces_a_quotation_is_known_in_every_language(line):
    assert introduces(line)


@pytest.mark.parametrize("line", INTRODUCTIONS)
def test_what_follows_an_introduction_is_quoted(line):
    trimmed = trim(f"Thanks, that helps.\n\n{line}\n\n> It is on its way.\n> Harbour Parcels\n")

    assert trimmed.reply == "Thanks, that helps."
    assert trimmed.quoted.endswith("> It is on its way.\n> Harbour Parcels")


@pytest.mark.parametrize("line", NOT_INTRODUCTIONS)
def test_a_sentence_with_a_colon_is_no_introduction(line):
    assert not introduces(line)
    assert (
        trim(f"Hello,\n\n{line}\nsomething else.\n\nVera").reply
        == f"Hello,\n\n{line}\nsomething else.\n\nVera"
    )


HEADERS = {
    "English": "From: Harbour <help@harbour.example>\nSent: Monday, 2 November 2026 18:32\nTo: Vera\nSubject: Parcel",
    "bold": "*From:* Harbour\n*Sent:* 2026-11-02\n*To:* v@x.example\n*Subject:* Parcel",
    "German": "Von: Harbour <help@harbour.example>\nGesendet: Montag, 2. November 2026 18:32\nAn: Vera\nBetreff: Paket",
    "French": "De : Harbour <help@harbour.example>\nEnvoyé : lundi 2 novembre 2026 18:32\nÀ : Vera\nObjet : Colis",
    "Spanish": "De: Harbour <help@harbour.example>\nEnviado el: lunes, 2 de noviembre de 2026\nPara: Vera\nAsunto: Paquete",
    "Portuguese": "De: Harbour\nEnviada em: segunda-feira, 2 de novembro de 2026\nPara: Vera\nAssunto: Pacote",
    "Italian": "Da: Harbour\nInviato: lunedì 2 novembre 2026 18:32\nA: Vera\nOggetto: Pacco",
    "Dutch": "Van: Harbour\nVerzonden: maandag 2 november 2026 18:32\nAan: Vera\nOnderwerp: Pakket",
    "Swedish": "Från: Harbour\nSkickat: den 2 november 2026 18:32\nTill: Vera\nÄmne: Paket",
    "Danish": "Fra: Harbour\nSendt: 2. november 2026 18:32\nTil: Vera\nEmne: Pakke",
    "Finnish": "Lähettäjä: Harbour\nLähetetty: 2. marraskuuta 2026\nVastaanottaja: Vera\nAihe: Paketti",
    "Polish": "Od: Harbour\nWysłano: 2 listopada 2026\nDo: Vera\nTemat: Paczka",
    "Czech": "Od: Harbour\nOdesláno: 2. listopadu 2026\nKomu: Vera\nPředmět: Balík",
    "Russian": "От: Harbour\nОтправлено: 2 ноября 2026 г.\nКому: Vera\nТема: Посылка",
    "Chinese": "发件人: Harbour\n发送时间: 2026年11月2日\n收件人: Vera\n主题: 包裹",
    "Japanese": "差出人: Harbour\n送信日時: 2026年11月2日\n宛先: Vera\n件名: 荷物",
    "Korean": "보낸 사람: Harbour\n보낸 날짜: 2026년 11월 2일\n받는 사람: Vera\n제목: 소포",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=list(HEADERS))
def test_a_quoted_header_starts_the_quotation(header):
    trimmed = trim(f"It is here, thank you.\n\nVera\n\n{header}\n\nYour parcel is on its way.\n")

    assert trimmed.reply == "It is here, thank you.\n\nVera"
    assert trimmed.quoted.startswith(header)


def test_a_journey_is_no_header():
    text = "I want to travel\nFrom: Berlin\nTo: Rome\nDate: 12.05.2026\nWhat does it cost?"

    assert trim(text).reply == text


SEPARATORS = [
    "-----Original Message-----",
    "-----Ursprüngliche Nachricht-----",
    "----- Message d'origine -----",
    "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Ursprungligt meddelande-----",
    "-----Oprindelig meddelelse-----",
    "-----Wiadomość oryginalna-----",
    "-----Исходное сообщение-----",
    "------------------ 原始邮件 ------------------",
    "---------- Forwarded message ---------",
    "*-------- Original Message --------*",
    "Begin forwarded message:",
    "Anfang der weitergeleiteten Nachricht:",
    "Начало переадресованного сообщения:",
    "________________________________\nFrom: Tom <tom@x.example>\nSent: Monday 2 November\nTo: Vera\nSubject: x",
]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_separator_starts_the_quotation(separator):
    assert trim(f"Please look below.\n\n{separator}\n\nOld words.\n").reply == "Please look below."


MOBILE = """\
Sent from my iPhone
Sent from my Galaxy S24, please excuse typos
Von meinem iPhone gesendet
Gesendet mit der GMX Mail App
Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.
Envoyé de mon iPhone
Enviado desde mi iPhone
Enviado do meu iPhone
Inviato da iPhone
Verstuurd vanaf mijn iPhone
Skickat från min iPhone
Sendt fra min iPhone
Lähetetty iPhonesta
Wysłane z iPhone'a
Odesláno z iPhonu
Отправлено с iPhone
Get Outlook for Android
Holen Sie sich Outlook für iOS
Télécharger Outlook pour iOS
從我的 iPhone 傳送
iPhoneから送信
내 iPhone에서 보냄""".splitlines()


@pytest.mark.parametrize("line", MOBILE)
def test_what_a_phone_signs_with_is_no_answer(line):
    trimmed = trim(f"Yes, please.\n\n{line}\n")

    assert (trimmed.reply, trimmed.signature) == ("Yes, please.", line)


@pytest.mark.parametrize(
    "line",
    [
        "My phone cannot connect to the app.",
        "I sent it from the post office in Rome.",
        "From my side that is all.",
        "The mail app on my iPhone shows an error.",
        "Please get the parcel from my neighbour.",
        "The letter was sent from Hamburg on Friday.",
    ],
)
def test_a_last_sentence_about_phones_and_sending_is_an_answer(line):
    assert trim(f"Hello,\n\n{line}").reply == f"Hello,\n\n{line}"


CASES = {
    "all of it": ("Hello,\n\nwhere is it?\n\nVera", "Hello,\n\nwhere is it?\n\nVera"),
    "signature": ("Yes.\n\n-- \nVera Klein\nCustomer Ltd", "Yes."),
    "closing words stay": ("Yes.\n\nBest regards\nVera", "Yes.\n\nBest regards\nVera"),
    "answer below": ("On 2 Nov 2026 18:32, Tom wrote:\n> Where?\n\nAt home.", "At home."),
    "greeting above, answer below": (
        "Hi Tom,\n\nOn 2 Nov 2026 18:32, Tom wrote:\n> Where?\n\nAt home.",
        "Hi Tom,\n\nAt home.",
    ),
    "answers between": (
        "See below.\n\nOn 2 Nov 2026 18:32, Tom wrote:\n> Where?\n\nAt home.\n\n> When?\n\nAt six.\n\n> Tom",
        "See below.\n\n> Where?\n\nAt home.\n\n> When?\n\nAt six.",
    ),
    "a name alone": ("Fine.\n\nTom Berg wrote:\n> Old\n> words", "Fine."),
    "a story": ("Fine.\n\nThen he wrote:\nNo.", "Fine.\n\nThen he wrote:\nNo."),
    "a quotation in brackets": ("Fine.\n\n>>> Tom >>>\nOld words\n\nmore\n<<< Tom <<<\n", "Fine."),
    "supercite": ('>>>>> "Tom" == Tom Berg <t@x.example> writes:\n\nTom> Where?\n\nAt home.', "At home."),
    "only a quotation": ("> Where?\n> Tom", ""),
    "a quotation to speak of": ("> Where?\n\nAt home.", "> Where?\n\nAt home."),
    "a forwarded mail alone": (
        "From: Tom <tom@x.example>\nSent: Monday 2026\nTo: Vera\nSubject: x\n\nOld.",
        "",
    ),
    "code with rules": (
        "Run this:\n\n```\n# ----\n----\n> out\n```\n\nDone.",
        "Run this:\n\n```\n# ----\n----\n> out\n```\n\nDone.",
    ),
    "a title with a rule": ("Order\n=====\nOne box\nTwo bags", "Order\n=====\nOne box\nTwo bags"),
    "a form behind a greeting": (
        "Hello,\n\n-----\nOrder: 12\nProblem: broken",
        "Hello,\n\n-----\nOrder: 12\nProblem: broken",
    ),
    "broken introduction": (
        "Fine.\n\nOn Mon, Nov 2, 2026 at 6:32 PM, Tom Berg <\ntom@customer.example> wrote:\n\n> Old",
        "Fine.",
    ),
    "wrapped quotation": (
        "Fine.\n\nOn 2 Nov 2026 18:32, Tom wrote:\n> this line is so long that a program broke it without the sign at the\nend\n> of it",
        "Fine.",
    ),
    "our own marker": (
        "Thanks!\n\n## Please reply above this line ##\n\nYour ticket was updated.",
        "Thanks!",
    ),
    "marked by html": (f"Fine.\n{QUOTE_STARTS}\nOld words.", "Fine."),
    "a table in signs": ("| a | b |\n| 1 | 2 |\n\nSee the table.", "| a | b |\n| 1 | 2 |\n\nSee the table."),
}


@pytest.mark.parametrize(("text", "reply"), CASES.values(), ids=list(CASES))
def test_the_reply_is_what_was_newly_written(text, reply):
    assert trim(text).reply == reply


HOSTILE = {
    "talon": "On Mon, Jan 1 2020 at 1:11 AM x <x@y.zz> \n",
    "on a": "On a ",
    "on lines": "On x\n",
    "wrote": "wrote:\n",
    "dated": "1.1.2020 10:00 x@y.zz:\n",
    "levels": ">" * 10_000 + "\n",
    "quotes": ">\n",
    "bars": "|\n",
    "headers": "From: x\nTo: y\nDate: z\nSubject: q\n\n",
    "half headers": "From: x\n",
    "rules": "_" * 70 + "\n",
    "dashes": "-- \n",
    "blank": "   \n",
    "colons": "a:\n",
    "fences": "```\n",
    "sent": "Sent from my x\n",
    "names": "Rich> \n",
    "angles": "<\n",
    "armour": "-----BEGIN PGP SIGNED MESSAGE-----\n",
    "one line": "wrote 12:00 x@y.zz " * 10,
    "gets": "get" * 46 + "\n>\n",
    "apps": "get outlook " * 11 + "\n>\n",
    "phones": "sent from my " * 10 + "\n>\n",
    "checks": "this avast checked " * 7 + "\n>\n",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=list(HOSTILE))
def test_S_084_cutting_costs_at_most_100_ms_for_100_kB_and_grows_no_faster_than_the_text(piece):
    small, large = (piece * (size // len(piece) + 1) for size in (100_000, 1_000_000))

    spent_small, spent_large = min(_seconds(small) for _ in range(3)), _seconds(large)

    assert spent_small < 0.1 * max(1.0, _seconds("plain words\n" * 4_000) / 0.02)
    assert spent_large < 10 * 2.5 * max(spent_small, 0.02)


def _seconds(text: str) -> float:
    start = time.process_time()
    trim(text)
    return time.process_time() - start


def test_a_long_text_without_quotations_is_kept_whole():
    text = "\n".join(f"line {number} of the log" for number in range(20_000))

    assert trim(text).reply == text


ODD = [
    ("On 26 Aug 2002, RossO wrote:\n\n--]Does anyone\n--]know?\n--]\n\nYes, I do.\n", "Yes, I do."),
    (
        '>>>>> "E" == Eirikur H <eh@m.example> writes:\n\n    E> Gary has\n    E> an article\n\nThere is lots.\n',
        "There is lots.",
    ),
    ("On 19/08/02 12:29 -0500, Steve Price wrote:\n) On Mon\n) it\n\nThis is new.\n", "This is new."),
    (
        '----- Original Message -----\nFrom: "John Hall" <j@e.example>\n\n\n> Take a list\n> of\n\nNew text here.\n',
        "New text here.",
    ),
    (
        "    Date:        Thu, 12 Sep 2002 23:26:33 -0500\n    From:        Hal DeVore <h@a.example>\n    Message-ID:  <23@dimebox>\n\n  | 1) Right click\n\nThat just does a move.\n",
        "That just does a move.",
    ),
    (
        "Rick Moen <rick@l.example> wrote:\n\n<snip>\n> Don't like\n> it\n<snip>\n\nHow difficult is this?\n",
        "How difficult is this?",
    ),
    ("Yes.\n\n:) nice\n", "Yes.\n\n:) nice"),
]


@pytest.mark.parametrize(("text", "new"), ODD)
def test_signs_that_only_some_people_quote_with_are_understood(text, new):
    assert trim(text).reply == new
