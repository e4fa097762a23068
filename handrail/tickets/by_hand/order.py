"""Everything that is decided about a ticket before it is opened by hand."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handrail.customers.models import Person
from handrail.files.models import StoredFile
from handrail.team.models import Agent, Team
from handrail.tickets.by_hand.ways import Mode, Way
from handrail.tickets.doing import Action
from handrail.tickets.models import TicketTemplate
from handrail.tickets.outlets import Outlet


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Whom it is for: somebody known, or somebody new with a name, an address, or both.

    address: to which they are written; empty when none is known.
    """

    person: Person | None = None
    name: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """customer: None for work of our own. actions: what is done with it once it is there.

    fields: by key, as they were typed. closing: a reason to close it at once; empty to leave it open.
    template: with which it began; the names in its words become values.
    gaps: names without a value leave a gap; else they stop it.
    """

    way: Way
    outlet: Outlet
    customer: Customer | None
    subject: str
    mode: Mode
    text: str = ""
    html: str = ""
    files: Sequence[StoredFile] = ()
    team: Team | None = None
    owner: Agent | None = None
    actions: Sequence[Action] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    closing: str = ""
    template: TicketTemplate | None = None
    gaps: bool = False

    @property
    def digest(self) -> str:
        """The same for the same words, so that a second press is known from another ticket."""
        who = self.customer and (str(self.customer.person and self.customer.person.pk), self.customer.address)
        said = (str(self.way), str(self.mode), repr(who), self.subject, self.text)
        return hashlib.sha256("\x00".join(said).encode()).hexdigest()
