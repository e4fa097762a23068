"""A file in which the virus scanner found something is given to nobody, and that is said."""

from handrail.files import bundling
from handrail.tickets.inbound import InboundFile
from tests.scanner import EICAR, scan_all


def test_what_it_found_is_kept_away_from_agents_and_customers_and_said(
    scanner, nadia, vera, write, client_of
):
    files = tuple(
        InboundFile(name=name, type="", content=content, inline=False, content_id=None)
        for name, content in {"bad.txt": EICAR, "good.txt": b"good"}.items()
    )
    message = write(files=files)
    before = client_of(nadia).get(f"/tickets/{message.ticket.number}").content.decode()
    scan_all()
    number = message.ticket.number
    bad = message.attachments.get(stored__name="bad.txt").pk

    page = client_of(nadia).get(f"/tickets/{number}").content.decode()
    answers = [
        client_of(nadia).get(f"/tickets/{number}/attachments/{bad}"),
        client_of(nadia).get(f"/tickets/{number}/attachments/{bad}/text"),
        client_of(vera).get(f"/help/requests/{number}/files/{bad}"),
    ]

    assert "Not yet looked at by the virus scanner" in before
    assert "Not yet looked at" not in page
    assert "kept away: it holds Eicar-Signature" in page
    assert f"/attachments/{bad}" not in page
    assert [answer.status_code for answer in answers] == [404] * 3
    assert "bad.txt" not in client_of(vera).get(f"/help/requests/{number}").content.decode()
    zipped = b"".join(
        bundling.bundled([each.stored for each in message.attachments.select_related("stored")])
    )
    assert b"good.txt" in zipped
    assert b"bad.txt" not in zipped
