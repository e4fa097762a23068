"""Rights as boxes to tick, under the heading of their room."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from handrail.accounts import rights
from handrail.accounts.rights import Words


@dataclass(frozen=True, kw_only=True)
class Box:
    """One right. is_ticked: it is held already, or was ticked just now."""

    name: str
    words: Words
    is_ticked: bool


@dataclass(frozen=True, kw_only=True)
class BoxGroup:
    """The rights of one room."""

    heading: Words
    boxes: list[Box]


def boxes(*, ticked: Collection[str], offered: Callable[[str], bool] = lambda _name: True) -> list[BoxGroup]:
    """Every right that is offered, room by room; rooms without one are left out."""
    groups = [
        BoxGroup(
            heading=group.heading,
            boxes=[
                Box(name=name, words=words, is_ticked=name in ticked)
                for name, words in group.rights
                if offered(name)
            ],
        )
        for group in rights.groups()
    ]
    return [group for group in groups if group.boxes]
