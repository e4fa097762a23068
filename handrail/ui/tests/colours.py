"""Colours as CSS writes them, turned into contrast as WCAG 2.2 measures it."""

import re
from math import cos, radians, sin
from pathlib import Path
from typing import NamedTuple

TOKENS = Path(__file__).parents[1] / "assets" / "css" / "tokens.css"
OKLCH = re.compile(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)")
PAIR = re.compile(r"--([\w-]+): light-dark\((oklch\([^)/]*\)), (oklch\([^)/]*\))\);")
SINGLE = re.compile(r"--([\w-]+): (oklch\([\d.%\s]+\));")


class Theme(NamedTuple):
    """The luminance of each colour token in one theme."""

    name: str
    luminances: dict[str, float]

    def contrast(self, ink: str, ground: str) -> float:
        lighter, darker = sorted((self.luminances[ink], self.luminances[ground]), reverse=True)
        return (lighter + 0.05) / (darker + 0.05)


def themes() -> tuple[Theme, Theme]:
    text = TOKENS.read_text()
    alike = {name: luminance(colour) for name, colour in SINGLE.findall(text)}
    pairs = PAIR.findall(text)
    light = {name: luminance(colour) for name, colour, _ in pairs} | alike
    dark = {name: luminance(colour) for name, _, colour in pairs} | alike
    return Theme("light", light), Theme("dark", dark)


def luminance(colour: str) -> float:
    """Relative luminance (0 to 1) of an oklch() colour, cut to sRGB. Source: CSS Color 4, WCAG 2.2."""
    found = OKLCH.fullmatch(colour)
    assert found, f"not a plain oklch colour: {colour}"
    red, green, blue = (min(1.0, max(0.0, part)) for part in linear_srgb(*map(float, found.groups())))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear_srgb(lightness_percent: float, chroma: float, hue_degrees: float) -> tuple[float, float, float]:
    light, a, b = (
        lightness_percent / 100,
        chroma * cos(radians(hue_degrees)),
        chroma * sin(radians(hue_degrees)),
    )
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
