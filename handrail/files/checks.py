"""What `handrail doctor` asks about files: whether the bytes that records speak of are there, unchanged."""

import hashlib
import secrets
from collections.abc import Iterable
from math import inf

from handrail.files import storing
from handrail.files.models import StoredFile
from handrail.kit import checks
from handrail.kit.checks import Finding, check

#: So many of the newest are looked at, and as many from a place that differs each time.
SAMPLE = 300
#: With large files fewer are: so many bytes are read.
SAMPLE_BYTES = 500 * 1024 * 1024
_BLOCK = 1024 * 1024


def every_file_is_whole() -> Finding:
    return _finding(StoredFile.objects.order_by("id").iterator(chunk_size=2000))


@check("files", needs_database=True, deeply=every_file_is_whole)
def files_are_whole() -> Finding:
    newest = StoredFile.objects.order_by("-id")[:SAMPLE]
    others = StoredFile.objects.filter(sha256__gte=secrets.token_hex(2)).order_by("sha256")[:SAMPLE]
    return _finding([*newest, *others], at_most=SAMPLE_BYTES)


def _finding(files: Iterable[StoredFile], *, at_most: float = inf) -> Finding:
    looked_at, read, wrong = 0, 0, list[str]()
    for file in files:
        if read > at_most:
            break
        looked_at, read = looked_at + 1, read + file.bytes
        checks.tell(f"{looked_at:,} files read, {read / 2**30:,.1f} GB")
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
