"""Answering by HTTP: once, nothing lost, and back again."""

from datetime import timedelta
from uuid import uuid4

import pytest

from handrail.events.queries import facts_about
from handrail.files import storing
from handrail.kit import clock
from handrail.tickets import sharing
from handrail.tickets.events import NoteWritten
from handrail.tickets.models import Closure, Draft, Message, Ticket

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def answer(nadia, lost_parcel, client_of):
    """Post an answer as Nadia: `answer(body="…", key=…)`."""
    browser = client_of(nadia)

    def post(**fields):
        fields = {"body": "It is in the van.", "key": uuid4(), **fields}
        return browser.post(f"/tickets/{lost_parcel.number}/replies", fields, headers=BY_SCRIPT)

    return post


def test_an_answer_is_written_and_the_composer_is_empty_again(answer):
    page = answer(body="It is in the van.").content.decode()

    assert Message.objects.get(kind="reply").text == "It is in the van."
    assert "</textarea>" in page
    assert "It is in the van.</textarea>" not in page


def test_R_017_two_presses_of_send_make_one_answer(answer):
    key = uuid4()

    answers = [answer(key=key) for _press in range(2)]

    assert [each.status_code for each in answers] == [200, 200]
    assert Message.objects.filter(kind="reply").count() == 1


def test_R_017_a_page_that_was_sent_and_loaded_again_makes_one_answer(nadia, lost_parcel, client_of):
    browser, key = client_of(nadia), uuid4()
    fields = {"body": "It is in the van.", "key": key}

    first = browser.post(f"/tickets/{lost_parcel.number}/replies", fields)
    browser.post(f"/tickets/{lost_parcel.number}/replies", fields)

    assert (first.status_code, first["Location"]) == (303, f"/tickets/{lost_parcel.number}")
    assert Message.objects.filter(kind="reply").count() == 1


def test_R_018_the_same_key_with_other_words_is_refused_and_they_are_kept(answer):
    key = uuid4()
    answer(key=key, body="First words")

    refused = answer(key=key, body="Other words")

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Other words</textarea>" in page
    assert str(key) not in page
    assert Message.objects.get(kind="reply").text == "First words"


def test_the_key_of_a_colleagues_answer_gives_nothing_of_it_away(answer, omar, lost_parcel):
    key = uuid4()
    lost_parcel.reply(text="My words", by=omar, key=key, at=clock.now())

    assert answer(key=key, body="My words").status_code == 409
    assert Message.objects.get(kind="reply").agent == omar


def test_R_058_a_message_that_came_since_is_shown_before_anything_is_sent(answer, lost_parcel, write):
    seen = lost_parcel.messages.get().pk
    write(lost_parcel, text="Never mind, it is here!", reply_text="Never mind, it is here!")

    refused = answer(body="I look for it.", seen=seen)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Vera Lindqvist wrote while you were writing" in page
    assert "Never mind, it is here!" in page
    assert "I look for it.</textarea>" in page
    assert not Message.objects.filter(kind="reply").exists()


def test_R_058_sent_again_with_the_newer_message_seen_it_goes(answer, lost_parcel, write):
    newer = write(lost_parcel, text="Never mind, it is here!")

    assert answer(seen=newer.pk).status_code == 200
    assert Message.objects.filter(kind="reply").count() == 1


def test_R_058_answers_of_two_agents_are_both_kept(answer, omar, lost_parcel, client_of):
    answer(body="From Nadia")
    fields = {"body": "From Omar", "key": uuid4()}
    client_of(omar).post(f"/tickets/{lost_parcel.number}/replies", fields, headers=BY_SCRIPT)

    assert list(Message.objects.filter(kind="reply").values_list("text", flat=True)) == [
        "From Nadia",
        "From Omar",
    ]


def test_an_empty_answer_is_refused_in_words(answer):
    refused = answer(body="   ")

    assert refused.status_code == 422
    assert "Write something first." in refused.content.decode()


def test_a_refused_answer_keeps_what_was_typed(answer):
    refused = answer(body="Long thoughts", cc="not an address")

    assert refused.status_code == 422
    assert "Long thoughts</textarea>" in refused.content.decode()
    assert not Message.objects.filter(kind="reply").exists()


def test_without_script_a_refused_answer_comes_back_on_a_whole_page(nadia, lost_parcel, client_of):
    fields = {"body": "Long thoughts", "key": uuid4(), "cc": "not an address"}

    refused = client_of(nadia).post(f"/tickets/{lost_parcel.number}/replies", fields)

    assert refused.status_code == 422
    assert "Long thoughts</textarea>" in refused.content.decode()
    assert "<!doctype html>" in refused.content.decode()


def test_the_editors_html_is_reduced_and_the_text_is_read_from_it(answer):
    answer(body="ignored", body_html="<p>In the <b onclick=x()>van</b><script>x()</script></p>")

    reply = Message.objects.get(kind="reply")
    assert (reply.html, reply.text) == ("<p>In the <b>van</b></p>", "In the van")


def test_people_in_copy_are_kept_once_in_lower_case(answer):
    answer(cc=["Lars@Nordlys.example", "lars@nordlys.example, ola@nordlys.example"])

    assert Message.objects.get(kind="reply").cc == [["", "lars@nordlys.example"], ["", "ola@nordlys.example"]]


def test_people_in_blind_copy_are_kept_apart_and_who_is_in_copy_is_not_blind(answer):
    answer(cc=["lars@nordlys.example"], bcc=["Boss@Board.example; lars@nordlys.example"])

    reply = Message.objects.get(kind="reply")
    assert (reply.cc, reply.bcc) == ([["", "lars@nordlys.example"]], [["", "boss@board.example"]])


def test_a_refused_answer_keeps_who_was_in_blind_copy(answer):
    refused = answer(body="Long thoughts", bcc=["boss@board.example", "the boss"])

    page = refused.content.decode()
    assert refused.status_code == 422
    assert '<input type="hidden" name="bcc" value="boss@board.example">' in page
    assert 'name="bcc" value="the boss"' in page


def test_colleagues_see_who_was_in_blind_copy_and_the_next_answer_has_none(
    answer, nadia, lost_parcel, client_of
):
    answer(bcc=["boss@board.example"])
    reply = Message.objects.get(kind="reply")
    client = client_of(nadia)

    page = client.get(f"/tickets/{lost_parcel.number}").content.decode()
    alone = client.get(f"/tickets/{lost_parcel.number}/messages/{reply.pk}").content.decode()
    printed = client.get(f"/tickets/{lost_parcel.number}/print").content.decode()

    assert "in blind copy:" in page
    assert 'name="bcc" value="boss@board.example"' not in page
    assert "boss@board.example" in alone
    assert reply.text in printed
    assert "boss@board.example" not in printed


def test_an_answer_taken_back_has_the_same_people_in_copy_as_before(answer, nadia, lost_parcel, client_of):
    answer(cc=["ola@nordlys.example"], bcc=["boss@board.example"])
    reply = Message.objects.get(kind="reply")

    back = client_of(nadia).delete(f"/tickets/{lost_parcel.number}/replies/{reply.pk}", headers=BY_SCRIPT)

    page = back.content.decode()
    assert '<input type="hidden" name="cc" value="ola@nordlys.example">' in page
    assert '<input type="hidden" name="bcc" value="boss@board.example">' in page


def test_send_and_close_answers_and_closes_at_once(answer, lost_parcel):
    answer(closing="solved")

    lost_parcel.refresh_from_db()
    assert (lost_parcel.status, lost_parcel.closure.reason) == (Ticket.Status.CLOSED, "solved")


def test_the_files_of_the_draft_go_with_the_answer(answer, nadia, lost_parcel):
    stored = storing.store(name="label.txt", content=b"a label", at=clock.now())
    Draft.add_file(ticket_id=lost_parcel.pk, by=nadia, stored=stored, at=clock.now())

    answer(body="")

    assert Message.objects.get(kind="reply").attachments.get().stored == stored
    assert not Draft.objects.exists()


def test_an_answer_taken_back_is_in_the_composer_again(answer, nadia, lost_parcel, client_of):
    answer(body="Oops")
    reply = Message.objects.get(kind="reply")

    page = client_of(nadia).delete(f"/tickets/{lost_parcel.number}/replies/{reply.pk}", headers=BY_SCRIPT)

    assert "Oops</textarea>" in page.content.decode()
    assert not Message.objects.filter(kind="reply").exists()
    assert Ticket.objects.get().status == Ticket.Status.OPEN


def test_taking_an_answer_back_keeps_what_was_typed_since(answer, nadia, lost_parcel, client_of):
    answer(body="First words")
    reply = Message.objects.get(kind="reply")
    Draft.keep(ticket_id=lost_parcel.pk, by=nadia, mode="reply", text="More", html="", at=clock.now())

    client_of(nadia).delete(f"/tickets/{lost_parcel.number}/replies/{reply.pk}", headers=BY_SCRIPT)

    assert Draft.objects.get().text == "First words\n\nMore"


def test_taking_back_an_answer_that_closed_the_ticket_opens_it(answer, nadia, lost_parcel, client_of):
    answer(closing="solved")
    reply = Message.objects.get(kind="reply")

    client_of(nadia).delete(f"/tickets/{lost_parcel.number}/replies/{reply.pk}", headers=BY_SCRIPT)

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Ticket.Status.OPEN
    assert not Closure.objects.exists()


def test_an_answer_to_a_closed_ticket_opens_it_and_it_can_be_closed_again(answer, nadia, lost_parcel):
    lost_parcel.close(by=nadia, reason="solved", at=clock.now())

    answer(closing="solved")

    lost_parcel.refresh_from_db()
    assert lost_parcel.status == Ticket.Status.CLOSED
    assert Closure.objects.count() == 1


def test_who_is_too_late_to_take_it_back_is_told(nadia, lost_parcel, client_of):
    past = clock.now() - timedelta(minutes=1)
    reply = lost_parcel.reply(text="Gone", by=nadia, at=past, undo=timedelta(seconds=5))

    refused = client_of(nadia).delete(f"/tickets/{lost_parcel.number}/replies/{reply.pk}", headers=BY_SCRIPT)

    assert refused.status_code == 409
    assert "Too late: the answer is on its way." in refused.content.decode()
    assert Message.objects.filter(kind="reply").count() == 1


def test_nobody_takes_back_a_colleagues_answer(answer, omar, lost_parcel, client_of):
    answer()
    reply = Message.objects.get(kind="reply")

    refused = client_of(omar).delete(f"/tickets/{lost_parcel.number}/replies/{reply.pk}", headers=BY_SCRIPT)

    assert refused.status_code == 404
    assert Message.objects.filter(kind="reply").count() == 1


def test_a_light_agent_may_note_but_not_answer(lena, lost_parcel, client_of):
    browser = client_of(lena)
    address = f"/tickets/{lost_parcel.number}"
    fields = {"body": "Words", "key": uuid4()}

    assert browser.post(f"{address}/replies", fields, headers=BY_SCRIPT).status_code == 403
    assert browser.post(f"{address}/notes", fields, headers=BY_SCRIPT).status_code == 200
    assert list(Message.objects.exclude(kind="customer").values_list("kind", flat=True)) == ["note"]


def test_a_light_agents_composer_offers_no_answer(lena, lost_parcel, client_of):
    page = client_of(lena).get(f"/tickets/{lost_parcel.number}").content.decode()

    assert "Add note" in page
    assert f'action="/tickets/{lost_parcel.number}/notes"' in page
    assert "Send and close" not in page


def test_piet_can_neither_answer_nor_learn_that_there_is_something(piet, lost_parcel, client_of):
    browser, fields = client_of(piet), {"body": "Words", "key": uuid4()}

    missing = browser.post("/tickets/999999/replies", fields, headers=BY_SCRIPT)
    foreign = browser.post(f"/tickets/{lost_parcel.number}/replies", fields, headers=BY_SCRIPT)

    assert (missing.status_code, foreign.status_code) == (404, 404)
    assert missing.content == foreign.content
    assert Message.objects.count() == 1


def test_colleagues_named_in_a_note_are_told_if_they_may_be_named(nadia, omar, piet, lost_parcel, client_of):
    written = '<span class="mention" data-type="mention" data-id="{}" data-label="x">@{}</span> '
    named = "".join(written.format(who.pk, who.name) for who in (omar, piet))
    fields = {"body_html": f"<p>{named} look</p>", "key": uuid4()}

    client_of(nadia).post(f"/tickets/{lost_parcel.number}/notes", fields, headers=BY_SCRIPT)

    (fact,) = facts_about(lost_parcel.pk, kinds=[NoteWritten])
    assert isinstance(fact, NoteWritten)
    assert fact.mentioned_ids == (omar.pk,)


def _typed(client, ticket, **fields):
    return client.post(f"/tickets/{ticket.number}/draft", {"body": "So far", "mode": "reply", **fields})


def _page(client, ticket):
    return client.get(f"/tickets/{ticket.number}").content.decode()


def test_a_draft_remembers_whom_its_writer_put_in_copy_and_took_off(nadia, omar, write, client_of):
    ticket = write(cc=(("Tom", "tom@akande.example"),)).ticket
    client = client_of(nadia)
    assert 'name="cc" value="tom@akande.example"' in _page(client, ticket)

    _typed(client, ticket, cc=["ola@nordlys.example", ""], bcc=["boss@board.example", "half an addr"])

    page = _page(client, ticket)
    assert 'name="cc" value="ola@nordlys.example"' in page
    assert 'name="cc" value="tom@akande.example"' not in page
    assert 'name="bcc" value="boss@board.example"' in page
    assert "boss@board.example" not in _page(client_of(omar), ticket)


def test_a_draft_that_goes_to_those_on_the_ticket_follows_the_ticket(nadia, write, client_of):
    ticket = write(cc=(("Tom", "tom@akande.example"),)).ticket
    _typed(client_of(nadia), ticket, cc=["tom@akande.example"])

    write(ticket, external_id="2@nordlys.example", cc=(("Ola", "ola@nordlys.example"),))

    assert Draft.objects.get().copies is None


def test_whom_ones_own_draft_goes_to_gets_no_shared_answer(nadia, omar, write, client_of):
    ticket = write().ticket
    shared = sharing.share(ticket, mode="reply", text="Together", html="", by=omar, at=clock.now())
    _typed(client_of(nadia), ticket, cc=[""], bcc=["boss@board.example"])

    page = client_of(nadia).get(f"/tickets/{ticket.number}/shared/{shared.pk}").content.decode()

    assert "Together" in page
    assert "boss@board.example" not in page


def test_after_sending_nobody_is_in_blind_copy_of_the_next_answer(answer, nadia, lost_parcel, client_of):
    _typed(client_of(nadia), lost_parcel, cc=[""], bcc=["boss@board.example"])

    page = answer(bcc=["boss@board.example"]).content.decode()

    assert 'name="bcc" value="boss@board.example"' not in page
