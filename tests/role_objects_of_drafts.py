"""What the rows of tests/role_table.toml are asked for on drafts that several people see."""

from typing import Any
from uuid import uuid4

import pytest

from handrail.files import storing
from handrail.kit import clock
from handrail.tickets import reviewing, sharing
from handrail.tickets.models import SharedDraft, Variant


@pytest.fixture
def nadias_shared_draft(lost_parcel, nadia) -> dict[str, Any]:
    return {"number": lost_parcel.number, "draft_id": _shared(lost_parcel, nadia).pk}


@pytest.fixture
def file_on_shared_draft(lost_parcel, nadia) -> dict[str, Any]:
    draft = _shared(lost_parcel, nadia)
    stored = storing.store(name="receipt.txt", content=b"a receipt", at=clock.now())
    sharing.add_file(draft.pk, stored)
    return {"number": lost_parcel.number, "draft_id": draft.pk, "stored_id": stored.pk}


@pytest.fixture
def nadias_variant(lost_parcel, nadia) -> dict[str, Any]:
    """Words of hers that came too late."""
    draft = _shared(lost_parcel, nadia)
    variant = Variant.keep(draft, text="Mine", html="", by=nadia, at=clock.now())
    return {"number": lost_parcel.number, "draft_id": draft.pk, "variant_id": variant.pk}


@pytest.fixture
def nadias_answer_to_review(lost_parcel, nadia, iris) -> dict[str, Any]:
    nadia.have_answers_read(True, by=iris.user, at=clock.now())
    wish = reviewing.Wish(text="It is in the van.", html="", key=uuid4())
    draft = reviewing.ask(lost_parcel, wish, by=nadia, at=clock.now())
    return {"number": lost_parcel.number, "draft_id": draft.pk}


def _shared(lost_parcel: Any, nadia: Any) -> SharedDraft:
    words: dict[str, Any] = {"mode": "reply", "text": "It is in the van.", "html": ""}
    return sharing.share(lost_parcel, **words, by=nadia, at=clock.now())
