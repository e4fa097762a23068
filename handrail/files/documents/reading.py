"""Asking the reading process for the words of a document; whatever that does to it, this side goes on."""

import os
import subprocess
import sys
from pathlib import Path

import handrail
from handrail.files.documents import limits
from handrail.files.documents.refusal import Unreadable

CHILD = "handrail.files.documents.child"


def read(path: Path) -> str:
    """The words of the document in this file. Raises Unreadable; OSError when nothing starts."""
    root = str(Path(handrail.__file__).parents[1])
    with path.open("rb") as content:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, our own module
                [sys.executable, "-m", CHILD],
                stdin=content,
                capture_output=True,
                check=False,
                timeout=limits.SECONDS,
                env={"PYTHONPATH": root, "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
                cwd=root,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("took-too-long") from None
    if done.returncode < 0:
        raise Unreadable("kills-reader")
    if done.returncode:
        raise Unreadable(done.stderr.decode(errors="replace")[-60:] or "unknown")
    return done.stdout.decode("utf-8", "replace").replace("\x00", "")[: limits.LETTERS]
