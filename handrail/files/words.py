"""The words of stored documents, read once for the same bytes, for whoever searches."""

from collections.abc import Collection, Iterable
from datetime import datetime

import structlog
from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.files.documents.reading import read
from handrail.files.documents.refusal import Unreadable
from handrail.files.models import DocumentText, StoredFile, path_of

log = structlog.get_logger()
#: What holds words that have to be read out, by the end of its name; the bytes decide how.
ENDINGS = (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")


def is_document(stored: StoredFile) -> bool:
    """Whether it looks as if it held words that have to be read out."""
    return stored.name.lower().endswith(ENDINGS) or stored.type == "application/pdf"


def unread() -> "QuerySet[StoredFile]":
    """Documents whose words nobody has read yet; without those that nobody gets any more."""
    looks = Q(type="application/pdf")
    for ending in ENDINGS:
        looks |= Q(name__iendswith=ending)
    known = DocumentText.objects.filter(sha256=OuterRef("sha256"))
    return StoredFile.objects.filter(looks, ~Exists(known)).exclude(scan=StoredFile.Scan.INFECTED)


def known_words(files: Iterable[StoredFile]) -> dict[str, str]:
    """What was read of these documents already, by their hash; those that nobody read yet are missing."""
    digests = {each.sha256 for each in files if is_document(each)}
    if not digests:
        return {}
    return dict(DocumentText.objects.filter(sha256__in=digests).values_list("sha256", "text"))


def read_words(files: Collection[StoredFile], *, at: datetime) -> bool:
    """Read those that nobody read yet; whether there were any. Why one cannot be read stands in the log."""
    known = known_words(files)
    new = {each.sha256: each for each in files if is_document(each) and each.sha256 not in known}
    for stored in new.values():
        text, trouble = _read(stored)
        DocumentText.objects.get_or_create(
            sha256=stored.sha256, defaults={"text": text, "trouble": trouble, "at": at}
        )
    return bool(new)


def _read(stored: StoredFile) -> tuple[str, str]:
    path = path_of(stored.sha256)
    if stored.is_kept_away or not path.exists():
        return "", "kept-away" if stored.is_kept_away else "missing"
    try:
        return read(path), ""
    except Unreadable as refusal:
        log.info("files.unreadable", file=str(stored.pk), why=refusal.args[0])
        return "", str(refusal.args[0])[:60]
