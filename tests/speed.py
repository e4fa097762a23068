"""A run of tests spends no time in vain: neither waiting all at once, nor sweeping what stays anyway."""

import gc
from collections.abc import Iterator

import pytest

#: Objects made until the next sweep; our pages make many that live as long as the page.
SWEEP_AFTER, OLDER_AFTER, OLDEST_AFTER = 20_000, 20, 50


def pytest_collection_finish() -> None:
    """Modules and collected tests are hundreds of thousands of objects, and none of them ever goes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SWEEP_AFTER, OLDER_AFTER, OLDEST_AFTER)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Tests that wait for whole desks come among the first half of the others, one module here and there.

    They are the longest and leave a core idle: several at once, or one at the end, would waste it.
    """
    yield
    waiting = {item: item.path for item in items if waits(item)}
    modules = list(dict.fromkeys(waiting.values()))
    others = [item for item in items if item not in waiting]
    gap = len(others) // 2 // (len(modules) or 1)
    for number, module in reversed(list(enumerate(modules))):
        place = between_modules(others, number * gap)
        others[place:place] = [item for item, path in waiting.items() if path == module]
    items[:] = others


def waits(item: pytest.Item) -> bool:
    """Whether it waits for processes of its own; what writes to this run's database stays in its place."""
    fixtures = set(getattr(item, "fixturenames", []))
    return bool(item.get_closest_marker("running")) and not {"db", "transactional_db"} & fixtures


def between_modules(items: list[pytest.Item], place: int) -> int:
    """The next place where one module ends: what its tests share is made once."""
    while 0 < place < len(items) and items[place].path == items[place - 1].path:
        place += 1
    return place
