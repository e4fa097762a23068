"""Each chore is done once a day by each process, and again when it failed."""

from datetime import UTC, datetime, timedelta

import pytest

from handrail.kit import upkeep

NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def test_a_chore_is_done_once_a_day(monkeypatch):
    monkeypatch.setattr(upkeep, "_chores", [])
    done: list[datetime] = []

    @upkeep.daily
    def sweep(at: datetime) -> None:
        done.append(at)

    for hours in (0, 1, 24):
        upkeep.do_what_is_due(at=NINE + timedelta(hours=hours))

    assert done == [NINE, NINE + timedelta(days=1)]


def test_a_chore_that_failed_is_done_at_the_next_call(monkeypatch):
    monkeypatch.setattr(upkeep, "_chores", [])
    tries: list[datetime] = []

    @upkeep.daily
    def sweep(at: datetime) -> None:
        tries.append(at)
        if len(tries) == 1:
            raise OSError("the broom broke")

    with pytest.raises(OSError, match="broom"):
        upkeep.do_what_is_due(at=NINE)
    upkeep.do_what_is_due(at=NINE)
    upkeep.do_what_is_due(at=NINE)

    assert tries == [NINE, NINE]
