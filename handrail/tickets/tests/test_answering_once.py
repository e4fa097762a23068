"""One key makes one answer: of presses that come at once, and of one that comes long after."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from handrail.events.queries import facts_about
from handrail.tickets import answering
from handrail.tickets.events import ReplyWritten
from handrail.tickets.models import Message
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("bodies", "told"),
    [(["It is in the van."] * 4, [200] * 4), (["One", "Two", "Three", "Four"], [200, 409, 409, 409])],
    ids=["the same words", "other words"],
)
def test_R_018_of_four_presses_with_one_key_at_once_one_runs(nadia, lost_parcel, client_of, bodies, told):
    browsers, key, ready = [client_of(nadia) for _body in bodies], uuid4(), threading.Barrier(len(bodies))

    def press(browser, body):
        ready.wait(timeout=120)
        fields = {"body": body, "key": key}
        try:
            return browser.post(f"/tickets/{lost_parcel.number}/replies", fields, headers=BY_SCRIPT)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as hands:
        answers = list(hands.map(press, browsers, bodies))

    assert sorted(answer.status_code for answer in answers) == told
    assert Message.objects.filter(kind="reply").count() == 1
    assert len(facts_about(lost_parcel.pk, kinds=[ReplyWritten])) == 1


def test_R_018_a_key_is_known_as_long_as_its_answer_is_there(nadia, lost_parcel):
    key = uuid4()
    words = {"text": "It is in the van.", "html": "", "by": nadia, "key": key, "seen": None}
    undo, late = timedelta(0), NINE + timedelta(days=400)
    first = answering.answer(lost_parcel, **words, undo=undo, at=NINE)

    again = answering.answer(lost_parcel, **words, undo=undo, at=late)

    assert again == first
    with pytest.raises(answering.UsedKey):
        answering.answer(lost_parcel, **{**words, "text": "Other words"}, undo=undo, at=late)
    assert Message.objects.filter(kind="reply").count() == 1
