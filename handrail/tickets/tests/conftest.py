"""What tests of checklists and tasks begin with."""

from datetime import timedelta

import pytest

from handrail.tickets.checklists import putting, writing
from handrail.tickets.checklists.writing import Wanted
from handrail.tickets.models import Checklist, Task
from tests.cast import NINE


@pytest.fixture
def returns(nadia, lost_parcel) -> Checklist:
    """An empty checklist on Vera's ticket."""
    return putting.add(lost_parcel, title="Returns", by=nadia, at=NINE + timedelta(minutes=1))


@pytest.fixture
def call(nadia, returns) -> Task:
    return writing.write(returns, Wanted(text="Call the carrier"), by=nadia, at=NINE + timedelta(minutes=2))
