"""What is new is found whatever program wrote the mail, in whatever language it introduces what it quotes.

Made up after the habits of each program; none of them was a mail of somebody.
"""
# ruff: noqa: E501 - lines of mail programs are as long as they are

import pytest

from handrail.channels.email.bare import is_html, trim_bare
from handrail.channels.email.replies import trim

QUOTED = "\n> Is it here?\n> Let us know.\n>\n> Nadia\n"
INTRODUCTIONS = [
    "On Wed, Sep 25, 2013 at 1:41 PM, richard_clark <support@x.example> wrote:",
    "On Wed, Sep 25, 2013 at 1:41 PM, richard_clark\n<support+1234567890abcdef@harbour.example>\nwrote:",
    "On 25 September 2013 at 13:41, Richard Clark <support@x.example> wrote:",
    "On Sep 25, 2013, at 1:41 PM, Richard Clark via Harbour <support@x.example> wrote:",
    "On 2013-09-25 13:41, Richard Clark wrote:",
    "On 9/25/13 1:41 PM, Richard Clark wrote:",
    "Richard Clark <r@x.example> wrote on Wed, 25 Sep 2013 13:41:",
    "Richard Clark wrote on 25/09/2013 13:41:",
    "Richard Clark <r@x.example> writes:",
    "Richard Clark wrote:",
    "2013-09-25 13:41 GMT+02:00 Richard Clark <r@x.example>:",
    "2016-03-03 17:21 GMT+01:00 Some One via Harbour <\ninfo@harbour.example>:",
    "Am 25.09.2013 um 13:41 schrieb Richard Clark <r@x.example>:",
    "Am Mi., 25. Sept. 2013 um 13:41 Uhr schrieb Richard Clark <\nr@x.example>:",
    "Am 25.09.13 um 13:41 schrieb Richard Clark:",
    "Richard Clark schrieb am 25.09.2013 um 13:41:",
    "Am Mittwoch, 25. September 2013, 13:41:12 CEST schrieb Richard Clark:",
    'Gesendet: Mittwoch, 25. September 2013 um 13:41 Uhr\nVon: "Richard Clark" <r@x.example>\nAn: vera@x.example\nBetreff: Paket',
    "Le 25 sept. 2013 à 13:41, Richard Clark <r@x.example> a écrit :",
    "Le mer. 25 sept. 2013 à 13:41, Richard Clark <r@x.example> a\nécrit :",
    "Le mercredi 25 septembre 2013, Richard Clark <r@x.example> a écrit :",
    "Le 25/09/2013 à 13:41, Richard Clark a écrit :",
    "El mié., 25 sept. 2013 a las 13:41, Richard Clark (<r@x.example>) escribió:",
    "El 25 de septiembre de 2013, 13:41, Richard Clark<r@x.example> escribió:",
    "El 25/09/13 a las 13:41, Richard Clark escribió:",
    "Em qua., 25 de set. de 2013 às 13:41, Richard Clark <r@x.example> escreveu:",
    "Em 25 de setembro de 2013 13:41, Richard Clark <r@x.example>\nescreveu:",
    "A quarta, 25/09/2013, 13:41, Richard Clark <r@x.example> escreveu:",
    "No dia 25 de setembro de 2013 às 13:41, Richard Clark <r@x.example>\nescreveu:",
    "Il giorno mer 25 set 2013 alle ore 13:41 Richard Clark <\nr@x.example> ha scritto:",
    "Il 25/09/2013 13:41, Richard Clark ha scritto:",
    "Il giorno 25/set/2013, alle ore 13:41, Richard Clark <r@x.example> ha scritto:",
    "Op wo 25 sep. 2013 om 13:41 schreef Richard Clark <r@x.example>:",
    "Op 25 september 2013 13:41 schreef Richard Clark <r@x.example>:",
    "Op 25-09-13 om 13:41 schreef Richard Clark:",
    "Richard Clark schreef op 25-09-2013 13:41:",
    "Den ons 25 sep. 2013 kl 13:41 skrev Richard Clark <r@x.example>:",
    "Den 25 september 2013 13:41 skrev Richard Clark <r@x.example>:",
    "25 sep 2013 kl. 13:41 skrev Richard Clark <r@x.example>:",
    "ons. 25. sep. 2013 kl. 13:41 skrev Richard Clark <r@x.example>:",
    "Den ons. 25. sep. 2013 kl. 13.41 skrev Richard Clark <r@x.example>:",
    "Den 25/09/2013 kl. 13.41 skrev Richard Clark <r@x.example>:",
    "Richard Clark <r@x.example> kirjoitti 25.9.2013 kello 13.41:",
    "ke 25. syysk. 2013 klo 13.41 Richard Clark (r@x.example) kirjoitti:",
    "W dniu 25.09.2013 o 13:41, Richard Clark pisze:",
    "śr., 25 wrz 2013 o 13:41 Richard Clark <r@x.example> napisał(a):",
    "W dniu 25 września 2013 13:41 użytkownik Richard Clark <r@x.example> napisał:",
    "Dnia 25 września 2013 13:41 Richard Clark <r@x.example> napisał(a):",
    "st 25. 9. 2013 v 13:41 odesílatel Richard Clark <r@x.example> napsal:",
    "Dne 25. 9. 2013 v 13:41 Richard Clark napsal(a):",
    "Dne 25. září 2013 13:41 Richard Clark <r@x.example> napsal(a):",
    "st 25. 9. 2013 o 13:41 Richard Clark <r@x.example> napísal(a):",
    "Richard Clark <r@x.example> ezt írta (időpont: 2013. szept. 25., Sze, 13:41):",
    "2013. szeptember 25. 13:41 Richard Clark írta, <r@x.example>:",
    "2013.09.25. 13:41 keltezéssel, Richard Clark írta:",
    "În mie., 25 sept. 2013 la 13:41, Richard Clark <r@x.example> a scris:",
    "Pe 25 septembrie 2013, 13:41, Richard Clark <r@x.example> a scris:",
    "ср, 25 сент. 2013 г. в 13:41, Richard Clark <r@x.example>:",
    "25 сентября 2013 г., 13:41 пользователь Richard Clark <r@x.example> написал:",
    "25.09.2013 13:41, Richard Clark пишет:",
    "Среда, 25 сентября 2013, 13:41 +03:00 от Richard Clark <r@x.example>:",
    '25.09.2013, 13:41, "Richard Clark" <r@x.example>:',
    "ср, 25 вер. 2013 р. о 13:41 Richard Clark <r@x.example> пише:",
    "Στις Τετ, 25 Σεπ 2013 στις 13:41, ο/η Richard Clark <r@x.example> έγραψε:",
    "Richard Clark <r@x.example>, 25 Eyl 2013 Çar, 13:41 tarihinde şunu yazdı:",
    "25 Eylül 2013 13:41 tarihinde Richard Clark <r@x.example> yazdı:",
    "25.09.2013 13:41 tarihinde Richard Clark yazdı:",
    "Richard Clark <r@x.example>于2013年9月25日周三 13:41写道：",
    "Richard Clark <r@x.example> 于2013年9月25日周三 下午1:41写道：",
    "在 2013年9月25日，下午1:41，Richard Clark <r@x.example> 写道：",
    "在 2013年9月25日星期三，Richard Clark <r@x.example> 写道：",
    '在 2013-09-25 13:41:12，"Richard Clark" <r@x.example> 写道：',
    "Richard Clark <r@x.example> 於 2013年9月25日 週三 下午1:41寫道：",
    "2013年9月25日(水) 13:41 Richard Clark <r@x.example>:",
    "2013年9月25日 13:41 Richard Clark <r@x.example>:",
    "2013/09/25 13:41、Richard Clark <r@x.example>のメール:",
    "2013年9月25日 13:41、Richard Clark <r@x.example> のメール:",
    "2013/09/25 13:41、Richard Clark さんのメール：",
    "2013년 9월 25일 (수) 오후 1:41, Richard Clark <r@x.example>님이 작성:",
    "2013. 9. 25. 오후 1:41, Richard Clark <r@x.example> 작성:",
    "เมื่อ พ. 25 ก.ย. 2013 เวลา 13:41 Richard Clark <r@x.example> เขียนว่า:",
    "ในวันที่ พ. 25 ก.ย. 2013 เวลา 13:41 Richard Clark <r@x.example> เขียนว่า:",
    "Vào Th 4, 25 thg 9, 2013 vào lúc 13:41 Richard Clark <r@x.example> đã viết:",
    "Pada tanggal Rab, 25 Sep 2013 pukul 13.41 Richard Clark <r@x.example> menulis:",
    "\u202bבתאריך יום ד׳, 25 בספט׳ 2013 ב-13:41 מאת \u202aRichard Clark\u202c\u200f <\u202ar@x.example\u202c\u200f>:\u202c",
    "في الأربعاء، 25 سبتمبر 2013 1:41 م Richard Clark <r@x.example> كتب:",
    "في ٢٥ سبتمبر، ٢٠١٣، الساعة ١:٤١ م، كتب Richard Clark <r@x.example>:",
    "On Wed, 25 Sep 2013, Richard Clark wrote:",
    "Quoting Richard Clark <r@x.example>:",
    "Zitat von Richard Clark <r@x.example>:",
    "El dia 25 set. 2013, a les 13:41, Richard Clark <r@x.example> va escriure:",
    "sre, 25. sep. 2013 ob 13:41 je oseba Richard Clark <r@x.example> napisala:",
    "sri, 25. ruj 2013. u 13:41 Richard Clark <r@x.example> napisao je:",
    "2013-09-25, tr, 13:41 Richard Clark <r@x.example> rašė:",
    "trešd., 2013. g. 25. sept., plkst. 13:41 — lietotājs Richard Clark (<r@x.example>) rakstīja:",
    "Kuupäev K, 25. september 2013 kell 13:41 kirjutas Richard Clark <r@x.example>:",
    "На ср, 25.09.2013 г. в 13:41 Richard Clark <r@x.example> написа:",
    "Þann mið., 25. sep. 2013 kl. 13:41 skrifaði Richard Clark <r@x.example>:",
    "Di tanggal 25 Sep 2013, Richard Clark <r@x.example> menulis:",
]
HEADERS = [
    "-----Original Message-----\nFrom: Richard Clark [mailto:r@x.example]\nSent: Wednesday, September 25, 2013 1:41 PM\nTo: Vera\nSubject: RE: Parcel\n",
    "________________________________\nFrom: Richard Clark <r@x.example>\nSent: Wednesday, September 25, 2013 1:41 PM\nTo: Vera\nSubject: RE: Parcel\n",
    "From: Richard Clark <r@x.example>\nDate: Wednesday, September 25, 2013 at 1:41 PM\nTo: Vera <v@x.example>\nSubject: Re: Parcel\n",
    "*From:* Richard Clark <r@x.example>\n*Sent:* Wednesday, September 25, 2013 1:41 PM\n*To:* Vera\n*Subject:* RE: Parcel\n",
    "Von: Richard Clark <r@x.example>\nGesendet: Mittwoch, 25. September 2013 13:41\nAn: Vera <v@x.example>\nBetreff: AW: Paket\n",
    "-----Ursprüngliche Nachricht-----\nVon: Richard Clark [mailto:r@x.example]\nGesendet: Mittwoch, 25. September 2013 13:41\nAn: Vera\nBetreff: AW: Paket\n",
    "De : Richard Clark <r@x.example>\nEnvoyé : mercredi 25 septembre 2013 13:41\nÀ : Vera <v@x.example>\nObjet : RE: Colis\n",
    "De: Richard Clark <r@x.example>\nEnviado: miércoles, 25 de septiembre de 2013 13:41\nPara: Vera <v@x.example>\nAsunto: RE: Paquete\n",
    "De: Richard Clark <r@x.example>\nEnviada em: quarta-feira, 25 de setembro de 2013 13:41\nPara: Vera <v@x.example>\nAssunto: RES: Pacote\n",
    "Da: Richard Clark <r@x.example>\nInviato: mercoledì 25 settembre 2013 13:41\nA: Vera <v@x.example>\nOggetto: R: Pacco\n",
    "Van: Richard Clark <r@x.example>\nVerzonden: woensdag 25 september 2013 13:41\nAan: Vera <v@x.example>\nOnderwerp: RE: Pakket\n",
    "Från: Richard Clark <r@x.example>\nSkickat: den 25 september 2013 13:41\nTill: Vera <v@x.example>\nÄmne: SV: Paket\n",
    "Fra: Richard Clark <r@x.example>\nSendt: 25. september 2013 13:41\nTil: Vera <v@x.example>\nEmne: SV: Pakke\n",
    "Lähettäjä: Richard Clark <r@x.example>\nLähetetty: keskiviikko 25. syyskuuta 2013 13.41\nVastaanottaja: Vera <v@x.example>\nAihe: VS: Paketti\n",
    "From: Richard Clark\nWysłano: środa, 25 września 2013 13:41\nDo: Vera\nTemat: ODP: Paczka\n",
    "Od: Richard Clark <r@x.example>\nWysłano: środa, 25 września 2013 13:41\nDo: Vera <v@x.example>\nTemat: ODP: Paczka\n",
    "Od: Richard Clark <r@x.example>\nOdesláno: středa 25. září 2013 13:41\nKomu: Vera <v@x.example>\nPředmět: RE: Balík\n",
    "Feladó: Richard Clark <r@x.example>\nElküldve: 2013. szeptember 25., szerda 13:41\nCímzett: Vera <v@x.example>\nTárgy: RE: Csomag\n",
    "От: Richard Clark <r@x.example>\nОтправлено: 25 сентября 2013 г. 13:41\nКому: Vera <v@x.example>\nТема: RE: Посылка\n",
    "Gönderen: Richard Clark <r@x.example>\nGönderildi: 25 Eylül 2013 Çarşamba 13:41\nKime: Vera <v@x.example>\nKonu: YNT: Paket\n",
    "发件人: Richard Clark <r@x.example>\n发送时间: 2013年9月25日 13:41\n收件人: Vera <v@x.example>\n主题: 回复: 包裹\n",
    "寄件者: Richard Clark <r@x.example>\n寄件日期: 2013年9月25日 下午 01:41\n收件者: Vera <v@x.example>\n主旨: RE: 包裹\n",
    "差出人: Richard Clark <r@x.example>\n送信日時: 2013年9月25日 13:41\n宛先: Vera <v@x.example>\n件名: RE: 荷物\n",
    "보낸 사람: Richard Clark <r@x.example>\n보낸 날짜: 2013년 9월 25일 수요일 오후 1:41\n받는 사람: Vera <v@x.example>\n제목: RE: 소포\n",
    '------------------ 原始邮件 ------------------\n发件人: "Richard Clark"<r@x.example>;\n发送时间: 2013年9月25日(星期三) 下午1:41\n收件人: "Vera"<v@x.example>;\n主题: 包裹\n',
    '----- Original Message -----\nFrom: "Richard Clark" <r@x.example>\nTo: "Vera" <v@x.example>\nSent: Wednesday, September 25, 2013 1:41:00 PM\nSubject: Re: Parcel\n',
    "---------- Original Message ----------\nFrom: Richard Clark <r@x.example>\nTo: v@x.example\nDate: September 25, 2013 at 1:41 PM\nSubject: Re: Parcel\n",
    "-------- Original message --------\nFrom: Richard Clark <r@x.example>\nDate: 25/09/2013 13:41 (GMT+01:00)\nTo: Vera <v@x.example>\nSubject: Re: Parcel\n",
    "-------- Oorspronkelijk bericht --------\nVan: Richard Clark <r@x.example>\nDatum: 25/09/2013 13:41 (GMT+01:00)\nAan: Vera <v@x.example>\nOnderwerp: Re: Pakket\n",
    "-------- Message d'origine --------\nDe : Richard Clark <r@x.example>\nDate : 25/09/2013 13:41 (GMT+01:00)\nÀ : Vera <v@x.example>\nObjet : Re: Colis\n",
    "-------- Mensaje original --------\nDe: Richard Clark <r@x.example>\nFecha: 25/9/13 13:41 (GMT+01:00)\nPara: Vera <v@x.example>\nAsunto: Re: Paquete\n",
    "Sent from Outlook\n________________________________\nFrom: Richard Clark <r@x.example>\nSent: Wednesday, September 25, 2013 1:41 PM\nTo: Vera\nSubject: RE: Parcel\n",
    "From: Richard Clark [mailto:r@x.example] \nSent: Wednesday, September 25, 2013 1:41 PM\nTo: Vera\nCc: Someone Else; Another One\nSubject: RE: Parcel\nImportance: High\n",
    "من: Richard Clark <r@x.example>\nتاريخ الإرسال: 25/سبتمبر/2013 01:41 م\nإلى: Vera <v@x.example>\nالموضوع: RE: طرد\n",
    "Από: Richard Clark <r@x.example>\nΣτάλθηκε: Τετάρτη, 25 Σεπτεμβρίου 2013 1:41 μμ\nΠρος: Vera <v@x.example>\nΘέμα: RE: Δέμα\n",
    "De la: Richard Clark <r@x.example>\nTrimis: miercuri, 25 septembrie 2013 13:41\nCătre: Vera <v@x.example>\nSubiect: RE: Colet\n",
    "จาก: Richard Clark <r@x.example>\nส่ง: วันพุธที่ 25 กันยายน 2013 13:41\nถึง: Vera <v@x.example>\nเรื่อง: RE: พัสดุ\n",
    "Từ: Richard Clark <r@x.example>\nĐã gửi: Thứ Tư, 25 Tháng Chín 2013 1:41 CH\nĐến: Vera <v@x.example>\nChủ đề: RE: Gói hàng\n",
    "Dari: Richard Clark <r@x.example>\nDikirim: Rabu, 25 September 2013 13:41\nKepada: Vera <v@x.example>\nSubjek: RE: Paket\n",
    "От: Richard Clark <r@x.example>\nИзпратено: сряда, 25 септември 2013 г. 13:41\nДо: Vera <v@x.example>\nОтносно: RE: Пратка\n",
    "Od: Richard Clark <r@x.example>\nPoslano: srijeda, 25. rujna 2013. 13:41\nPrima: Vera <v@x.example>\nPredmet: RE: Paket\n",
    "Od: Richard Clark <r@x.example>\nOdoslané: streda 25. septembra 2013 13:41\nKomu: Vera <v@x.example>\nPredmet: RE: Balík\n",
    "Od: Richard Clark <r@x.example>\nPoslano: sreda, 25. september 2013 13:41\nZa: Vera <v@x.example>\nZadeva: RE: Paket\n",
]
SENT_FROM = [
    "Sent from my iPhone",
    "Sent from my Samsung Galaxy smartphone.",
    "Von meinem iPhone gesendet",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Skickat från min iPhone",
    "Sendt fra min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "iPhone'umdan gönderildi",
    "从我的 iPhone 发送",
    "發自我的 iPhone",
    "iPhoneから送信",
    "내 iPhone에서 보냄",
    "Get Outlook for iOS",
    "Get Outlook for Android<https://aka.ms/ghei36>",
    "Holen Sie sich Outlook für iOS",
    "Télécharger Outlook pour Android",
    "Obtener Outlook para iOS",
    "Sent from Yahoo Mail on Android",
    "Sent from Mail for Windows 10",
    "Gesendet von Mail für Windows",
    "Envoyé à partir de Courrier pour Windows",
    "Sent with Proton Mail secure email.",
    "Sent from ProtonMail mobile",
    "Von meinem Samsung Gerät gesendet.",
    "Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.",
    "Enviado desde Outlook",
    "Scarica Outlook per iOS",
    "Outlook voor iOS downloaden",
    "Στάλθηκε από το iPhone μου",
    "Elküldve az iPhone-omról",
    "Trimis de pe iPhone-ul meu",
    "Надіслано з iPhone",
    "נשלח מה-iPhone שלי",
    "أرسلت من الـ iPhone",
    "ส่งจาก iPhone ของฉัน",
    "Đã gửi từ iPhone của tôi",
    "Dikirim dari iPhone saya",
    "Odoslané z iPhonu",
    "Poslano s mog iPhonea",
    "Sent via the Samsung Galaxy S21 5G, an AT&T 5G smartphone",
    "Sent from my T-Mobile 4G LTE Device",
    "Sent from Gmail Mobile",
    "Sent from Mailspring",
    "Sent from Front",
    "Pardon my brevity, sent from my mobile",
    "Please excuse my brevity.",
    "Sent on the go",
    "Enviado do Yahoo Mail no Android",
    "Yahoo Mail: Search, Organize, Conquer",
    "Sent from AOL on Android",
    "Sent using Zoho Mail",
    "Gesendet mit der GMX Mail App",
    "Diese E-Mail wurde von Avast Antivirus-Software auf Viren geprüft.",
]
PAGES = {
    "gmail": '<div dir="ltr">Yes, it is here.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Wed, Sep 25, 2013 at 1:41 PM Richard Clark &lt;<a href="mailto:r@x.example">r@x.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex"><div>Is it here?</div></blockquote></div>',
    "apple": '<html><head></head><body style="word-wrap: break-word;">Yes, it is here.<div><br><blockquote type="cite"><div>On 25 Sep 2013, at 13:41, Richard Clark &lt;r@x.example&gt; wrote:</div><br><div>Is it here?</div></blockquote></div></body></html>',
    "apple2": '<html><body>Yes, it is here.<br><br><div dir="ltr">Von meinem iPhone gesendet</div><div dir="ltr"><br><blockquote type="cite">Am 25.09.2013 um 13:41 schrieb Richard Clark &lt;r@x.example&gt;:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">Is it here?</div></blockquote></body></html>',
    "outlook": '<html xmlns:o="urn"><head><style>p{}</style></head><body lang="DE"><div class="WordSection1"><p class="MsoNormal">Yes, it is here.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>From:</b> Richard Clark &lt;r@x.example&gt; <br><b>Sent:</b> Wednesday, September 25, 2013 1:41 PM<br><b>To:</b> Vera<br><b>Subject:</b> RE: Parcel<o:p></o:p></p></div></div><p class="MsoNormal">Is it here?</p></div></body></html>',
    "owa": '<html><body dir="ltr"><div style="font-family:Calibri">Yes, it is here.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Richard Clark &lt;r@x.example&gt;<br><b>Sent:</b> Wednesday<br><b>To:</b> Vera<br><b>Subject:</b> RE</font></div><div>Is it here?</div></body></html>',
    "thunderbird": '<html><body><p>Yes, it is here.</p><div class="moz-cite-prefix">Am 25.09.13 um 13:41 schrieb Richard Clark:<br></div><blockquote type="cite" cite="mid:x"><p>Is it here?</p></blockquote></body></html>',
    "thunderbird below": '<html><body><div class="moz-cite-prefix">Am 25.09.13 um 13:41 schrieb Richard Clark:<br></div><blockquote type="cite" cite="mid:x"><p>Is it here?</p></blockquote><p>Yes, it is here.</p></body></html>',
    "yahoo": '<html><body><div class="ydp1">Yes, it is here.</div><div><br></div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>On Wednesday, September 25, 2013, 1:41 PM, Richard Clark &lt;r@x.example&gt; wrote:</div><div>Is it here?</div></div></body></html>',
    "gmx": '<html><body><div style="font-family: Verdana"><div>Yes, it is here.</div><div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Mittwoch, 25. September 2013 um 13:41 Uhr<br/><b>Von:</b>&nbsp;&quot;Richard Clark&quot; &lt;r@x.example&gt;<br/><b>An:</b>&nbsp;v@x.example<br/><b>Betreff:</b>&nbsp;Paket</div><div name="quoted-content">Is it here?</div></div></div></body></html>',
    "proton": '<div style="font-family: Arial;">Yes, it is here.</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me">Proton Mail</a> secure email.</div></div><div class="protonmail_quote">On Wednesday, September 25th, 2013 at 13:41, Richard Clark &lt;r@x.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">Is it here?</blockquote></div>',
    "qq": '<div>Yes, it is here.</div><div><br></div><div style="font-size: 12px;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size:12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"Richard"&lt;r@x.example&gt;;</div><div><b>发送时间:</b>&nbsp;2013年9月25日</div><div><b>收件人:</b>&nbsp;"v"&lt;v@x.example&gt;;</div><div><b>主题:</b>&nbsp;x</div></div><div>Is it here?</div>',
    "163": '<div>Yes, it is here.</div><br><br><div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><br><pre><br>在 2013-09-25 13:41:12，"Richard" &lt;r@x.example&gt; 写道：</pre><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex;"><div>Is it here?</div></blockquote>',
    "naver": '<div>Yes, it is here.</div><p>-----Original Message-----<br><b>From:</b> "Richard"&lt;r@x.example&gt; <br><b>To:</b> "v"&lt;v@x.example&gt;; <br><b>Cc:</b> <br><b>Sent:</b> 2013-09-25 (수) 13:41:12 (GMT+09:00)<br><b>Subject:</b> x</p><div>Is it here?</div>',
    "mailru": '<div>Yes, it is here.</div><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Среда, 25 сентября 2013, 13:41 +03:00 от Richard &lt;r@x.example&gt;:<br><div id="">Is it here?</div></blockquote>',
    "yandex": '<div>Yes, it is here.</div><div> </div><div>25.09.2013, 13:41, "Richard" &lt;r@x.example&gt;:</div><blockquote><p>Is it here?</p></blockquote>',
    "zimbra": '<html><body><div>Yes, it is here.</div><div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>"Richard" &lt;r@x.example&gt;<br><b>To: </b>"v" &lt;v@x.example&gt;<br><b>Sent: </b>Wednesday, September 25, 2013 1:41:00 PM<br><b>Subject: </b>x<br></div><div data-marker="__QUOTED_TEXT__">Is it here?</div></body></html>',
    "notes": '<font size=2 face="sans-serif">Yes, it is here.</font><br><br><br><table width=100%><tr><td>From: <td>Richard &lt;r@x.example&gt;<tr><td>To: <td>v@x.example<tr><td>Date: <td>25.09.2013 13:41<tr><td>Subject: <td>Re: x</table><hr noshade><br>Is it here?',
    "samsung": '<html><body><div dir="auto">Yes, it is here.</div><div><br></div><div id="composer_signature" dir="auto"><div style="font-size:12px">Von meinem Galaxy gesendet</div></div><div><br></div><div style="font-size:100%;color:#000000"><!-- originalMessage --><div>-------- Ursprüngliche Nachricht --------</div><div>Von: Richard &lt;r@x.example&gt; </div><div>Datum: 25.09.13  13:41  (GMT+01:00) </div><div>An: v@x.example </div><div>Betreff: Re: x </div><div><br></div></div><div>Is it here?</div></body></html>',
    "outlook ios": '<html><body><div dir="auto">Yes, it is here.</div><div id="ms-outlook-mobile-signature"><div><br></div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> R &lt;r@x.example&gt;<br><b>Sent:</b> W<br><b>To:</b> V<br><b>Subject:</b> x</div>Is it here?</body></html>',
    "front": '<div>Yes, it is here.</div><br><div class="front-signature"></div><br><blockquote type="cite" class="front-blockquote">On September 25, 2013, 1:41 PM GMT+2 <a>r@x.example</a> wrote:<br><div>Is it here?</div></blockquote>',
    "hey": '<div class="trix-content">Yes, it is here.<br><br>On September 25, 2013, Richard &lt;r@x.example&gt; wrote:<blockquote>Is it here?</blockquote></div>',
    "icloud": '<div>Yes, it is here.</div><div><br><blockquote type="cite"><div>25 сент. 2013 г., в 13:41, Richard &lt;r@x.example&gt; написал(а):</div><div>Is it here?</div></blockquote></div>',
    "helpdesk": '<p>Yes, it is here.</p><hr><p style="color:#b5b5b5">##- Please type your reply above this line -##</p><p>Is it here?</p>',
    "plainbr": "Yes, it is here.<br><br>On Wed, 25 Sep 2013 13:41, R &lt;r@x.example&gt; wrote:<br>&gt; Is it here?<br>&gt; Where?<br>",
    "roundcube": '<html><body><p>Yes, it is here.</p><p id="reply-intro">Am 25.09.2013 13:41, schrieb R:</p><blockquote type="cite" style="padding: 0 0.4em"><p>Is it here?</p></blockquote></body></html>',
    "windowsmail": '<html><body><div class=WordSection1><p class=MsoNormal>Yes, it is here.</p><p class=MsoNormal>Sent from <a href="https://go.microsoft.com">Mail</a> for Windows</p><div style="mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal><b>From: </b>R<br><b>Sent: </b>W<br><b>To: </b>V<br><b>Subject: </b>x</p></div><p>Is it here?</p></div></body></html>',
    "gmail sig": '<div dir="ltr">Yes, it is here.<br clear="all"><div><br></div>-- <br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Vera Klein<br>Nordlys</div></div><br><div class="gmail_quote"><div class="gmail_attr">On ... wrote:</div><blockquote class="gmail_quote">Is it here?</blockquote></div>',
    "gmail sig nodash": '<div dir="ltr">Yes, it is here.<div><br></div><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Vera Klein<br>Nordlys</div></div><br><div class="gmail_quote"><div class="gmail_attr">On ... wrote:</div><blockquote class="gmail_quote">Is it here?</blockquote></div>',
    "moz-signature": '<p>Yes, it is here.</p><div class="moz-signature">-- <br>Vera Klein</div>',
    "outlook signature": '<div>Yes, it is here.</div><div id="Signature"><p>Vera Klein</p><p>Nordlys GmbH</p></div><div id="appendonsend"></div><div id="divRplyFwdMsg"><b>From:</b> R<br></div><div>Is it here?</div>',
}


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_what_stands_above_below_or_between_a_quotation_is_new(introduction):
    above = f"Yes, it is here.\n\n{introduction}\n{QUOTED}"
    below = f"{introduction}\n> Is it here?\n> Where?\n\nYes, at the door.\n"
    between = f"{introduction}\n> Is it here?\nYes.\n> Where?\nAt the door.\n"

    assert trim(above).reply == "Yes, it is here."
    assert trim(below).reply == "Yes, at the door."
    assert trim(between).reply == "> Is it here?\nYes.\n> Where?\nAt the door."
    assert trim(f"{introduction}\n{QUOTED}").reply == ""


@pytest.mark.parametrize("header", HEADERS)
def test_what_stands_above_the_header_of_an_older_mail_is_new(header):
    assert trim(f"Yes, it is here.\n\n{header}\nIs it here?\nNadia\n").reply == "Yes, it is here."


@pytest.mark.parametrize("line", SENT_FROM)
def test_what_a_phone_writes_below_is_no_answer(line):
    pieces = trim(f"Yes, it is here.\n\n{line}\n")

    assert (pieces.reply, pieces.signature) == ("Yes, it is here.", line)
    assert trim(f"Yes, it is here.\n\n{line}\n\n{INTRODUCTIONS[0]}\n{QUOTED}").reply == "Yes, it is here."


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_what_is_new_on_a_page_is_found_by_the_marks_of_its_program(page):
    assert is_html(page)
    assert trim_bare(page.encode()).reply == "Yes, it is here."


def test_words_that_only_sound_like_a_quotation_are_new():
    for words in (
        "I wrote to you on 12 May 2026:\nmy parcel is lost.",
        "From: Berlin\nTo: Rome\nDate: 12 May 2026",
        "The parcel was sent from Berlin to Rome by DHL.\n\nSent by DHL on 12 May 2026",
        "No: 4711\nDate: 12 May 2026\nTo: Rome",
        "Is 5 > 4?\nThen 4 < 5.",
    ):
        assert trim(words).reply == words


def test_a_text_that_talks_of_tags_is_no_page():
    assert not is_html("The page shows </div> at its end.\n\nWhat can I do?")
    assert not is_html("Please write to <support@harbour.example>\n<https://harbour.example>")
