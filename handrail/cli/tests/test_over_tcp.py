"""Any PostgreSQL will do: what leans on it most works over TCP, on a server that somebody else started."""

import subprocess
import sys

import pytest

from handrail.kit.settings import CHECKOUT

pytestmark = pytest.mark.running

LEANING = ["handrail/events", "handrail/files", "handrail/kit/tests/test_jobs.py"]
#: Reads files in processes of its own, which no database sees.
NOT_LEANING = "--ignore=handrail/files/tests/test_documents.py"


def test_facts_jobs_and_files_work_over_tcp():
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", NOT_LEANING, *LEANING]
    finished = subprocess.run(
        [sys.executable, "bin/over-tcp", *tests], cwd=CHECKOUT, capture_output=True, text=True, timeout=300
    )

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert " passed" in finished.stdout
