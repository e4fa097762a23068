"""Names of people, made short."""

from functools import lru_cache


@lru_cache(maxsize=10_000)
def initials(name: str | None) -> str:
    """One or two letters for a face: of the first and last word; of an address, what stands before the @."""
    words = [
        word
        for word in (name or "").split("@")[0].replace(".", " ").replace("_", " ").split()
        if word[0].isalnum()
    ]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
