"""What `handrail doctor` asks about files: whether the bytes that records speak of are there, unchanged."""

import hashlib
import secrets
from collections.abc import Iterable

from handrail.files import storing
from handrail.files.models import StoredFile
from handrail.kit.checks import Finding, check

#: So many of the newest are looked at, and as many from a place that differs each time.
SAMPLE = 300
_BLOCK = 1024 * 1024


def every_file_is_whole() -> Finding:
    return _finding(StoredFile.objects.order_by("id").iterator(chunk_size=2000))


@check("files", needs_database=True, deeply=every_file_is_whole)
def files_are_whole() -> Finding:
    newest = StoredFile.objects.order_by("-id")[:SAMPLE]
    others = StoredFile.objects.filter(sha256__gte=secrets.token_hex(2)).order_by("sha256")[:SAMPLE]
    return _finding([*newest, *others])


def _finding(files: Iterable[StoredFile]) -> Finding:
    looked_at, wrong = 0, list[str]()
    for file in files:
        looked_at += 1
        if what := _wrong(file):
            wrong.append(f"{file.name} is {what} ({file.sha256[:12]})")
    if wrong:
        return Finding(
            said=f"{len(wrong)} of {looked_at} files: {', '.join(wrong[:3])}",
            means="People cannot open these attachments, or get something else than was sent.",
            mend="Copy HANDRAIL_HOME/files of a backup over it: files are named by their hash.",
        )
    return Finding(said=f"{looked_at} looked at, all there and unchanged")


def _wrong(file: StoredFile) -> str:
    """ "missing", "changed", or nothing."""
    path, digest = storing.path_of(file.sha256), hashlib.sha256()
    try:
        with path.open("rb") as content:
            while block := content.read(_BLOCK):
                digest.update(block)
    except OSError:
        return "missing"
    return "" if digest.hexdigest() == file.sha256 else "changed"
