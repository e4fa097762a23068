"""Inline style, reduced to looks that can neither fetch, nor move over other things, nor escape."""

import re
from functools import lru_cache

_SIDES = ("", "-top", "-right", "-bottom", "-left")
_BORDER = [f"border{side}{part}" for side in _SIDES for part in ("", "-color", "-style", "-width")]
PROPERTIES = frozenset(
    [f"{box}{side}" for box in ("margin", "padding") for side in _SIDES]
    + _BORDER
    + ["border-collapse", "border-radius", "border-spacing"]
    + ["color", "background-color", "font", "font-family", "font-size", "font-style", "font-variant"]
    + ["font-weight", "line-height", "letter-spacing", "word-spacing"]
    + ["text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space"]
    + ["word-break", "word-wrap", "overflow-wrap", "direction", "list-style-type"]
    + ["width", "min-width", "max-width", "height", "min-height", "max-height", "display", "float", "clear"]
    + ["table-layout", "caption-side", "empty-cells"]
)
_DISPLAYS = frozenset(
    {
        "none",
        "inline",
        "block",
        "inline-block",
        "list-item",
        "table",
        "table-row",
        "table-cell",
        "inline-table",
    }
)
_MAY_BE_NEGATIVE = frozenset({"letter-spacing", "word-spacing", "vertical-align"})

# Words, numbers, colours and font names. No backslash, colon, brace, angle, at-sign: nothing can be smuggled.
_VALUE = re.compile(r"[\w#%.,\-+/ ]{1,200}", re.ASCII)
_FONTS = re.compile(r"(?:[\w#%.,\-+/ ]|'[\w .\-]*'){1,300}")
_IMPORTANT = re.compile(r"(?i)!\s*important\s*$")
_COLOUR_FUNCTION = re.compile(r"(?i)(?:rgb|hsl)a?\([\d\s%.,/]{1,40}\)")
_NEGATIVE = re.compile(r"-\s*[\d.]")
_COLOUR = re.compile(r"(?i)#[0-9a-f]{3,8}|[a-z]{3,25}")


@lru_cache(maxsize=4096)
def safe_style(style: str) -> str:
    """The declarations that may stay, in one canonical form: `color:red;margin:0`; "" when none may."""
    if len(style) > 4_000:
        return ""
    kept: dict[str, str] = {}
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name = _renamed(name.strip().lower(), value)
        value = safe_value(name, value.strip()) if colon and name in PROPERTIES else ""
        if value:
            kept[name] = value
    return ";".join(f"{name}:{value}" for name, value in kept.items())


def _renamed(name: str, value: str) -> str:
    """`background` may stay when all it says is a colour."""
    plain = name == "background" and (_COLOUR.fullmatch(value.strip()) or _is_colour_function(value.strip()))
    return "background-color" if plain else name


def safe_value(name: str, value: str) -> str:
    """The value in one line when this property may have it, else ""."""
    value = _IMPORTANT.sub("", " ".join(value.split())).strip()
    if name == "display":
        return value.lower() if value.lower() in _DISPLAYS else ""
    if name in ("font", "font-family"):
        value = value.replace('"', "'")
        return value if _FONTS.fullmatch(value) else ""
    if name not in _MAY_BE_NEGATIVE and _NEGATIVE.search(value):
        return ""
    return value if _VALUE.fullmatch(_COLOUR_FUNCTION.sub("x", value)) else ""


def _is_colour_function(value: str) -> bool:
    return bool(_COLOUR_FUNCTION.fullmatch(value))
