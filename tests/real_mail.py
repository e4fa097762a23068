"""Real mails that other people wrote, found beside the project; a stranger's machine may lack them."""

import os
import tarfile
from pathlib import Path

import pytest

DATA = Path(os.environ.get("HANDRAIL_TEST_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def need(folder: str) -> Path:
    """The folder of that data set; where it is absent the test is skipped, and the end of the run says so."""
    found = DATA / folder
    if not found.exists():
        pytest.skip(f"NOT TESTED ON REAL MAILS: {found} is absent; set HANDRAIL_TEST_DATA to its folder")
    return found


def zammad_mails() -> list[bytes]:
    """59 odd mails that another help desk collected."""
    return [path.read_bytes() for path in sorted((need("mail_zammad") / "messages").glob("*.box"))]


def ham(count: int) -> list[bytes]:
    """So many honest mails from public lists and newsletters, in the order of their names."""
    with tarfile.open(need("spam_mail") / "messages.tar.gz") as archive:
        members = sorted(
            (each for each in archive if each.isfile() and each.name.startswith("ham/")),
            key=lambda each: each.name,
        )
        step = max(1, len(members) // count)
        chosen = members[::step][:count]
        return [file.read() for each in chosen if (file := archive.extractfile(each))]
