"""Small on purpose: no function over 40 lines and no file over 400 without a written waiver."""

import ast
from collections.abc import Iterator

from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import Source, made_up, sources

RULE = "sizes"
MEND = (
    "Find the second idea in it and give that a name of its own. Aim for functions of 8 lines, files of 80."
)
FUNCTION_LINES = 40
FILE_LINES = 400


def found_in(source: Source) -> Iterator[Finding]:
    if (lines := source.text.count("\n")) > FILE_LINES:
        yield Finding(source.path, f"has {lines} lines")
    if source.path.endswith(".py"):
        yield from long_functions(source)


def long_functions(source: Source) -> Iterator[Finding]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield Finding(f"{source.path}::{node.name}", f"has {lines} lines")


def test_functions_and_files_are_small():
    files = sources(".py", ".js", ".css", ".html")

    expect_none((finding for source in files for finding in found_in(source)), rule=RULE, mend=MEND)


def test_a_function_of_41_lines_is_noticed_and_one_of_40_is_fine():
    def written(lines: int) -> Source:
        return made_up("def long():\n" + "    pass\n" * (lines - 1))

    assert list(found_in(written(40))) == []
    assert [finding.what for finding in found_in(written(41))] == ["has 41 lines"]


def test_a_file_of_401_lines_is_noticed_whatever_it_is_written_in():
    assert len(list(found_in(made_up("a {}\n" * 401, "handrail/ui/assets/css/long.css")))) == 1
