"""A run of tests spends no time in vain: neither waiting all at once, nor sweeping what stays anyway."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import setting_changed
from django.test.client import ClientHandler
from psycopg._preparing import PrepareManager

#: Objects made until the next sweep; our pages make many that live as long as the page.
SWEEP_AFTER, OLDER_AFTER, OLDEST_AFTER = 20_000, 20, 50


#: What a handler of requests keeps of its middleware.
CHAIN = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


@pytest.fixture(autouse=True, scope="session")
def _clients_share_their_middleware() -> Iterator[None]:
    """As all requests to a server do; else each of thousands of clients looks through all static files."""
    load, kept = ClientHandler.load_middleware, dict[str, Any]()

    def load_once(handler: ClientHandler, is_async: bool = False) -> None:
        if not kept:
            load(handler, is_async)
            kept.update({name: getattr(handler, name) for name in CHAIN})
        vars(handler).update(kept)

    def forget(**_which: Any) -> None:
        kept.clear()

    setting_changed.connect(forget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load_once)
        yield
    setting_changed.disconnect(forget)


@pytest.fixture(autouse=True, scope="session")
def _statements_stay_prepared() -> Iterator[None]:
    """As at a desk, where most transactions end well; else each test has all its reads planned anew.

    psycopg forgets them when something is taken back, since tables might have been made in it.
    """
    forgets = PrepareManager._should_discard

    def forgets_otherwise(manager: PrepareManager, prep: Any, results: Any) -> bool:
        is_taken_back = any(each.command_status == b"ROLLBACK" for each in results)
        return not is_taken_back and forgets(manager, prep, results)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PrepareManager, "_should_discard", forgets_otherwise)
        yield


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
