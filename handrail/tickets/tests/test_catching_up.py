"""Documents that were here before their words were read are read for search, once, and go on after a stop."""

from dataclasses import replace

import pytest

from handrail.files.models import DocumentText, StoredFile
from handrail.kit import clock, jobs
from handrail.tickets import catching_up, checks
from handrail.tickets.inbound import InboundFile
from handrail.tickets.jobs import read_older_documents, read_what_lies_unread
from handrail.tickets.queries.finding import found_ids
from handrail.tickets.receiving import receive
from tests.cast import VERA_WRITES
from tests.documents import a_pdf

OLDER = "handrail.tickets.jobs.read_older_documents"


@pytest.fixture
def brought(house, vera):
    """Somebody sends a PDF with these words: `brought("Zeppelin")` returns the ticket."""

    def bring(words, name="route.pdf"):
        file = InboundFile(
            name=name, type="application/pdf", content=a_pdf(words), inline=False, content_id=None
        )
        said = replace(VERA_WRITES, external_id=f"{words}-{name}@nordlys.example", files=(file,))
        return receive(said, brand=house.harbour, team=house.parcels, at=clock.now()).ticket

    return bring


def _found(words, agent):
    return found_ids(words, agent=agent, limit=9)


def test_what_lay_here_unread_is_found_by_its_words(brought, nadia):
    tickets = [brought("Zeppelin over Bergen"), brought("Submarine off Bergen")]
    assert (catching_up.left(), _found("zeppelin", nadia)) == (2, [])

    read_older_documents.run()

    assert [_found(word, nadia) for word in ("zeppelin", "submarine")] == [[each.pk] for each in tickets]
    assert catching_up.left() == 0


def test_the_same_bytes_are_read_once_and_found_on_every_ticket(brought, nadia):
    tickets = {brought("Zeppelin", name=f"{n}.pdf").pk for n in range(2)}

    read_older_documents.run()

    assert set(_found("zeppelin", nadia)) == tickets
    assert DocumentText.objects.count() == 1


def test_it_goes_on_where_it_stopped(brought, nadia):
    brought("Zeppelin")
    brought("Submarine")

    catching_up.read_next(at=clock.now())
    before = catching_up.left()
    read_older_documents.run()

    assert (before, catching_up.left()) == (1, 0)


def test_infected_files_and_those_of_deleted_tickets_lead_nowhere(brought, iris, nadia):
    brought("Zeppelin")
    StoredFile.objects.update(scan=StoredFile.Scan.INFECTED)
    trashed = brought("Submarine")
    trashed.trash(by=iris, reason="mistake", at=clock.now())

    read_older_documents.run()

    assert [_found(word, nadia) for word in ("zeppelin", "submarine")] == [[], []]
    assert catching_up.left() == 0


def test_the_doctor_says_how_many_are_left_and_the_worker_orders_them_only_then(brought):
    assert checks.documents_are_read().said == "every PDF and office file can be searched"
    read_what_lies_unread(clock.now())
    assert jobs.waiting(name=OLDER) == []

    brought("Zeppelin")
    read_what_lies_unread(clock.now())

    assert checks.documents_are_read().said == "1 PDF and office files still have to be read for search"
    assert len(jobs.waiting(name=OLDER)) == 1
