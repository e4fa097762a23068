"""Nothing of ours names a machine of somebody's, a package index, or talks past its reader."""

import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import ROOT, Source, files, is_foreign, made_up

ENDINGS = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".html",
    ".js",
    ".css",
    ".json",
    ".yml",
    ".yaml",
    ".cfg",
    ".sh",
    "",
}
#: Written in pieces, so that this list does not find itself.
INDEXES = [
    "pythonhosted" + r"\.org",
    "pypi" + r"\.org",
    "registry" + r"\.npmjs",
    "npm" + "mirror",
    "index" + "-url",
]
PLACES = ["/" + "work/", "/" + "root/", "/" + "home/[a-z]+/", "/" + "Users/[a-z]+/", "file" + "://" + "/opt"]
HOSTS_AND_PLACES = re.compile("|".join(INDEXES + PLACES))
#: Words that fill a line and help nobody, where a person reads them.
EMPTY_WORDS = re.compile(
    r"(?<![“\"'`])\b(success" + r"fully|please " + r"note|kind" + r"ly|simply " + r"click)\b", re.IGNORECASE
)
#: What machines write; the lock file of the front end has a test of its own.
MADE = {"package-lock.json", ".coverage"}
#: The flag that leaves the index out of our lock files.
INNOCENT = re.compile(r"--no-emit-" + "index" + "-url")


def our_texts() -> Iterator[Source]:
    for path in files():
        if path.suffix in ENDINGS and path.name not in MADE:
            yield Source(
                path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace")
            )


def hosts_and_places(source: Source) -> Iterator[Finding]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if found := HOSTS_AND_PLACES.search(INNOCENT.sub("", line)):
            yield Finding(source.path, f"line {number} names {found.group()}")


def empty_words(source: Source) -> Iterator[Finding]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if found := EMPTY_WORDS.search(line):
            yield Finding(source.path, f"line {number} says “{found.group()}”")


def is_shown(source: Source) -> bool:
    """Whether people read it as our words; in the demo company, customers speak."""
    ours = source.path.startswith(("handrail/", "docs/", "README"))
    return ours and "/tests/" not in source.path and not source.path.startswith("handrail/demo/world/")


def test_no_file_names_a_package_index_or_a_place_on_somebodys_machine():
    expect_none(
        (finding for source in our_texts() for finding in hosts_and_places(source)),
        rule="hosts and places",
        mend="Leave the index to each machine's own configuration, and make paths relative to the project.",
    )


def test_pages_and_messages_use_no_empty_words():
    expect_none(
        (finding for source in our_texts() if is_shown(source) for finding in empty_words(source)),
        rule="empty words",
        mend="Say what happened and what to do next, and leave the rest out.",
    )


def test_the_lock_file_of_the_front_end_names_no_host():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


@pytest.mark.parametrize(
    "line", ["see /" + "work/notes", "https://files.pytho" + "nhosted.org/x", "/" + "home/me/x"]
)
def test_a_place_on_a_machine_is_noticed(line):
    assert len(list(hosts_and_places(made_up(line)))) == 1


def test_an_empty_word_is_noticed():
    assert len(list(empty_words(made_up("Saved success" + "fully.")))) == 1


def test_what_counts_as_foreign_is_not_in_the_repository():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    folders = {folder for name in tracked.stdout.splitlines() for folder in (ROOT / name).parents}

    assert [folder for folder in folders if folder.is_relative_to(ROOT) and is_foreign(folder)] == []
