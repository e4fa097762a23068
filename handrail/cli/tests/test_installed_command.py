"""The command that `bin/environment` puts into the environment, as a person types it."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.prefix) / "bin" / "handrail"
needs_it = pytest.mark.skipif(not COMMAND.exists(), reason="handrail runs here without `bin/environment`")


@needs_it
def test_the_installed_command_runs() -> None:
    asked = subprocess.run([COMMAND, "--help"], check=False, capture_output=True, text=True)
    assert asked.returncode == 0
    assert "bench" in asked.stdout


@needs_it
def test_a_process_that_the_command_starts_does_not_run_the_command_again() -> None:
    # Spawned processes read the main file anew under another name: without its guard they would never end.
    runpy.run_path(str(COMMAND), run_name="__mp_main__")
