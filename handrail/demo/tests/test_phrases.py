"""Every phrase file is complete: each slot has a filler, and no language falls back to English words."""

import re
from collections import defaultdict

import pytest

from handrail.demo.world.facts import LASTING, MOMENTARY
from handrail.demo.world.grammar import slots_of
from handrail.demo.world.library import COMMON, FOLDER, book, languages, script, topics_in
from handrail.demo.world.topics import TOPICS

#: Facts that the letters, the desk and the facts themselves put in.
GIVEN = {
    *("agent", "agent_signature", "agent_mr", "agent_family", "team_name", "colleague"),
    *("to_team", "to_agent", "owner", "question", "reanswer", "promise"),
    *("day_number", "month_name", "currency", "whole", "cents", "window_start", "window_end"),
}
FILLED = {*LASTING, *MOMENTARY, *GIVEN}
#: What a mail is built like may be English anywhere; these sections hold no words.
SHAPES = ("mail.", "reply.", "sign", "more2", "agent_sign", "question", "reanswer")
NEEDED = ("subject", "ask", "terse", "more", "fix", "probe", "answer", "note", "again", "fix2", "holding")
ALL = [(language, topic) for language in languages() for topic in sorted(topics_in(language))]
FOREIGN = [(language, topic) for language, topic in ALL if language != "en"]


def _plain(name: str) -> str:
    return name.lstrip("+").partition("@")[0]


def _slots_by_section(language: str, topic: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    section = ""
    for line in (FOLDER / language / f"{topic}.txt").read_text(encoding="utf-8").splitlines():
        if opened := re.fullmatch(r"\[(.+)\]", line):
            section = _plain(opened[1])
            found[section]
        elif line and not line.startswith(("#", "== ")):
            found[section] |= slots_of(line)
    return found


def _names(language: str, topic: str) -> set[str]:
    scenarios = script(language, topic).scenarios or {"": {}}
    rules = {name for scenario in scenarios for name in book(language, topic, scenario).rules}
    return {_plain(name).lstrip("=") for name in rules}


@pytest.mark.parametrize(("language", "topic"), ALL)
def test_every_slot_has_a_filler(language, topic):
    names = _names(language, topic) | FILLED
    slots = set().union(*_slots_by_section(language, topic).values())
    slots |= set().union(*_slots_by_section(language, COMMON).values())

    missing = {slot for slot in slots if slot not in names and slot[0].lower() + slot[1:] not in names}

    assert missing == set()


@pytest.mark.parametrize(("language", "topic"), ALL)
def test_every_scenario_can_be_played_from_mail_to_closing(language, topic):
    for scenario in script(language, topic).scenarios or {"": {}}:
        rules = book(language, topic, scenario).rules
        assert [name for name in NEEDED if name not in rules] == []


@pytest.mark.parametrize(("language", "topic"), FOREIGN)
def test_no_english_word_slips_into_another_language(language, topic):
    english = _slots_by_section("en", COMMON) | _slots_by_section("en", topic)
    own = _slots_by_section(language, COMMON)
    for section, slots in _slots_by_section(language, topic).items():
        own[section] = own.get(section, set()) | slots
    todo = [name for name in english if name.startswith(("mail.", "reply."))] + ["subject"]
    reached: set[str] = set()
    while todo:
        name = todo.pop()
        if name in reached:
            continue
        reached.add(name)
        todo += [slot[0].lower() + slot[1:] for slot in own.get(name, english.get(name, ()))]
        todo += [f"={name}"] if f"={name}" in own or f"={name}" in english else []

    foreign = {name for name in reached if name in english and name not in own}

    assert {name for name in foreign if not name.startswith(SHAPES)} == set()


@pytest.mark.parametrize(("language", "topic"), FOREIGN)
def test_scenarios_in_other_languages_have_their_english_notes(language, topic):
    assert set(script(language, topic).scenarios) <= set(script("en", topic).scenarios)


def test_every_topic_has_english_words_and_every_word_file_a_topic():
    assert topics_in("en") == set(TOPICS)
    assert {topic for _, topic in ALL} <= set(TOPICS)


def test_there_are_thirty_topics_and_ten_languages():
    assert len(TOPICS) > 30
    assert set(languages()) == {"en", "de", "nl", "fr", "es", "pl", "sv", "it", "pt", "ja"}
