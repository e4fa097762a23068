"""What `handrail doctor` asks about tickets."""

from handrail.kit import clock
from handrail.kit.checks import Finding, check
from handrail.tickets import catching_up, tallying, trashing


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


@check("trash", needs_database=True, heal=trashing.hide)
def trash_is_in_order() -> Finding:
    """Whether deleted tickets can be brought back, are found by nobody, and are removed when it is time."""
    amiss = trashing.amiss(at=clock.now())
    if amiss.astray:
        return Finding(
            said=f"{amiss.astray} deleted tickets do not know how they stood before",
            means="They lie in no list and cannot be brought back from the trash.",
            mend="Somebody changed tickets_ticket or tickets_deletion by hand: use a backup.",
        )
    if amiss.findable:
        return Finding(
            said=f"{amiss.findable} texts of deleted tickets are in the search index",
            means="A search looks through them, though it shows none of them.",
            mend="Run handrail doctor --mend: it takes them out.",
        )
    if amiss.overdue:
        return Finding(
            said=f"{amiss.overdue} deleted tickets should have been removed for good days ago",
            means="What people asked you to delete is still there.",
            mend="See that a worker runs: it empties the trash each day.",
        )
    return Finding(said=f"{amiss.lying} deleted tickets, each with its way back")


@check("documents", needs_database=True)
def documents_are_read() -> Finding:
    """Whether the words of PDF and office files can be searched, and how many have to be read yet."""
    left = catching_up.left()
    if left:
        return Finding(said=f"{left} PDF and office files still have to be read for search")
    return Finding(said="every PDF and office file can be searched")
