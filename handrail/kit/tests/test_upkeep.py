"""Each chore is done once a day by each process, and again when it failed."""

from datetime import UTC, datetime, timedelta

import pytest

from handrail.kit import upkeep

NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _only_the_chores_of_the_test(monkeypatch):
    monkeypatch.setattr(upkeep, "_chores", [])
    monkeypatch.setattr(upkeep, "_often", {})


def test_a_chore_of_every_minute_is_done_after_a_minute():
    done: list[datetime] = []

    @upkeep.every(timedelta(minutes=1))
    def dust(at: datetime) -> None:
        done.append(at)

    for seconds in (0, 10, 60, 70):
        upkeep.do_what_is_due(at=NINE + timedelta(seconds=seconds))

    assert done == [NINE, NINE + timedelta(minutes=1)]


def test_a_chore_is_done_once_a_day():
    done: list[datetime] = []

    @upkeep.daily
    def sweep(at: datetime) -> None:
        done.append(at)

    for hours in (0, 1, 24):
        upkeep.do_what_is_due(at=NINE + timedelta(hours=hours))

    assert done == [NINE, NINE + timedelta(days=1)]


def test_a_chore_that_failed_is_done_at_the_next_call():
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
