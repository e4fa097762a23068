"""The doctor asks every question, goes on after a failure, and mends only what cannot do harm."""

import argparse
import json

import pytest
from django.db import connection

from handrail.cli import doctor
from handrail.events import checks as timeline
from handrail.kit import checks
from handrail.kit.checks import Check, Finding

FINE = Finding(said="all is well")
BAD = Finding(said="it is broken", means="Nobody can work.", mend="Mend it.")


@pytest.fixture
def asked(monkeypatch):
    """Only these questions: `asked(Check(…), …)`."""
    monkeypatch.setattr(doctor, "prepare_django", lambda: None)
    monkeypatch.setattr(doctor, "find_the_rooms_questions", lambda: None)

    def only(*questions, **options):
        monkeypatch.setattr(checks, "registered", lambda: list(questions))
        chosen = {"json": True, "deep": False, "mend": False, "faults": False} | options
        return doctor.run(argparse.Namespace(**chosen))

    return only


def test_it_says_what_is_wrong_what_that_means_and_how_to_mend_it(asked, capsys):
    assert asked(Check(name="lamp", ask=lambda: BAD), json=False) == 1

    assert capsys.readouterr().out.splitlines() == [
        "PROBLEM  lamp        it is broken",
        "                     Nobody can work.",
        "                     → Mend it.",
    ]


def test_for_programs_it_is_one_list(asked, capsys):
    assert asked(Check(name="lamp", ask=lambda: FINE)) == 0

    entry = {"check": "lamp", "ok": True, "said": "all is well", "means": "", "mend": ""}
    (told,) = json.loads(capsys.readouterr().out)
    assert told.pop("seconds") >= 0
    assert told == entry


def test_a_question_that_fails_stops_no_other(asked, capsys):
    def fail() -> Finding:
        raise ValueError("no lamp")

    assert asked(Check(name="lamp", ask=fail), Check(name="rope", ask=lambda: FINE)) == 1

    assert [entry["ok"] for entry in json.loads(capsys.readouterr().out)] == [False, True]


def test_deeply_it_asks_about_everything(asked, capsys):
    lamp = Check(name="lamp", ask=lambda: FINE, deeply=lambda: BAD)

    assert asked(lamp) == 0
    assert asked(lamp, deep=True) == 1


def test_it_mends_only_when_told_to_and_asks_again(asked):
    lit: list[bool] = []
    lamp = Check(name="lamp", ask=lambda: FINE if lit else BAD, heal=lambda: lit.append(True))

    assert asked(lamp) == 1
    assert lit == []
    assert asked(lamp, mend=True) == 0


def test_R_075_the_months_of_the_timeline_are_made_ahead(db):
    assert not timeline.facts_have_their_months().is_fine

    timeline.make_the_months()

    assert timeline.facts_have_their_months().is_fine


def test_R_075_a_question_that_would_hold_up_a_busy_desk_is_broken_off(
    asked, capsys, transactional_db, monkeypatch
):
    monkeypatch.setattr(doctor, "LONGEST_QUESTION_SECONDS", 1)

    def sleep() -> Finding:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
        return FINE

    assert asked(Check(name="lamp", ask=sleep, needs_database=True)) == 1

    (told,) = json.loads(capsys.readouterr().out)
    assert told["said"].startswith("could not be asked: canceling statement due to statement timeout")
    assert told["seconds"] < 30
    doctor.bound_the_question(0)


def test_how_far_a_long_question_has_come_is_told_apart_from_the_answers(asked, capsys, monkeypatch):
    monkeypatch.setattr(doctor, "TELL_EVERY_SECONDS", 0)

    def count() -> Finding:
        checks.tell("1,000 lamps looked at")
        return FINE

    assert asked(Check(name="lamp", ask=count)) == 0

    told = capsys.readouterr()
    assert told.err == "  1,000 lamps looked at …\n"
    assert len(json.loads(told.out)) == 1
