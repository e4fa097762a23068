"""What every page is looked at for besides colours and names: its commands, and targets for a finger."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

#: A finger needs so many pixels in height (WCAG 2.5.5), and so many in width for what is that high (2.5.8).
HIGH, WIDE = 44, 24
#: What may be lower, and why.
MAY_BE_LOWER = {
    ".visually-hidden, .skip": "only heard, or seen once the keyboard is there",
    ".message__body, .prose, .prose--plain": "words of others, and sentences: links are as high as a line",
}
#: What is no command of its own, and why.
NO_COMMANDS = {
    "dialog *": "asked by something that is a command",
    ".rail a": "a place, which has its command by its address",
    "[popover] :not(.menu__item, [role^=menuitem], .menu__item *)": "filled in where its opener leads",
    "[role=option]": "a proposal for what is being typed",
}
_HERE = Path(__file__).parent
_TOO_SMALL = (_HERE / "too_small.js").read_text()
_NOT_IN_THE_BAR = (_HERE / "not_in_the_bar.js").read_text()


def not_in_the_command_bar(page: Page) -> Iterator[str]:
    """Each thing on the page that does something and has no entry there; closes the bar again."""
    bar = page.locator("#command-bar")
    if not bar.count():
        return
    page.keyboard.press("Control+k")
    expect(bar).to_be_visible()
    found = page.evaluate(_NOT_IN_THE_BAR, {"exempt": ", ".join(NO_COMMANDS)})
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    yield from (f"not in the command bar: {each}" for each in found)


def too_small_for_a_finger(page: Page) -> Iterator[str]:
    """Each thing that is pressed and whose place for a finger is too low or too narrow."""
    given = {"high": HIGH, "wide": WIDE, "exempt": ", ".join(MAY_BE_LOWER)}
    yield from (f"small for a finger: {each}" for each in page.evaluate(_TOO_SMALL, given))
