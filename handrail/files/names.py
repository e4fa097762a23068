"""File names that are safe to store, show and send, whatever somebody called the file."""

import re
import unicodedata

LONGEST = 200
_NEVER = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def clean_name(name: str) -> str:
    """The name without folders, control, direction and zero-width characters; "file" when nothing is left.

    Normalised first, then cleaned, so that look-alike characters cannot bring back what was removed.
    """
    plain = unicodedata.normalize("NFKC", name.encode("utf-8", "replace").decode("utf-8"))
    base = re.split(r"[/\\]", plain)[-1]
    base = _NEVER.sub("", base).strip(" .")
    stem, dot, ending = base.rpartition(".")
    base = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) < 20 else base[:LONGEST]
    if base.split(".")[0].lower() in _RESERVED:
        base = f"_{base}"
    return base or "file"
