"""Words in PDF files. Scanned pages hold none."""

from typing import IO

from pypdf import PdfReader

from handrail.files.documents import limits
from handrail.files.documents.refusal import Unreadable


def words_of(file: IO[bytes]) -> str:
    """The words of the pages, one after the other. Raises Unreadable, and whatever else it may."""
    reader = PdfReader(file, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("encrypted")
    found: list[str] = []
    letters = 0
    for page in reader.pages[: limits.PAGES]:
        found.append(page.extract_text())
        letters += len(found[-1])
        if letters >= limits.LETTERS:
            break
    return "\n".join(found)[: limits.LETTERS]
