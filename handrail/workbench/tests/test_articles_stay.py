"""S-029: what only colleagues may read does not leave, by whatever road; proven through real SMTP."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from handrail.channels.email import forwarding
from handrail.channels.email.tests.conftest import sink, support
from handrail.kit import clock, drains
from handrail.knowledge.tests.test_articles import client_sheet
from handrail.tickets import answering, reviewing, sharing
from handrail.tickets.leaving import MustStay
from handrail.tickets.models import Message
from tests.articles import CANARY, LATE
from tests.cast import NINE

__all__ = ["sink", "support"]
BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
#: Eight words of it, in the hand of somebody who typed them.
TYPED = "By the way: REFUND up to “forty” euros, without asking anybody — promised!"


def words(text: str, **more):
    return {"text": text, "html": "", "key": uuid4(), "seen": None, "undo": timedelta(0), **more}


def by_answering(ticket, nadia, text):
    answering.answer(ticket, by=nadia, at=NINE, **words(text))


def by_html(ticket, nadia, text):
    answering.answer(ticket, by=nadia, at=NINE, **words("", html=f"<ul><li><b>{text}</b></li></ul>"))


def by_quoting(ticket, nadia, text):
    answering.answer(ticket, by=nadia, at=NINE, **words("See:\n> " + text.replace(" up ", " up\n> ")))


def by_sharing(ticket, nadia, text):
    draft = sharing.share(ticket, mode="reply", text=text, html="", by=nadia, at=NINE)
    given = sharing.Words(text=text, html="", key=uuid4())
    sharing.send(draft.pk, given, version=draft.version, by=nadia, at=NINE)


def by_review(ticket, nadia, text):
    reviewing.ask(ticket, reviewing.Wish(text=text, html="", key=uuid4()), by=nadia, at=NINE)


def by_forwarding(ticket, nadia, text):
    to, new = "repair@works.example", forwarding.Words.NEW
    said = ticket.messages.first()
    forwarding.forward(said, to=to, text=text, words=new, files=(), by=nadia, key=uuid4(), at=NINE)


ROADS = [by_answering, by_html, by_quoting, by_sharing, by_review, by_forwarding]


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("text", [CANARY, TYPED], ids=["whole", "typed"])
def test_S_029_words_for_colleagues_leave_by_no_road(
    road, text, colleagues_article, lost_parcel, nadia, support, sink
):
    with pytest.raises(MustStay) as refused:
        road(lost_parcel, nadia, text)

    drains.empty("outgoing")
    assert "refund up to forty euros without asking anybody" in str(refused.value)
    assert sink.mails == []


@pytest.mark.parametrize("road", ROADS)
def test_S_029_other_words_leave_by_every_road(road, colleagues_article, lost_parcel, nadia, support, sink):
    """There is something to leak, and the roads are open."""
    road(lost_parcel, nadia, "We refund you the forty euros today.")

    drains.empty("outgoing")
    assert len(sink.mails) == (0 if road is by_review else 1)


def test_S_029_a_note_turned_into_an_answer_is_refused_and_nothing_is_lost(
    colleagues_article, lost_parcel, nadia, support, sink, client_of
):
    browser, number = client_of(nadia), lost_parcel.number
    address = f"/tickets/{number}/articles/{colleagues_article.number}"
    put = browser.post(address, {"how": "text", "mode": "note"}, headers=BY_SCRIPT).content.decode()
    inserted = put.partition('data-plain="')[2].partition('"')[0]
    form = {"body": f"Hello Vera,\n\n{inserted}", "key": str(uuid4())}

    noted = browser.post(f"/tickets/{number}/notes", {**form, "mode": "note"}, headers=BY_SCRIPT)
    turned = browser.post(
        f"/tickets/{number}/replies", {**form, "mode": "reply", "key": str(uuid4())}, headers=BY_SCRIPT
    )

    drains.empty("outgoing")
    assert CANARY in inserted
    assert (noted.status_code, turned.status_code) == (200, 409)
    assert "Only colleagues may read the article that holds" in turned.content.decode()
    assert "Hello Vera," in turned.content.decode()
    assert sink.mails == []
    assert [message.kind for message in Message.objects.order_by("id")] == ["customer", "note"]


@pytest.mark.parametrize("where", ["/articles/{}", "/help/articles/{}-refunds-on-the-spot"])
def test_S_029_a_link_to_an_article_that_nobody_outside_may_read_does_not_leave(
    where, colleagues_article, draft_article, public_article, lost_parcel, nadia, support, sink
):
    for hidden in (colleagues_article, draft_article):
        address = settings.BASE_URL + where.format(hidden.number)
        for given in (words(f"See {address}."), words("See it.", html=f'<p><a href="{address}">it</a></p>')):
            with pytest.raises(MustStay):
                answering.answer(lost_parcel, by=nadia, at=NINE, **given)
    elsewhere = f"See https://elsewhere.example/articles/{draft_article.number}."
    answering.answer(lost_parcel, by=nadia, at=NINE, **words(elsewhere))

    drains.empty("outgoing")
    assert len(sink.mails) == 1


def test_S_029_what_a_public_article_says_too_may_leave(
    write_article, colleagues_article, lost_parcel, nadia, support, sink
):
    write_article(title="Script for calls", audience="colleagues", html=f"<p>Say to them: {LATE}</p>")
    write_article(title="Late parcels", html=f"<p>{LATE}</p>")

    answering.answer(lost_parcel, by=nadia, at=NINE, **words(LATE))

    drains.empty("outgoing")
    assert len(sink.mails) == 1


def test_S_029_opening_an_article_opens_its_words_only_when_it_is_published(
    write_article, lost_parcel, nadia, iris, support, sink
):
    article = write_article(title="Refunds", audience="colleagues", html=f"<p>{CANARY}</p>", state="draft")
    article.write(client_sheet(article, audience="public"), by=nadia, seen=article.version, at=NINE)
    with pytest.raises(MustStay):
        answering.answer(lost_parcel, by=nadia, at=NINE, **words(CANARY))

    article.publish(by=iris, seen=article.version, at=NINE)
    answering.answer(lost_parcel, by=nadia, at=NINE, **words(CANARY))

    drains.empty("outgoing")
    assert len(sink.mails) == 1


def test_S_029_words_that_were_taken_out_of_an_article_for_colleagues_stay_known(
    colleagues_article, lost_parcel, nadia
):
    seen = colleagues_article.version
    colleagues_article.write(
        client_sheet(colleagues_article, html="<p>Ask Iris.</p>"), by=nadia, seen=seen, at=clock.now()
    )

    with pytest.raises(MustStay):
        answering.answer(lost_parcel, by=nadia, at=NINE, **words(CANARY))
