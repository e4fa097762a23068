"""A run of tests spends no time in vain: what is there before the first of them is not swept for rubbish."""

import gc

#: Objects made until the next sweep; our pages make many that live as long as the page.
SWEEP_AFTER, OLDER_AFTER, OLDEST_AFTER = 20_000, 20, 50


def pytest_collection_finish() -> None:
    """Modules and collected tests are hundreds of thousands of objects, and none of them ever goes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SWEEP_AFTER, OLDER_AFTER, OLDEST_AFTER)
