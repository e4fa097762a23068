"""Live updates carry addresses, not content: the browser asks again under its own rights.

`touch` says, inside a transaction, which panel of which topic changed. A topic is "kind:key", for instance
"ticket:0190…" or "team:0190…". Rooms above declare who may watch a kind of topic in `gates`.
"""

import json
from collections.abc import Iterable, Mapping

from handrail.kit.prepared import ask

CHANNEL = "handrail_live"


def touch(topic: str, panel: str, **address: str | int) -> None:
    """Tell the browsers that watch `topic`, after the commit, that `panel` should be fetched again."""
    touch_all([(topic, panel)], **address)


def touch_all(panels: Iterable[tuple[str, str]], **address: str | int) -> None:
    """The same for several (topic, panel) pairs with one address, in one statement."""
    touch_each((topic, panel, address) for topic, panel in panels)


def touch_each(panels: Iterable[tuple[str, str, Mapping[str, str | int]]]) -> None:
    """The same for panels that each have an address of their own."""
    messages = [json.dumps({"topic": topic, "panel": panel, **address}) for topic, panel, address in panels]
    ask("SELECT pg_notify(%s, message) FROM unnest(%s::text[]) message", [CHANNEL, messages])
