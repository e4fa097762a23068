"""What the tests of views stand on: a ticket with a tag, and views that are kept."""

import pytest

from handrail.tickets.models import View
from tests.cast import NINE


@pytest.fixture
def refund(write, nadia):
    ticket = write(subject="Refund me", external_id="refund@x").ticket
    ticket.tag("refund", by=nadia, at=NINE)
    return ticket


@pytest.fixture
def kept(nadia):
    def keep(by=nadia, **changes):
        return View.make(by=by, at=NINE, **{"name": "Refunds", "text": "status:live tag:refund", **changes})

    return keep
