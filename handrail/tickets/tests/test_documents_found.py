"""Words within PDF and office files lead to their ticket, for those who may see it, and for nobody else."""

from dataclasses import replace

import pytest

from handrail.files.models import DocumentText
from handrail.kit import clock, jobs
from handrail.tickets import texts
from handrail.tickets.inbound import InboundFile
from handrail.tickets.queries.finding import found_ids
from handrail.tickets.receiving import receive
from tests.cast import VERA_WRITES
from tests.documents import a_pdf


@pytest.fixture
def with_pdf(house, vera):
    file = InboundFile(
        name="route.pdf",
        type="application/pdf",
        content=a_pdf("Zeppelin over Bergen"),
        inline=False,
        content_id=None,
    )
    said = replace(VERA_WRITES, external_id="pdf@nordlys.example", files=(file,))
    return receive(said, brand=house.harbour, team=house.parcels, at=clock.now())


def test_a_document_is_found_by_its_words_when_it_was_read(with_pdf, nadia, piet):
    assert found_ids("zeppelin", agent=nadia, limit=5) == []
    waiting = [job for job in jobs.waiting() if job.name.endswith("read_documents")]
    assert [job.arguments["message_id"] for job in waiting] == [str(with_pdf.pk)]

    texts.read_documents(with_pdf.pk, at=clock.now())

    assert found_ids("zeppelin", agent=nadia, limit=5) == [with_pdf.ticket_id]
    assert found_ids("zeppelin", agent=piet, limit=5) == []


def test_indexed_anew_it_is_found_without_being_read_again(with_pdf, nadia):
    texts.read_documents(with_pdf.pk, at=clock.now())

    texts.index([with_pdf.pk])

    assert found_ids("zeppelin", agent=nadia, limit=5) == [with_pdf.ticket_id]
    assert DocumentText.objects.count() == 1
