"""Settings from the environment: typed, checked, explained."""

import os
from pathlib import Path

import pytest

from handrail.kit.environment import BadSetting
from handrail.kit.settings import Environment


def test_nothing_needs_to_be_set(tmp_path):
    environment = Environment.read({"HANDRAIL_HOME": str(tmp_path)})

    for setting in Environment.declared():
        getattr(environment, setting.name)
    assert environment.DATABASE_URL == ""
    assert environment.HANDRAIL_PORT == 8000
    assert environment.HANDRAIL_BASE_URL == "http://127.0.0.1:8000"


def test_what_is_set_is_read_in_its_type():
    environment = Environment.read(
        {
            "HANDRAIL_PORT": " 8110 ",
            "HANDRAIL_HOME": "~/desk",
            "HANDRAIL_ALLOWED_HOSTS": "desk.example, help.example",
            "HANDRAIL_BASE_URL": "https://desk.example/",
            "HANDRAIL_DEBUG": "on",
        }
    )

    assert environment.HANDRAIL_PORT == 8110
    assert Path.home() / "desk" == environment.HANDRAIL_HOME
    assert environment.HANDRAIL_ALLOWED_HOSTS == ("desk.example", "help.example")
    assert environment.HANDRAIL_BASE_URL == "https://desk.example"
    assert environment.HANDRAIL_DEBUG is True


def test_the_base_url_follows_the_port():
    assert Environment.read({"HANDRAIL_PORT": "8110"}).HANDRAIL_BASE_URL == "http://127.0.0.1:8110"


def test_an_empty_setting_is_as_good_as_none():
    assert Environment.read({"HANDRAIL_PORT": ""}).HANDRAIL_PORT == 8000


@pytest.mark.parametrize("written", ["http", "0", "70000", "-1", "80.5", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused_with_what_to_write(written):
    with pytest.raises(BadSetting) as refusal:
        Environment.read({"HANDRAIL_PORT": written})

    advice = "write a whole number from 1 to 65535 (or leave it out for 8000)."
    assert str(refusal.value) == f"HANDRAIL_PORT is “{written}”: {advice}"


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("HANDRAIL_DEBUG", "write yes or no (or leave it out for no)."),
        ("HANDRAIL_LOG_LEVEL", "write one of debug, info, warning, error (or leave it out for info)."),
    ],
)
def test_a_word_that_is_no_choice_is_refused_with_the_choices(name, advice):
    with pytest.raises(BadSetting) as refusal:
        Environment.read({name: "perhaps"})

    assert str(refusal.value) == f"{name} is “perhaps”: {advice}"


def test_a_secret_is_never_repeated():
    with pytest.raises(BadSetting) as refusal:
        Environment.read({"DATABASE_URL": "mysql://nadia:harbour-secret@db"})

    assert str(refusal.value) == (
        "DATABASE_URL cannot be used: write an address that starts with postgresql:// or postgres://."
    )


def test_the_secret_key_is_made_once_and_kept_for_the_owner_alone(tmp_path):
    first = Environment.read({"HANDRAIL_HOME": str(tmp_path / "home")}).HANDRAIL_SECRET_KEY
    second = Environment.read({"HANDRAIL_HOME": str(tmp_path / "home")}).HANDRAIL_SECRET_KEY

    assert first == second
    assert len(first) >= 50
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret.key"]
    assert (tmp_path / "home" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_home_that_cannot_be_used_is_said_with_the_way_out(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(BadSetting, match=r"cannot be kept in .* set HANDRAIL_HOME to a folder of yours"):
        _ = Environment.read({"HANDRAIL_HOME": str(tmp_path / "file")}).HANDRAIL_SECRET_KEY


def test_this_run_uses_a_home_of_its_own():
    assert Path(os.environ["HANDRAIL_TEST_HOME"]) == Environment.read().HANDRAIL_HOME
