"""Collections of real mail with what people expect of them, and how far our reading agrees."""

import json
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handrail.cli._complaint import Complaint

#: Where an expectation is what another program does, and ours is meant otherwise.
HOUSE_CHOICES = {
    "mail018": "UTF-7 is read; the collection leaves it as it came",
    "mail035": "an address in quotation marks is still that address",
    "mail046": "a Chinese name in raw bytes is read as Chinese, not as Polish",
    "mail060": "UTF-8 and Latin-1 in one text are both read, not all of it as Latin-2",
    "mail105": "a multipart whose parts are missing is shown as it stands, not as empty",
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """A mail, and what the collection expects of it."""

    name: str
    raw: bytes
    wanted: dict[str, Any]


def folder(data: Path, name: str) -> Path:
    found = data / name
    if not found.is_dir():
        raise Complaint(f"{found} is absent: name the folder of the collections with --data.")
    return found


def known_mails(data: Path) -> list[Known]:
    """Odd mails that another help desk collected, with what its parser makes of them."""
    place = folder(data, "mail_zammad")
    wanted = json.loads((place / "expected.json").read_text(encoding="utf-8"))
    return [
        Known(name=name, raw=(place / "messages" / f"{name}.box").read_bytes(), wanted=wanted[name])
        for name in sorted(wanted)
    ]


def replies(data: Path) -> Iterator[tuple[str, bytes, str]]:
    """Name, body and what is new in it."""
    place = folder(data, "mail_reply_trim")
    for path in sorted((place / "emails").glob("*.txt")):
        yield path.stem, path.read_bytes(), (place / "trimmed" / path.name).read_text(encoding="utf-8")


def archive(data: Path) -> list[tuple[str, bytes]]:
    """Names and mails, honest ones and spam, in the order of their names."""
    with tarfile.open(folder(data, "spam_mail") / "messages.tar.gz") as found:
        mails = [(each.name, file.read()) for each in found if (file := found.extractfile(each))]
    return sorted(mails)


def expected_threads(data: Path) -> list[list[str]]:
    found = json.loads((folder(data, "spam_mail") / "expected_threads.json").read_text(encoding="utf-8"))
    return list(found["threads"])


#: Each takes what `handrail mail read` tells and what is expected.
Agrees = Callable[[dict[str, Any], dict[str, Any]], bool]


def _recall(told: dict[str, Any], html: str, wanted: dict[str, Any]) -> float:
    """How many of the expected words are there; a tag may part two words for them that are one for us."""
    if wanted["body_words"] == "no visible content":
        return float(not told["text"].strip())
    expected = _words(wanted["body_words"])
    forms = (told["text"], re.sub(r"<[^>]*>", " ", html))
    return max((_words(form) & expected).total() for form in forms) / max(1, expected.total())


def body_is_there(told: dict[str, Any], html: str, wanted: dict[str, Any]) -> bool:
    return _recall(told, html, wanted) >= 0.9


def files_found(told: dict[str, Any], wanted: dict[str, Any]) -> tuple[int, int]:
    """How many of the expected files are there, and how many are expected."""
    hashes = Counter(file["md5"] for file in wanted["attachments"] if not file["is_html_body_copy"])
    return (hashes & Counter(each["md5"] for each in told["attachments"])).total(), hashes.total()


AGREE: dict[str, Agrees] = {
    "from_address": lambda told, wanted: told["from"]["address"] == wanted["from_email"],
    "from_name": lambda told, wanted: told["from"]["name"] == wanted["from_display_name"],
    "to": lambda told, wanted: (
        sorted(each["address"].lower() for each in told["to"]) == _addresses(wanted.get("to") or "")
    ),
    "subject": lambda told, wanted: collapsed(told["subject"]) == collapsed(wanted.get("subject") or ""),
    "body_type": lambda told, wanted: told["body_type"] == wanted["content_type"],
}


def collapsed(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _addresses(text: str) -> list[str]:
    unquoted = re.sub(r'"[^"]*"', "", text)
    return sorted(each.lower() for each in re.findall(r"[^\s<>,\"'()]+@[^\s<>,\"'()]+", unquoted))
