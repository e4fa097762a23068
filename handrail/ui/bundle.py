"""The built front end: which hashed files belong to an entry, read from Vite's manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

import structlog
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from markupsafe import Markup

log = structlog.get_logger()

#: Where `npm run build` writes; the same folder is `build/` below STATIC_URL.
BUILD = Path(__file__).parent / "static" / "build"
MAIN = "handrail/ui/assets/main.js"


class Chunk(TypedDict, total=False):
    """One entry of Vite's manifest, as far as we read it."""

    file: str
    css: list[str]
    imports: list[str]


def tags(entry: str = MAIN) -> Markup:
    """The <link> and <script> elements of an entry; nothing but a warning when the front end is not built."""
    return _tags(entry, _edition())


def address(entry: str) -> str:
    """Where a single built file is served, for instance the icon sprite."""
    return _address(entry, _edition())


def _edition() -> float:
    """Zero in production, where the build never changes; while developing, when it was last written."""
    if not settings.DEBUG:
        return 0
    try:
        return (BUILD / "manifest.json").stat().st_mtime
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=32)
def _tags(entry: str, edition: float) -> Markup:
    manifest = _manifest(edition)
    if entry not in manifest:
        log.warning("ui.front_end_not_built", entry=entry, mend="npm run build")
        return Markup("")
    chunk = manifest[entry]
    sheets = ((_served(name),) for name in chunk.get("css", ()))
    preloads = ((_served(manifest[name]["file"]),) for name in chunk.get("imports", ()))
    return Markup(  # noqa: S704  made by format_html
        format_html_join("", '<link rel="stylesheet" href="{}">', sheets)
        + format_html_join("", '<link rel="modulepreload" href="{}">', preloads)
        + format_html('<script type="module" src="{}"></script>', _served(chunk["file"]))
    )


@lru_cache(maxsize=32)
def _address(entry: str, edition: float) -> str:
    chunk = _manifest(edition).get(entry)
    return _served(chunk["file"]) if chunk else _served("missing/" + entry.rsplit("/", 1)[-1])


@lru_cache(maxsize=2)
def _manifest(_edition: float) -> dict[str, Chunk]:
    try:
        manifest: dict[str, Chunk] = json.loads((BUILD / "manifest.json").read_text())
    except FileNotFoundError:
        return {}
    return manifest


def _served(name: str) -> str:
    return static(f"build/{name}")
