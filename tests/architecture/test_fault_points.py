"""Every fault point is there for a test: one that no test names proves nothing."""

from handrail.kit import faults
from tests.architecture.findings import Finding, expect_none
from tests.architecture.source import ROOT


def test_every_fault_point_is_used_by_a_test():
    tests = [*ROOT.glob("handrail/**/tests/**/*.py"), *ROOT.glob("tests/**/*.py")]
    told = "\n".join(path.read_text(encoding="utf-8") for path in tests)

    expect_none(
        (
            Finding(each.file, f"{each.name} is named by no test")
            for each in faults.points()
            if each.name not in told
        ),
        rule="fault points",
        mend="Write a test that fails there, or take the point away.",
    )
