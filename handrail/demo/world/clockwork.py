"""A heap of things to come: the soonest happens first, in the order they were planned when at once."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any


class Clockwork:
    """Plans and runs what happens; times in seconds since 1970."""

    def __init__(self, *, ends_at: int) -> None:
        self.ends_at = ends_at
        self._heap: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._count = 0

    def plan(self, at: float, act: Callable[..., None], *args: Any) -> None:
        """Let `act(at, *args)` happen then; what would be after the end never happens."""
        if at <= self.ends_at:
            self._count += 1
            heappush(self._heap, (int(at), self._count, act, args))

    def step(self) -> bool:
        """Let the next thing happen; False when nothing is left."""
        if not self._heap:
            return False
        at, _, act, args = heappop(self._heap)
        act(at, *args)
        return True
