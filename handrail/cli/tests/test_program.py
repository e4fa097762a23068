"""The command line itself: its help, its codes, its one sentence for what fails."""

import os
import subprocess
import sys


def handrail(*arguments, **settings):
    surroundings = os.environ | {name: str(value) for name, value in settings.items()}
    command = [sys.executable, "-m", "handrail", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=surroundings)


def test_help_lists_every_command_with_one_line():
    finished = handrail("--help")

    assert finished.returncode == 0
    for command in (
        "backup",
        "demo",
        "doctor",
        "live",
        "migrate",
        "restore",
        "settings",
        "sign-in",
        "smtp",
        "up",
    ):
        assert f"\n    {command} " in finished.stdout
    assert "prepare" not in finished.stdout


def test_without_a_command_it_says_how_to_ask():
    finished = handrail()

    assert finished.returncode == 2
    assert finished.stdout.startswith("usage: handrail")


def test_an_unknown_command_is_a_wrong_question():
    finished = handrail("dance")

    assert finished.returncode == 2
    assert "invalid choice: 'dance'" in finished.stderr


def test_a_bad_setting_is_one_sentence_and_a_wrong_question():
    finished = handrail("settings", HANDRAIL_PORT="http")

    assert finished.returncode == 2
    advice = "write a whole number from 1 to 65535 (or leave it out for 8000)."
    assert finished.stderr == f"handrail: HANDRAIL_PORT is “http”: {advice}\n"


def test_what_cannot_be_done_is_one_sentence(tmp_path):
    finished = handrail("restore", str(tmp_path / "missing.tar"))

    assert finished.returncode == 1
    assert finished.stderr == f"handrail: There is no file {tmp_path / 'missing.tar'}.\n"


def test_a_reader_that_has_seen_enough_is_no_error():
    command = [sys.executable, "-m", "handrail", "settings"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as telling:
        assert telling.stdout is not None
        assert telling.stderr is not None
        telling.stdout.close()

        assert telling.stderr.read() == b""
