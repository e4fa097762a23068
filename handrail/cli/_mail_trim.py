"""Cut bare mail bodies into what is new, what is quoted, and the signature.

Each FILE holds one body, plain or html as its content tells. With --json one JSON object is printed for each
file, in their order; a file that cannot be read is told by its name and its problems, and the code is 1.
"""

import argparse
import json
from pathlib import Path
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="a body, plain text or html")
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object on each line")


def run(options: argparse.Namespace) -> int:
    code = 0
    for file in options.files:
        found = told_of(file)
        code = code or int("file" in found)
        print(json.dumps(found, ensure_ascii=False) if options.json else in_words(found))
    return code


def told_of(file: Path) -> dict[str, Any]:
    from handrail.channels.email.bare import trim_bare  # slow import
    from handrail.channels.email.limits import HTML_BYTES

    try:
        with file.open("rb") as opened:
            pieces = trim_bare(opened.read(HTML_BYTES))
    except OSError as error:
        empty = {"reply": "", "quoted": "", "signature": ""}
        return {"file": str(file), "error": error.strerror, **empty, "problems": ["file-unreadable"]}
    return {"reply": pieces.reply, "quoted": pieces.quoted, "signature": pieces.signature}


def in_words(found: dict[str, Any]) -> str:
    if "file" in found:
        return f"{found['file']}: {found['error']}\n"
    return "".join(f"{name}:\n{text}\n\n" for name, text in found.items() if text)
