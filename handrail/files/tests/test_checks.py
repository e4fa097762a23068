"""R-075: the doctor finds files that are missing or changed."""

import pytest

from handrail.files import checks, storing
from tests.cast import NINE


@pytest.fixture
def kept(db):
    return storing.store(name="label.pdf", content=b"%PDF-1.4 label", at=NINE)


@pytest.mark.parametrize("ask", [checks.files_are_whole, checks.every_file_is_whole])
def test_R_075_files_as_they_came_are_fine(kept, ask):
    assert ask().is_fine


@pytest.mark.parametrize("ask", [checks.files_are_whole, checks.every_file_is_whole])
def test_R_075_a_changed_file_is_found_and_a_missing_one_too(kept, ask):
    path = storing.path_of(kept.sha256)

    path.write_bytes(b"%PDF-1.4 lobel")
    assert "label.pdf is changed" in ask().said
    path.unlink()
    assert "label.pdf is missing" in ask().said
