"""A page that is driven by keys alone, and whose focus must always be somewhere that can be seen."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

#: What has the focus: its words and whether a ring, a shadow or a line tells so, on it or right around it.
FOCUS = """() => {
    const one = document.activeElement
    if (!one || one === document.body) return { name: "nothing", seen: false }
    const rings = (each) => [null, "::before"].some((part) => shows(getComputedStyle(each, part), each, part))
    const shows = (style, each, part) => {
        const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        if (each === one && style.backgroundImage !== "none" && !part) return true
        return ring || (style.boxShadow !== "none" && each.matches(":focus, :focus-within"))
    }
    const parent = one.parentElement
    const around = [one, parent, parent?.parentElement, one.closest(".composer")].filter(Boolean)
    const by = (one.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id))
    const named = by.map((each) => each?.textContent || "").join(" ").trim()
    const label = named || one.getAttribute("aria-label") || one.labels?.[0]?.innerText
    const words = label || one.innerText || one.id || one.name || ""
    const seen = around.some(rings) && one.getBoundingClientRect().width > 0
    return { name: words.trim().slice(0, 60), seen, tag: one.localName }
}"""
#: No page of ours has more stops than this.
MOST_STOPS = 200


class Keys:
    """One page that is driven by keys; after each step somebody must know where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def say(self, words: str) -> None:
        self.page.keyboard.type(words)

    def focus(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(FOCUS)
        return found

    def expects_a_focus(self) -> None:
        """It is somewhere, and can be seen."""
        expect(self.page.locator(":focus")).to_have_count(1)
        self._seen(self.focus())

    def expects_focus_on(self, one: Locator) -> None:
        expect(one).to_be_focused()
        self._seen(self.focus())

    def command(self, words: str) -> None:
        """Something done by the command bar."""
        self.press("Control+k")
        expect(self.page.locator("#command-bar")).to_be_visible()
        self.say(words)
        chosen = self.page.locator("#command-bar .command[aria-selected=true]")
        expect(chosen).to_contain_text(re.compile(re.escape(words), re.IGNORECASE))
        self.press("Enter")
        expect(self.page.locator("#command-bar")).to_be_hidden()

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Step by step, as people do; every step on the way must be seen."""
        for _step in range(MOST_STOPS):
            self.press("Shift+Tab" if back else "Tab")
            found = self.focus()
            if found["name"] == "nothing":
                continue
            self._seen(found)
            if name in found["name"]:
                return
        raise AssertionError(f"{name} cannot be reached by Tab")

    def _seen(self, found: dict[str, Any]) -> None:
        assert found["seen"], f"the focus on “{found['name']}” ({found['tag']}) cannot be seen"
