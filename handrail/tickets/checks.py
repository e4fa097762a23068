"""What `handrail doctor` asks about tickets."""

from handrail.kit.checks import Finding, check
from handrail.tickets import tallying


@check("counts", needs_database=True, heal=tallying.recount)
def counts_are_exact() -> Finding:
    """Whether the sums beside the views are those of the tickets."""
    wrong = tallying.wrong_by()
    if not wrong:
        return Finding(said="the sums of live tickets are exact")
    return Finding(
        said=f"the sums of live tickets are wrong by {wrong}",
        means="The numbers beside views are not those of their tickets.",
        mend="Run handrail doctor --mend: it counts anew.",
    )
