"""Tell how mails are read: who wrote, what is new in it, its files, and what was wrong with it.

Each FILE holds one mail as it came. With --json one JSON object is printed for each file, in their order. A
file that cannot be read is told as an object with its name and its problems, and the code at the end is 1.
"""

import argparse
import json
import logging.config
from pathlib import Path
from typing import Any

from handrail.kit.logging import logging_settings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="a mail as it came (.eml)")
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object on each line")
    parser.add_argument(
        "--all",
        action="store_true",
        help="tell also whom a forwarded mail is from, of invitations, reports and signatures",
    )


def run(options: argparse.Namespace) -> int:
    logging.config.dictConfig(logging_settings(level="critical"))  # what is printed is the answer alone
    code = 0
    for file in options.files:
        found = told_of(file, whole=options.all)
        code = code or int("file" in found)
        print(json.dumps(found, ensure_ascii=False) if options.json else in_words(found))
    return code


def told_of(file: Path, *, whole: bool) -> dict[str, Any]:
    """What is told of the mail in this file; with `file` in it when there is no mail to tell of."""
    from handrail.channels import Unreadable  # slow import
    from handrail.channels.email import telling
    from handrail.channels.email.limits import MAIL_BYTES
    from handrail.channels.email.reading import reader

    try:
        with file.open("rb") as opened:
            mail = reader.opened(opened.read(MAIL_BYTES + 1)).mail
    except OSError as error:
        return telling.untold(str(file), "file-unreadable", error.strerror or str(error))
    except Unreadable as refusal:
        return telling.untold(str(file), refusal.reason, refusal.words)
    return telling.told(mail) | (telling.more_told(mail) if whole else {})


def in_words(found: dict[str, Any]) -> str:
    """The same for people: a line for each thing there is, then the text that is new."""
    if "file" in found:
        return f"{found['file']}: {found['error']}\n"
    lines = [
        f"{name + ':':<13}{_words(value)}" for name, value in found.items() if value and name not in TEXTS
    ]
    lines += [f"{name}:\n{_indented(found[name])}" for name in TEXTS if found[name] and name != "text"]
    return "\n".join(lines) + "\n"


TEXTS = ("text", "reply", "quoted", "signature")


def _words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value))
    if isinstance(value, dict) and {"name", "address"} <= value.keys():
        return f"{value['name']} <{value['address']}>".strip()
    if isinstance(value, dict) and "sha256" in value:
        return f"{value['name']} ({value['type']}, {value['bytes']} bytes)"
    if isinstance(value, dict):
        return "; ".join(f"{key} {_words(each)}" for key, each in value.items() if each)
    return str(value)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
