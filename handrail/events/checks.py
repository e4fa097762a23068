"""What `handrail doctor` asks about the timeline."""

from handrail.events import partitions
from handrail.kit import clock
from handrail.kit.checks import Finding, check


def make_the_months() -> None:
    partitions.ensure_ahead(at=clock.now())


@check("timeline", needs_database=True, heal=make_the_months)
def facts_have_their_months() -> Finding:
    at = clock.now()
    if missing := partitions.missing_ahead(at=at):
        return Finding(
            said=f"no place of their own for the facts of {', '.join(f'{month:%B %Y}' for month in missing)}",
            means="Nothing is lost, but they pile up in one table, and reports become slow.",
            mend="Run `handrail doctor --mend`; a running worker does it each day.",
        )
    return Finding(said=f"the months are ready until {partitions.last_ahead(at=at):%B %Y}")
