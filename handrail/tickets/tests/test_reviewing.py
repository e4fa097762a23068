"""Answers of a colleague who learns wait until somebody has read them; no road leads around that."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from handrail.events.queries import facts_about
from handrail.files import storing
from handrail.kit import clock
from handrail.tickets import answering, reviewing, sharing
from handrail.tickets.events import ReplyWritten, ReviewApproved, ReviewAsked, ReviewCalledOff, ReviewSentBack
from handrail.tickets.merging import merge
from handrail.tickets.models import Draft, Macro, Message, PlannedReply, Review, SharedDraft, Ticket
from handrail.tickets.models.macro import Recipe, Wording
from handrail.tickets.solving_together import Answer, solve_each

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def trainee(nadia, iris):
    """Nadia, whose answers are read from now on."""
    nadia.have_answers_read(True, by=iris.user, at=clock.now())
    return nadia


@pytest.fixture
def ticket(lost_parcel):
    return f"/tickets/{lost_parcel.number}"


@pytest.fixture
def ask(trainee, ticket, client_of):
    """The trainee presses send: `ask(body="…")`; the answer of the page."""

    def post(**fields):
        given = {"body": "It is in the van.", "key": uuid4(), **fields}
        return client_of(trainee).post(f"{ticket}/replies", given, headers=BY_SCRIPT)

    return post


@pytest.fixture
def asked(ask) -> SharedDraft:
    ask()
    return SharedDraft.objects.get()


@pytest.fixture
def approve(iris, ticket, client_of):
    """Iris lets it leave: `approve(asked, body="…")`."""

    def post(draft, who=iris, **fields):
        given = {"body": draft.text, "version": draft.version, "key": uuid4(), **fields}
        seen = draft.ticket.messages.exclude(kind="note").order_by("-id").first().pk
        given.setdefault("seen", seen)
        return client_of(who).post(f"{ticket}/shared/{draft.pk}/review", given, headers=BY_SCRIPT)

    return post


def nothing_left() -> bool:
    return not Message.objects.filter(kind="reply").exists()


def test_the_answer_waits_and_so_does_the_customer(ask, vera, trainee, lost_parcel, client_of):
    since = lost_parcel.waiting_since

    page = ask().content.decode()

    assert "Your answer waits until a colleague has read it." in page
    assert "An answer of Nadia Haddad waits for review" in page
    assert nothing_left()
    assert "in the van" not in client_of(vera).get(f"/help/requests/{lost_parcel.number}").content.decode()
    lost_parcel.refresh_from_db()
    assert (lost_parcel.waiting_since, lost_parcel.status) == (since, "new")
    (fact,) = facts_about(lost_parcel.pk, kinds=[ReviewAsked])
    assert fact.by_agent_id == trainee.pk


def test_the_button_says_so_before(trainee, omar, ticket, client_of):
    assert "Ask for review" in client_of(trainee).get(ticket).content.decode()
    assert "Ask for review" not in client_of(omar).get(ticket).content.decode()


def test_R_017_asking_twice_with_one_key_asks_once(ask):
    key = uuid4()

    for _press in range(2):
        ask(key=key)

    assert SharedDraft.objects.count() == 1


def test_who_may_read_answers_sees_them_in_a_list_with_their_number_and_nobody_else_does(
    asked, iris, omar, piet, client_of
):
    page = client_of(iris).get("/reviews").content.decode()

    assert "Where is my parcel?" in page
    assert "Nadia Haddad: It is in the van." in page
    assert ">1<" in client_of(iris).get("/reviews/count").content.decode()
    assert 'href="/reviews"' in client_of(iris).get("/inbox").content.decode()
    for other in (omar, piet):
        assert client_of(other).get("/reviews").status_code == 403
        assert 'href="/reviews"' not in client_of(other).get("/inbox").content.decode()


def test_approved_it_leaves_as_it_was_written_under_its_writers_name(
    asked, approve, trainee, iris, lost_parcel, ticket, client_of
):
    approve(asked)

    reply = Message.objects.get(kind="reply")
    assert (reply.agent, reply.text) == (trainee, "It is in the van.")
    assert reply.due_at
    assert reply.due_at > reply.at
    (told,) = facts_about(lost_parcel.pk, kinds=[ReplyWritten])
    assert (told.by_agent_id, told.approved_by_id) == (trainee.pk, iris.pk)
    (approved,) = facts_about(lost_parcel.pk, kinds=[ReviewApproved])
    assert (approved.by_agent_id, approved.of_agent_id, approved.changed) == (iris.pk, trainee.pk, False)
    assert "approved the answer of <b>Nadia Haddad</b>" in client_of(iris).get(ticket).content.decode()
    assert not SharedDraft.objects.exists()


def test_what_a_reader_changes_is_kept_beside_the_answer(asked, approve, iris, ticket, client_of):
    approve(asked, body="It is in the blue van.")

    reply = Message.objects.get(kind="reply")
    assert (reply.text, Review.objects.get().text) == ("It is in the blue van.", "It is in the van.")
    page = client_of(iris).get(f"{ticket}/messages/{reply.pk}").content.decode()
    assert "Iris Vermeer let it leave" in page
    assert "<ins>blue </ins>" in page


def test_sent_back_it_is_in_its_writers_draft_with_a_word_why(asked, iris, trainee, ticket, client_of):
    refused = client_of(iris).delete(f"{ticket}/shared/{asked.pk}/review", headers=BY_SCRIPT)
    assert refused.status_code == 422

    client_of(iris).delete(f"{ticket}/shared/{asked.pk}/review?comment=Say+when.", headers=BY_SCRIPT)

    assert Draft.objects.get(agent=trainee).text == "It is in the van."
    assert not SharedDraft.objects.exists()
    assert nothing_left()
    (fact,) = facts_about(asked.ticket_id, kinds=[ReviewSentBack])
    assert fact.comment == "Say when."
    assert "Say when." in client_of(trainee).get(ticket).content.decode()


def test_its_writer_can_take_it_back_before(asked, trainee, ticket, client_of):
    client_of(trainee).delete(f"{ticket}/shared/{asked.pk}", headers=BY_SCRIPT)

    assert Draft.objects.get(agent=trainee).text == "It is in the van."
    assert len(facts_about(asked.ticket_id, kinds=[ReviewCalledOff])) == 1


def test_a_message_that_came_meanwhile_is_shown_to_the_reader(asked, approve, iris, write, ticket, client_of):
    seen = asked.ticket.messages.get().pk
    write(asked.ticket, text="Never mind, it is here!", reply_text="Never mind, it is here!")

    page = client_of(iris).get(f"{ticket}/shared/{asked.pk}").content.decode()
    refused = approve(asked, seen=seen)

    assert "Vera Lindqvist wrote while you were writing" in page
    assert refused.status_code == 409
    assert nothing_left()
    assert approve(asked).status_code == 200


def test_nobody_reads_their_own_answers_and_only_readers_do(asked, approve, trainee, omar, iris):
    trainee.user.role = iris.user.role
    trainee.user.save()

    assert [approve(asked, who=who).status_code for who in (trainee, omar)] == [403, 403]
    assert nothing_left()


def test_while_it_waits_others_change_nothing_in_it(asked, trainee, omar, ticket, client_of):
    words = {"body": "Other words", "version": 1, "key": uuid4()}
    here = f"{ticket}/shared/{asked.pk}"

    for who in (trainee, omar):
        for path in (here, f"{here}/sending"):
            assert client_of(who).post(path, words, headers=BY_SCRIPT).status_code == 403
    asked.refresh_from_db()
    assert asked.text == "It is in the van."


# No way round it: every road to the customer, by the one verb that writes answers.


def test_no_road_the_verb_itself_refuses(trainee, lost_parcel):
    with pytest.raises(Ticket.NeedsReview):
        lost_parcel.reply(text="Psst", by=trainee, at=clock.now())
    words: dict[str, Any] = {"text": "Psst", "html": "", "key": uuid4(), "seen": None, "undo": timedelta(0)}
    with pytest.raises(Ticket.NeedsReview):
        answering.answer(lost_parcel, **words, by=trainee, at=clock.now())


def test_no_road_by_closing_with_the_answer(ask, approve, lost_parcel):
    ask(closing="solved")
    assert not Ticket.objects.get(pk=lost_parcel.pk).is_done

    approve(SharedDraft.objects.get())

    assert Ticket.objects.get(pk=lost_parcel.pk).is_done


def test_no_road_by_planning_it(ask, approve):
    ask(later="tomorrow")
    assert nothing_left()

    approve(SharedDraft.objects.get())

    assert PlannedReply.objects.get().message.kind == "reply"


def test_no_road_by_a_macro_that_goes_with_it(ask, approve, trainee, lost_parcel):
    recipe = Recipe(name="Late", actions=[["tag", "late"]], wordings={"": Wording(text="It is late.")})
    macro = Macro.make(recipe, by=trainee, at=clock.now())
    ask(macro=macro.pk)
    assert (lost_parcel.taggings.count(), nothing_left()) == (0, True)

    approve(SharedDraft.objects.get())

    assert lost_parcel.taggings.count() == 1


def test_no_road_by_a_shared_draft(trainee, omar, lost_parcel, ticket, client_of):
    words: dict[str, Any] = {"mode": "reply", "text": "Ours", "html": ""}
    draft = sharing.share(lost_parcel, **words, by=omar, at=clock.now())
    fields = {"body": "Ours, by me", "version": 1, "key": uuid4()}

    client_of(trainee).post(f"{ticket}/shared/{draft.pk}/sending", fields, headers=BY_SCRIPT)

    draft.refresh_from_db()
    assert nothing_left()
    assert (draft.asked_at is not None, draft.agent) == (True, trainee)


def test_no_road_by_solving_many_together(trainee, lost_parcel):
    answer = Answer(ticket=lost_parcel, mode="reply", text="All fine", key=uuid4(), seen=None)

    (outcome,) = solve_each([answer], by=trainee, reason="solved", undo=timedelta(0), at=clock.now())

    assert isinstance(outcome.trouble, Ticket.NeedsReview)
    assert nothing_left()
    assert not Ticket.objects.get(pk=lost_parcel.pk).is_done


def test_no_road_by_opening_a_ticket_with_a_mail(trainee, iris, house, vera, client_of):
    """The ticket is there; its mail waits, and so does the closing that goes with it."""
    browser, address = client_of(trainee), reverse("tickets:new-one", args=[uuid4()])
    sent = {"way": "email", "mode": "mail", "person": str(vera.pk), "outlet": str(house.harbour.pk)}
    sent |= {"subject": "Your order", "body": "It leaves tomorrow.", "priority": "2", "closing": "on"}

    assert (
        "Waits until a colleague has read it"
        in browser.post(address, {**sent, "preview": "1"}).content.decode()
    )
    browser.post(address, sent)

    waits = SharedDraft.objects.select_related("ticket").get()
    assert (nothing_left(), waits.text, waits.ticket.is_done) == (True, "It leaves tomorrow.", False)
    words: Any = {"text": waits.text, "html": "", "version": waits.version, "seen": None}
    reviewing.approve(waits.pk, **words, undo=timedelta(0), by=iris, at=clock.now())
    reply, ticket = Message.objects.get(kind="reply"), Ticket.objects.get(subject="Your order")
    assert (reply.agent, reply.text, ticket.status) == (trainee, "It leaves tomorrow.", "closed")


def test_no_road_by_taking_a_planned_answer_of_a_colleague(trainee, omar, lost_parcel, ticket, client_of):
    lost_parcel.reply(text="Omar's words", by=omar, undo=timedelta(hours=1), at=clock.now())
    reply = Message.objects.get(kind="reply")
    answering.take_back(lost_parcel, reply, by=trainee, at=clock.now())

    client_of(trainee).post(f"{ticket}/replies", {"body": "Mine", "key": uuid4()}, headers=BY_SCRIPT)

    assert nothing_left()
    assert SharedDraft.objects.get().asked_at


def test_files_wait_and_leave_with_it(trainee, ask, approve, lost_parcel):
    stored = storing.store(name="log.txt", content=b"all", at=clock.now())
    Draft.add_file(ticket_id=lost_parcel.pk, by=trainee, stored=stored, at=clock.now())
    ask()

    approve(SharedDraft.objects.get())

    assert Message.objects.get(kind="reply").attachments.get().stored == stored


def test_notes_need_no_reader(trainee, ticket, client_of):
    client_of(trainee).post(f"{ticket}/notes", {"body": "For us", "key": uuid4()}, headers=BY_SCRIPT)

    assert Message.objects.get(kind="note").text == "For us"


def test_it_goes_along_when_its_ticket_is_merged(asked, approve, iris, write):
    other = write(external_id="other@nordlys.example").ticket
    merge([asked.ticket], into=other, by=iris, at=clock.now())

    reviewing.approve(
        asked.pk,
        text=asked.text,
        html="",
        version=asked.version,
        seen=None,
        by=iris,
        undo=timedelta(0),
        at=clock.now(),
    )

    assert Message.objects.get(kind="reply").ticket == other


def test_leads_say_whose_answers_are_read_and_agents_do_not(nadia, iris, omar, client_of):
    assert client_of(omar).post("/settings/reviewed", {"agent": nadia.pk, "needed": "on"}).status_code == 403
    assert client_of(iris).post("/settings/reviewed", {"agent": iris.pk}).status_code == 403

    client_of(iris).post("/settings/reviewed", {"agent": nadia.pk, "needed": "on"})

    nadia.refresh_from_db()
    assert nadia.answers_need_review
    assert "are read" in client_of(iris).get("/settings/reviewed").content.decode()
    client_of(iris).post("/settings/reviewed", {"agent": nadia.pk})
    nadia.refresh_from_db()
    assert not nadia.answers_need_review


def test_once_they_may_send_again_what_waits_still_waits(asked, trainee, iris, ticket, client_of):
    trainee.have_answers_read(False, by=iris.user, at=clock.now())

    client_of(trainee).post(f"{ticket}/replies", {"body": "By myself", "key": uuid4()}, headers=BY_SCRIPT)

    assert Message.objects.get(kind="reply").text == "By myself"
    assert SharedDraft.objects.get() == asked
