"""Words by which mail programs of many languages start a quotation, a forwarded mail, or a mobile signature.

Each pattern is matched against one line or a few joined ones, never more than `LINE_CHARS` long, and none
repeats within a repeat: the time for a line has a bound, whatever stands in it.
"""
# ruff: noqa: E501 - lists of words read better in long lines, and Chinese signs count double.

import re

LINE_CHARS = 500


def _one_of(*words: str) -> str:
    return "|".join(words)


# "wrote", as it stands before or after a name and a date.
WROTE = re.compile(
    r"(?i)(?<!\w)(?:"
    + _one_of(
        r"wrote|writes|schrieb(?:en)?|geschrieben|a\s[ée]crit|[ée]crivait|escribi[oó]|ha escrit|va escriure",
        r"escribiu|escreveu|ha scritto|scrive(?:va)?|schreef|geschreven|skrev|skreiv|skrifa[ðd]i|kirjoitti",
        r"napisa[lł](?:\(a\)|a|/a)?|pisze|napsala?(?:\(a\))?|nap[ií]sala?(?:\(a\))?|napisao(?:/la)?",
        r"написала?(?:\(а\))?|пише(?:т|ш)?|писала?|написав|έγραψε|yazd[ıi]|[ií]rta|a scris|rakst[iī]ja",
        r"para[sš][eė]|ra[sš][eė]|kirjutas|menulis|đã viết|viết|написа|napisao je|napisala je|je napisal[ao]?|zapisal[ao]?",
    )
    + r")(?!\w)|写道|寫道|来信|撰寫|さんは書きました|さんからのメール|のメール|書きました|작성|썼습니다|쓰셨습니다|"
    r"เขียน(?:ว่า)?|כתב|كتب"
)
# "Tom Berg wrote:", which counts only right above a quotation: no date tells it from a story.
NAME_WROTE = re.compile(
    r"^\s*(?!(?i:i|we|he|she|they|it|you|then|and|er|sie|es|dann|und|il|elle|on)\b)[^\W\d_][^\d:@<>]{1,60}[:：]\s*$"
)
SUPERCITE = re.compile(r"^>{5} \"[^\"]{1,80}\" == .{1,200} writes:$")
# German, Dutch and the Nordic languages put the name behind the verb when the date comes first.
VERB_BEFORE_NAME = re.compile(r"(?i)schrieb|schreef|skrev|skreiv|skrifa|rakst|kirjutas")
REST_BEHIND_WROTE = re.compile(
    r"(?i)^(?:(?:on|at|am|um|le|el|op|den|em|il|dne|dnia|w dniu|o|v|kl|klo|the following|in message|in news|"
    r"in article|folgendes|das folgende|het volgende|ce qui suit|lo siguiente|o seguinte|quanto segue|"
    r"f[öo]ljande|f[øo]lgende|n[áa]sleduj[íi]c[íi]|nast[ęe]puj[ąa]co|следующее|\(id[őo]pont)\b.{0,120}"
    r"|[(,\d].{0,120})$"
)
# "I wrote to you on 12 May:" is no quotation.
OUR_OWN_WORDS = re.compile(
    r"(?i)\b(?:(?:i|we|ich|wir|yo|io|ik|jag|jeg|nous|nosotros|noi|wij|vi)\s+(?:have |had |already |just |also )?"
    r"|j['’])[\w ]{1,20}$"
)
# Words a line starts with that tells date and name. They count only with a digit in the line.
LEAD = re.compile(
    r"(?i)^[\s>*_\-–—\"'(]*(?:"
    + _one_of(
        r"on|am|le|el|il|em|op|den|dne|dnia|w dniu|dňa|na|la|a|vào|pada|kl|în|no dia|o|the|在|於|于",
        r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)[a-z]{0,8}[.,]?",
        r"(?:man|tir|tis|ons|tor|fre|lør|lör|søn|sön|ma|ti|ke|to|pe|la|su|pon|wt|śr|czw|pt|sob|ndz)[a-z]{0,8}[.,]?",
        r"(?:po|út|st|čt|pá|ne|пн|вт|ср|чт|пт|сб|вс)[а-я]{0,8}[.,]?|\d{1,4}[.\-/ 年년]|\d{1,2}\.? [^\W\d_]{3,12}",
    )
    + r")(?=[\s,.\d年년月]|$)"
)
DATE_LIKE = re.compile(
    r"\d{1,2}:\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{4}[./\-年년]\s?\d{1,2}|\d{1,2}月\d{1,2}"
)
MAIL_LIKE = re.compile(r"[^\s@<>()\[\]:;,\"]{1,100}@[\w\-]{1,60}(?:\.[\w\-]{1,60})+|(?<!\w)via [A-Z]")
DATE_FIRST = re.compile(
    r"^\s*(?:\d{4}[/\-.年]\s?\d{1,2}[/\-.月]\s?\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}).*<[^<>\s]+@[^<>\s]+>:?\s*$"
)
ENDS_OPEN = re.compile(r"[:：]\s*[*_]*\s*$|-{2,}\s*$")
# A name with its address and a colon, as programs write that leave the verb out.
ENDS_NAMED = re.compile(r"@[^\s<>]{1,200}[>)\]]\s*(?:[\[(][^\[\]()]{6,40}[\])]\s*)?[:：]\s*$")
NOUN_FIRST = re.compile(
    r"(?i)^[\s>*_]*(?:quoting|zitat von|citando|citation de|citaat van|missatge de|message from|nachricht von|"
    r"mensaje de|mensagem de|messaggio di) .{1,300}[:：]\s*$"
)

_ORIGINAL = _one_of(
    r"original (?:message|e?-?mail|appointment)|forwarded (?:message|by)|reply message",
    r"urspr(?:ü|ue)ngliche (?:nachricht|e-?mail)|original-?nachricht|weitergeleitete nachricht",
    r"message (?:d.origine|original|initial|transf[ée]r[ée])|courriel original",
    r"mensaje (?:original|reenviado)|missatge (?:original|reenviat)|mensagem (?:original|encaminhada)",
    r"messaggio (?:originale|inoltrato|di origine)|(?:oorspronkelijk|origineel|doorgestuurd) bericht",
    r"ursprungligt meddelande|ursprungsmeddelande|originalmeddelande|vidarebefordrat meddelande",
    r"(?:oprindelig|videresendt) (?:meddelelse|besked|melding)|(?:opprinnelig|original) melding",
    r"alkuper[äa]inen viesti|v[äa]litetty viesti|oryginalna wiadomo[śs][ćc]",
    r"wiadomo[śs][ćc] (?:oryginalna|pierwotna|przekazana)|p[ůu]vodn[íi] (?:zpr[áa]va|e-?mail)",
    r"p[ôo]vodn[áa] spr[áa]va|p[řr]eposlan[áa] zpr[áa]va|(?:eredeti|tov[áa]bb[íi]tott) [üu]zenet",
    r"(?:исходное|пересылаемое|пересланное|оригинальное) (?:сообщение|письмо)",
    r"(?:original|[öo]zg[üu]n) ileti|iletilen mesaj|mesaj(?:ul)? (?:original|ini[țt]ial)",
    r"(?:αρχικό|προωθημένο) μήνυμα",
)
_ORIGINAL_EAST = (
    "原始邮件|原始郵件|原邮件|转发邮件|轉寄郵件|轉寄的郵件|转发的邮件|元のメッセージ|オリジナルメッセージ|転送メッセージ|"
    "원본 메시지|원본 이메일|전달된 메시지|الرسالة الأصلية|הודעה מקורית"
)
ORIGINAL = re.compile(
    rf"(?i)^[\s>|]*+[-_=*]{{2,}}+\s*+(?:(?:{_ORIGINAL})\b.{{0,80}}|(?:{_ORIGINAL_EAST}).{{0,60}}"
    r"|Original\s*[-_=*]{4,}|[^\s\-_=*][^\-_=]{2,60}(?:mail|nachricht)\s*[-_=*]{4,})\s*$"
)
FORWARDED = re.compile(
    r"(?i)^[\s>*\-]*(?:"
    + _one_of(
        r"begin forwarded (?:message|text|mail)|anfang der weitergeleiteten (?:e-mail|nachricht)|weitergeleitete nachricht",
        r"d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|inicio del mensaje reenviado",
        r"in[íi]cio da mensagem (?:reencaminhada|encaminhada)|inizio messaggio inoltrato",
        r"begin doorgestuurd bericht|vidarebefordrat brev|b[öo]rjan p[åa] vidarebefordrat (?:brev|meddelande)",
        r"start p[åa] videresendt (?:meddelelse|besked)|videresendt melding|v[äa]litetty viesti alkaa",
        r"pocz[ąa]tek przekazywanej wiadomo[śs]ci|za[čc][áa]tek p[řr]eposlan[ée] zpr[áa]vy",
        r"начало переадресованного (?:сообщения|письма)|下面是被转发的邮件|以下是转发的邮件|轉寄的訊息",
        r"転送されたメッセージ",
    )
    + r")\s*[:：]?\s*$"
)
# One of these stands in every line that `REPLY_ABOVE` finds; looking for them first is quicker.
ABOVE_WORDS = ("above", "oberhalb", "dessus", "encima", "acima", "boven")
REPLY_ABOVE = re.compile(
    r"(?i)(?:reply|write|respond|type)[^.]{0,20} above (?:this|the) line|oberhalb dieser (?:linie|zeile)|"
    r"r[ée]pondre au[- ]dessus de cette ligne|responda? (?:por )?(?:encima|acima) d[ea]|boven deze (?:regel|lijn)"
)

# The first word of a header line of a quoted mail, by what it says.
_LABELS = {
    "from": "from|von|de|expéditeur|da|van|från|fra|lähettäjä|od|nadawca|от|от кого|від|saatja|nuo|siuntėjas|จาก|từ|dari|pengirim|feladó|kimden|gönderen|"
    "発信者|差出人|送信者|发件人|寄件者|寄件人|보낸 사람|보낸사람|από|de la|expeditor|remitente|remetente|mittente|"
    "afzender|avsändare|afsender|avsender|מאת|من",
    "date": "date|sent|sent at|gesendet|gesendet am|datum|envoyé|envoyé le|le|enviado|enviado el|enviada|"
    "enviada em|enviado em|fecha|data|inviato|verzonden|verzonden op|skickat|skickat den|sendt|dato|lähetetty|"
    "päivämäärä|päiväys|wysłano|data wysłania|odesláno|odoslané|dátum|дата|отправлено|надіслано|küldve|elküldve|"
    "gönderildi|tarih|日時|送信日時|日付|发送时间|发送日期|日期|寄件日期|傳送時間|보낸 날짜|날짜|ημερομηνία|στάλθηκε|"
    "trimis|נשלח|تاريخ|تاريخ الإرسال|التاريخ|تم الإرسال|תאריך|ส่ง|วันที่|ส่งเมื่อ|đã gửi|ngày|dikirim|tanggal|изпратено|poslano|poslato|saadetud|kuupäev|nosūtīts|datums|išsiųsta|data ir laikas",
    "to": "to|an|à|pour|destinataire|para|a|per|aan|till|til|vastaanottaja|do|komu|кому|címzett|kime|alıcı|宛先|"
    "收件人|收件者|받는 사람|받는사람|προς|către|destinatario|destinatário|ontvanger|mottagare|modtager|mottaker|"
    "אל|إلى|ถึง|đến|tới|kepada|до|prima|za|kellele|kam|gavėjas|เรียน",
    "cc": "cc|kopie|copie|copia|cópia|kopia|kopi|kópia|kopio|dw|копия|másolat|bilgi|抄送|副本|참조|ccn|bcc|cci|κοιν|สำเนา|העתק|نسخة|tembusan|kópia|копія|копие",
    "subject": "subject|betreff|betr|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|"
    "predmet|тема|tárgy|konu|件名|主题|主旨|標題|제목|θέμα|subiect|assumpte|נושא|الموضوع|เรื่อง|chủ đề|subjek|perihal|относно|zadeva|naslov|teema|tēma|tema",
    "other": "message-id|reply-to|reply to|antwort an|antworten an|répondre à|responder a|rispondi a|beantwoorden - aan|"
    "svar till|svar til|organization|importance|priorité|priorität|wichtigkeit|attachments|anlagen|"
    "pièces jointes|anhang",
}
LABELS = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
HEADER_LINE = re.compile(
    r"^[\s>*|_•·]*(?P<label>[^\W\d_][\w\- \u0300-\u036f\u0900-\u097f\u0e31-\u0e4e]{0,24}?)\s?[*_]*\s?[:：][*_]*(?P<value>.*)$"
)

# What phones and apps write under a mail; tried on short lines, and cut only at the end.
_SENT_BY = _one_of(
    r"sent (?:from|via|with|by|using)|envoy[ée] (?:de|du|depuis|avec|à partir|via)",
    r"gesendet (?:von|vom|mit|aus|über|via)|enviad[oa] (?:desde|de|do|da|a partir|con|com|pelo|por|via)",
    r"enviat (?:des|amb)|inviat[oa] (?:da|dal|con|tramite)|(?:verzonden|verstuurd) (?:met|vanaf|vanuit|van|via|door)",
    r"skickat (?:från|med)|sendt (?:fra|med|via)|l[äa]hetetty|wys[łl]an[eoya] z|odesl[áa]no z|odoslan[ée] z",
    r"отправлено (?:из|с|от)|надіслано з|изпратено (?:от|с)|(?:el)?k[üu]ldve|trimis (?:de|din|cu)|στάλθηκε",
    r"posla(?:n|t)o (?:s|sa|z|iz)|đã gửi từ|gửi từ|dikirim dari|išsiųsta iš|nosūtīts no|saadetud|נשלח מ\S{0,2}|أُ?رسلت من|تم الإرسال من|ส่งจาก",
)
_MY = r"my|mon|mein\w*|mi|meu|mio|mijn|min|mitt|minulta|moj\w*|m[ée]ho|моего|мого|το"
_DEVICES = _one_of(
    r"iphon\w*|ipad\w*|ipod\w*|android\w*|blackberry|galaxy|samsung|huawei|honor|xiaomi|redmi|pixel|oneplus|htc|nokia",
    r"lumia|sony|xperia|motorola|lg|alcatel|phone|smartphone|telefon\w*|t[ée]l[ée]phone|tel[ée]fono|celular",
    r"m[óo]vil|mobil\w*|handy|cell|device|appareil|dispositivo|tablet|outlook|k-9|airmail|mailbox|windows|yahoo",
    r"gmail|gmx|web\.de|proton\w*|mail|e-?mail|app|workspace|spark|thunderbird|aquamail|bluemail|телефона|почты",
    r"mailspring|missive|superhuman|shortwave|fastmail|zoho|aol|tuta\w*|posteo|edison|mailbird|t-mobile|verizon|front",
)
_MESSAGE = r"nachricht|e-?mail|mail|message|courriel|bericht|mensaje|mensagem|messaggio"
MOBILE = re.compile(
    rf"(?i)^[\s<(\[*_>]*(?:(?:{_SENT_BY})\b.{{0,60}}?(?<!\w)(?:{_MY}|{_DEVICES})(?!\w)"
    r"|(?:\w+ ){0,4}\[?outlook\b.{0,20}\b(?:ios|android)"
    r"|(?:.{0,40}\b(?:and|und|et|y|e) )?(?:please )?(?:excuse|pardon|forgive) (?:my|the|any) (?:brevity|typos|spelling|short)\b.{0,80}$"
    r"|(?:bitte )?entschuldigen sie (?:die k[üu]rze|tippfehler)\b.{0,60}$"
    r"|virus-?free\. |.{0,80}\b(?:avast|avg|kaspersky|mcafee|eset)\b.{0,60}\b(?:virus\w*|viren)\b"
    r"|yahoo mail: .{3,60}$|sent (?:on the go|on the move|while mobile)\W*$"
    r"|(?:von|vom) (?:mein\w*|unterwegs|einem)\b.{0,60}(?:gesendet|geschickt|verschickt)\W*$"
    rf"|(?:diese|cette|ce|dit|este|esta|questo) (?:{_MESSAGE})\b.{{0,60}}(?<!\w)(?:{_DEVICES})(?!\w).{{0,60}}$"
    r"|this (?:e-?mail|message) (?:was |has been )?sent (?:from|with|using|via) (?:my|an?|the) "
    rf"|(?:\w+ )?(?:from|via|by) (?:my |a |the )?(?:{_DEVICES})(?: \w+){{0,2}}\W*$"
    r"|從我的.{1,40}傳送|从我的.{1,40}发(?:送|出)|[发發]自我的.{1,40}|.{1,30}から送信|내 .{1,30}에서 보냄"
    r"|.{1,40}['’]?[dt][ae]n gönderildi)"
)
GREETING = re.compile(
    r"(?i)^\s*(?:"
    + _one_of(
        r"hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?",
        r"sehr geehrte|moin|servus|grüezi|bonjour|salut|bonsoir|cher|chère|hola|buenos|buenas|estimad[oa]",
        r"querid[oa]|ol[áa]|bom dia|boa tarde|caro|cara|ciao|buongiorno|salve|gentile|beste|geachte|goedendag",
        r"goedemorgen|dag|hej|hei|god dag|kära|terve|cześć|dzień dobry|witam|dobrý den|ahoj|здравствуйте|привет",
        r"добрый день|您好|你好|こんにちは|안녕하세요",
    )
    + r")\b.{0,60}$"
)
