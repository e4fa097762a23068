"""What the company does again and again: ready checklists, as its lead wrote them."""

from collections.abc import Mapping
from datetime import datetime

from handrail.team.models import Agent, Team
from handrail.tickets.models import ChecklistTemplate
from handrail.tickets.models.checklist_template import Step

#: By name: whose they are, everybody's where no team is named, and their tasks.
CHECKLISTS: Mapping[str, tuple[str, tuple[Step, ...]]] = {
    "Lost parcel": (
        "parcels",
        (
            Step(text="Ask the depot for the last scan", due="4h"),
            Step(text="Open a search with the carrier", due="1d"),
            Step(text="Tell the customer what we know", due="2d"),
            Step(text="Refund or send again", due="7d"),
            Step(text="Note the carrier’s claim number", required=False),
        ),
    ),
    "Damaged in transit": (
        "customs",
        (
            Step(text="Ask for photos of the damage", due="1d"),
            Step(text="File the claim with the insurer", due="3d"),
            Step(text="Pay or decline, with the reason", due="14d"),
        ),
    ),
    "New business customer": (
        "",
        (
            Step(text="Check the address of the billing department", due="1d"),
            Step(text="Send the first labels", due="2d"),
            Step(text="Call after the first week", due="7d", required=False),
        ),
    ),
}


def write_checklists(*, by: Agent, teams: Mapping[str, Team], at: datetime) -> None:
    """Keep them, ready to be put on tickets."""
    for name, (team, steps) in CHECKLISTS.items():
        ChecklistTemplate.make(name=name, steps=steps, team=teams.get(team), by=by, at=at)
