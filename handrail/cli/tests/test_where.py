"""`handrail where`: from an address to the files behind it."""

from pathlib import Path

import pytest

from handrail.cli import where
from handrail.cli._complaint import Complaint
from handrail.cli.where import ROOT


@pytest.fixture
def room(tmp_path):
    """A room in the shape of the house."""
    for name, text in {
        "apps.py": "",
        "views/closure.py": 'answer("tickets/closure/_panel.html")',
        "templates/tickets/closure/_panel.html": "",
        "templates/tickets/closure/_form.html": "",
        "tests/test_closure.py": "",
        "tests/test_snooze.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_templates_and_tests_are_found_by_the_name_of_the_resource(room):
    view = room / "views" / "closure.py"

    found = [path.name for path in where.templates_of(view)]
    assert found == ["_form.html", "_panel.html"]
    assert where.tests_of(view) == [room / "tests" / "test_closure.py"]


def test_tests_with_another_name_are_found_by_what_they_mention(room):
    (room / "tests" / "test_closure.py").rename(room / "tests" / "test_ending.py")
    (room / "tests" / "test_ending.py").write_text("def test_a_closure_needs_a_reason(): ...")

    assert where.tests_of(room / "views" / "closure.py") == [room / "tests" / "test_ending.py"]


def test_an_address_that_nobody_answers_is_said():
    with pytest.raises(Complaint, match="No view answers /nowhere/at/all"):
        where.resolved("/nowhere/at/all")


def test_places_are_named_from_the_root_of_the_checkout():
    assert where.place(ROOT / "handrail" / "urls.py") == Path("handrail/urls.py")
