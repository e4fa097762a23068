"""Taking times: one client alone, several at once, and the processor's time beside them."""

import statistics
import threading
import time
from collections.abc import Callable, Sequence

from handrail.cli.bench._trial import Trial

WARM_UP = 20
#: Does one thing; given how many it did before.
Deed = Callable[[int], object]


def alone(desk: Trial, deed: Deed, *, times: int) -> dict[str, float]:
    """One client does it again and again."""
    for number in range(WARM_UP):
        deed(number)
    before = desk.cpu_seconds()
    took = [_timed(deed, WARM_UP + number) for number in range(times)]
    return figures(took) | {"cpu_ms": _spent(desk, before, times)}


def together(desk: Trial, deeds: Sequence[Deed], *, times: int) -> dict[str, float]:
    """Several clients do theirs, `times` in all, after a warm-up of all at once."""
    share = WARM_UP + times // len(deeds)
    _at_once(deeds, range(WARM_UP))
    before, began = desk.cpu_seconds(), time.monotonic()
    took = _at_once(deeds, range(WARM_UP, share))
    per_second = round(len(took) / (time.monotonic() - began), 1)
    return {"per_second": per_second, **figures(took), "cpu_ms": _spent(desk, before, len(took))}


def _at_once(deeds: Sequence[Deed], numbers: Sequence[int]) -> list[float]:
    """Each deed by a client of its own; how long each time took, in seconds."""
    took, failed = list[float](), list[Exception]()

    def go_on(deed: Deed) -> None:
        try:
            took.extend(_timed(deed, number) for number in numbers)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=go_on, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return took


def figures(took: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(took)
    return {
        "p50_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
    }


def _timed(deed: Deed, number: int) -> float:
    began = time.perf_counter()
    deed(number)
    return time.perf_counter() - began


def _spent(desk: Trial, before: dict[str, float], times: int) -> float:
    """Milliseconds of processor that the desk's processes and the database took for each."""
    after = desk.cpu_seconds()
    spent = sum(after[name] - before.get(name, 0) for name in after if name != "sender")
    return round(spent / times * 1000, 1)
