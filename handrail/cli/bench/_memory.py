"""What the processes of a trial hold while mail goes through them: PSS, so that shared pages count once."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from handrail.cli.bench._trial import Trial

#: Memory is read so often while the mails go through; what grows after the first fifth is growth.
STEPS, WARM_STEPS = 10, 2


@dataclass
class Memory:
    """Readings in megabytes, each with the number of mails finished until then."""

    readings: list[dict[str, float]] = field(default_factory=list)

    def read(self, desk: Trial, *, mails: int) -> None:
        """Also told on the side, for whoever waits."""
        held = {name: held_by(process.pid) for name, process in desk.processes.items()}
        held["database"] = database_of(desk)
        told = {"mails": float(mails), **held, "in_all": sum(held.values())}
        self.readings.append({name: round(value, 1) for name, value in told.items()})
        print("  " + ", ".join(f"{name} {value:,.0f}" for name, value in told.items()), file=sys.stderr)

    def figures(self) -> dict[str, object]:
        first, last = self.readings[min(WARM_STEPS, len(self.readings) - 1)], self.readings[-1]
        mails = max(last["mails"] - first["mails"], 1)
        growth = {name: round(last[name] - first[name], 1) for name in last if name != "mails"}
        ours = growth["in_all"] - growth["database"]  # which fills its cache up to shared_buffers
        return {
            "megabytes_over_time": self.readings,
            "growth_after_a_fifth_mb": growth,
            "growth_bytes_a_mail_without_database": round(ours * 2**20 / mails, 1),
        }


def held_by(pid: int) -> float:
    """Megabytes of a process with its children; 0 for one that has ended or runs elsewhere."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return 0.0
    return _pss(pid) + sum(held_by(int(child)) for children in lists for child in children.split())


def database_of(desk: Trial) -> float:
    """Of the server's processes that work for this trial, and of those that work for all."""
    with psycopg.connect(desk.url) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() OR datname IS NULL"
        ).fetchall()
        return sum(_pss(pid) for (pid,) in rows)


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
