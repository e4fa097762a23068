"""What the machine is that the figures were measured on."""

import os
import platform
from pathlib import Path

import handrail


def machine() -> dict[str, str | int | float]:
    return {
        "handrail": handrail.__version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "processor": _said("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int(_said("/proc/meminfo", "MemTotal").split()[0] or 0) / 1024 / 1024, 1),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _said(file: str, name: str) -> str:
    """What a line `name: …` of such a file says; "0" when it has none."""
    for line in Path(file).read_text().splitlines():
        key, _, said = line.partition(":")
        if key.strip() == name:
            return said.strip()
    return "0"
