"""The documentation tells the truth: made pages are in step, links lead on, decisions keep their form."""

import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import ROOT, Source, files, made_up

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
#: What every decision says, in this order.
DECISION_PARTS = ["Context", "Decision", "Consequences", "Alternatives", "Links"]
DECISION_LINES = 70


def pages() -> list[Source]:
    tops = ROOT.glob("*.md")
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in [*sorted(tops), *files("docs")]
        if path.suffix == ".md"
    ]


def dead_links(page: Source) -> Iterator[Finding]:
    text = CODE.sub("", page.text)
    for found in LINK.finditer(text):
        address = found[1] or found[2]
        if address.startswith(("http://", "https://", "mailto:")):
            continue
        if problem := problem_of(page, address):
            yield Finding(page.path, f"links to {address}, {problem}")


def problem_of(page: Source, address: str) -> str:
    name, _, anchor = address.partition("#")
    target = (ROOT / page.path).parent / name if name else ROOT / page.path
    if not target.exists():
        return "which is not there"
    if anchor and anchor not in anchors_of(target):
        return "which has no such heading"
    return ""


def anchors_of(path: Path) -> set[str]:
    """The addresses of a page's headings, as they are made by the usual hosts of repositories."""
    return {slug(heading) for heading in HEADING.findall(path.read_text(encoding="utf-8"))}


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def malformed_decision(page: Source) -> Iterator[Finding]:
    number = Path(page.path).name[:4]
    if not re.match(
        rf"# {int(number)}\. .+\n\n\*Status: .+ · Area: .+ · Date: \d{{4}}-\d\d-\d\d\*\n", page.text
    ):
        yield Finding(page.path, "does not begin with its number, title, status, area and date")
    parts = re.findall(r"^## (.+)$", page.text, re.MULTILINE)
    if parts != DECISION_PARTS:
        yield Finding(page.path, f"has the parts {', '.join(parts)}")
    if page.text.count("\n") > DECISION_LINES:
        yield Finding(page.path, "is longer than a page")


def test_every_link_in_the_documentation_leads_somewhere():
    expect_none(
        (finding for page in pages() for finding in dead_links(page)),
        rule="links",
        mend="Link to a file or a heading that exists, relative to the page.",
    )


def test_the_page_of_the_house_is_in_step_with_the_rooms():
    told = subprocess.run(
        [sys.executable, ROOT / "bin/architecture-page", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.stderr == ""


@pytest.mark.parametrize("name", ["commands.md", "rights.md", "facts.md", "fault-points.md"])
def test_a_page_made_from_the_code_is_in_step_with_it(name):
    made = runpy.run_path(str(ROOT / "bin/reference-pages"))["pages"]()

    assert (ROOT / "docs/reference" / name).read_text() == made[name], "Run bin/reference-pages."


def test_decisions_keep_their_form_and_are_numbered_without_gaps():
    decisions = [page for page in pages() if re.match(r"docs/decisions/\d{4}-", page.path)]

    assert [int(Path(page.path).name[:4]) for page in decisions] == list(range(1, len(decisions) + 1))
    expect_none(
        (finding for page in decisions for finding in malformed_decision(page)),
        rule="decisions",
        mend=f"One page with {', '.join(DECISION_PARTS)}; see CONTRIBUTING.md.",
    )


def test_every_decision_stands_in_the_list_of_decisions():
    listed = (ROOT / "docs/decisions/README.md").read_text()
    names = [path.name for path in sorted((ROOT / "docs/decisions").glob("0*.md"))]

    assert [name for name in names if f"({name})" not in listed] == []


def test_every_page_of_the_documentation_can_be_reached_from_its_front_page():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        links = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
        local = [(one or two).partition("#")[0] for one, two in links if not (one or two).startswith("http")]
        waiting += [(page.parent / name).resolve() for name in local if name]

    assert [page.path for page in pages() if (ROOT / page.path) not in reached] == []


def test_a_dead_link_and_a_missing_heading_are_noticed():
    page = made_up("[a](nowhere.md) [b](README.md#no-such-heading) `[c](code.md)`\n", "README.md")

    assert [finding.what for finding in dead_links(page)] == [
        "links to nowhere.md, which is not there",
        "links to README.md#no-such-heading, which has no such heading",
    ]


def test_a_decision_without_its_parts_is_noticed():
    page = made_up("# 3. Facts\n\n## Context\n", "docs/decisions/0003-facts.md")

    assert len(list(malformed_decision(page))) == 2
