"""Icons: one SVG sprite of the Lucide icons we use, and the mark-up that shows one of them."""

from functools import lru_cache

from markupsafe import Markup, escape

from handrail.ui import bundle

SPRITE = "handrail/ui/assets/icons.svg"
#: Icons that show a direction of reading and turn round where people read from right to left.
TURNING = frozenset(
    """
    arrow-left arrow-right chevron-left chevron-right chevrons-left chevrons-right corner-down-left
    corner-up-left corner-up-right external-link forward indent list list-todo log-in log-out move-right
    panel-left panel-right redo reply reply-all send send-horizontal text undo undo-2
    """.split()  # noqa: SIM905  a list of words reads best as words
)


def icon(name: str, label: str = "") -> Markup:
    """An icon by its Lucide name. Without a label it is decoration and hidden from screen readers.

    The build collects the names it finds in templates and code; names that are computed stand in an
    `icons.txt` of their room.
    """
    return _drawn(name, label, bundle.address(SPRITE))


@lru_cache(maxsize=2_000)
def _drawn(name: str, label: str, sprite: str) -> Markup:
    turn = " icon--turns" if name in TURNING else ""
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(  # noqa: S704  every part is escaped or ours
        f'<svg class="icon{turn}" {meaning}><use href="{escape(sprite)}#{escape(name)}"/></svg>'
    )
