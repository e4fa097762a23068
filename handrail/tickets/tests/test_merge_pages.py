"""Merging, splitting and linking by HTTP."""

from dataclasses import replace

import pytest

from handrail.fields.field import Kind, Noun
from handrail.fields.models import Definition
from handrail.kit import clock
from handrail.tickets import linking, merging
from handrail.tickets.models import Draft, Link, Merge, Message, Split, Ticket
from handrail.tickets.receiving import receive
from tests.cast import NINE, VERA_WRITES

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def again(write, lost_parcel):
    """Vera asked the same once more, with a colleague in copy."""
    copied = (("Liv Berg", "liv@nordlys.example"),)
    return write(
        subject="Parcel, again",
        text="Again: where?",
        reply_text="Again: where?",
        cc=copied,
        external_id="again@x",
    ).ticket


@pytest.fixture
def unseen(house, piet):
    """A ticket of another brand."""
    stranger = replace(VERA_WRITES, address="stranger@elsewhere.example", name="Stranger", subject="Secret")
    return receive(stranger, brand=house.office, team=house.office_desk, at=NINE).ticket


@pytest.fixture
def nadias(client_of, nadia):
    return client_of(nadia)


def test_the_page_shows_what_would_be_before_anything_is_done(nadias, lost_parcel, again):
    page = nadias.get(f"/tickets/{lost_parcel.number}/merge?with={again.number}").content.decode()

    assert "Again: where?" in page
    assert 'name="seat" value="liv@nordlys.example">' in page
    assert 'value="vera@nordlys.example"' not in page
    assert f"Merge into #{lost_parcel.number}" in page
    assert Merge.objects.count() == 0


def test_a_merge_leads_to_the_survivor_with_a_way_back(nadias, lost_parcel, again):
    given = {
        "with": [lost_parcel.number, again.number],
        "into": lost_parcel.number,
        "keep-subject": again.number,
    }

    answer = nadias.post(f"/tickets/{again.number}/merge", given)

    batch = Merge.objects.get().batch
    assert answer["Location"] == f"/tickets/{lost_parcel.number}?merged={batch}"
    page = nadias.get(answer["Location"]).content.decode()
    assert f"/tickets/{lost_parcel.number}/merges/{batch}" in page
    assert "Parcel, again" in page
    assert f'<a href="/tickets/{again.number}/merge">#{again.number}</a>' in page
    told = nadias.post(
        f"/tickets/{lost_parcel.number}/merges/{batch}", {"_method": "delete"}, headers=BY_SCRIPT
    )
    assert "they are tickets of their own again" in told.content.decode()
    assert Ticket.objects.filter(status="merged").count() == 0


def test_the_address_of_a_merged_ticket_leads_to_its_survivor(nadias, nadia, lost_parcel, again):
    merging.merge([again], into=lost_parcel, by=nadia, at=clock.now())

    assert nadias.get(f"/tickets/{again.number}")["Location"] == f"/tickets/{lost_parcel.number}"
    page = nadias.get(f"/tickets/{again.number}/merge").content.decode()
    assert f"#{lost_parcel.number} Where is my parcel?" in page
    assert "Nadia Haddad did that" in page
    back = nadias.post(f"/tickets/{again.number}/merge", {"_method": "delete"})
    assert back["Location"] == f"/tickets/{again.number}"
    assert Ticket.objects.get(pk=again.pk).status == "new"


def test_who_may_not_see_the_survivor_is_not_told_its_number(
    client_of, nadia, lena, house, lost_parcel, again
):
    lost_parcel.move(house.billing, by=nadia, at=clock.now())
    merging.merge([again], into=lost_parcel, by=nadia, at=clock.now())
    lenas = client_of(lena)

    assert lenas.get(f"/tickets/{again.number}")["Location"] == f"/tickets/{again.number}/merge"
    page = lenas.get(f"/tickets/{again.number}/merge").content.decode()
    assert "a ticket that you cannot see" in page
    assert str(lost_parcel.number) not in page


def test_S_020_naming_an_unseen_ticket_is_like_naming_none(nadias, lost_parcel, unseen):
    nobodys = 987_654_321

    for path, field in (("merge", "with"), ("links", "other")):
        answers = []
        for number in (unseen.number, nobodys):
            answer = nadias.post(f"/tickets/{lost_parcel.number}/{path}", {field: number, "way": "related"})
            words = answer.content.decode().replace(str(number), "N")
            answers.append(
                (answer.status_code, "There is no ticket of that number." in words, "Secret" in words)
            )
        assert answers == [(422, True, False)] * 2

    assert nadias.get(f"/tickets/{unseen.number}/merge").status_code == 404
    assert nadias.get(f"/tickets/{unseen.number}/split").status_code == 404
    assert nadias.get(f"/tickets/{unseen.number}/links").status_code == 404
    assert (Merge.objects.count(), Link.objects.count()) == (0, 0)


def test_what_is_sent_on_a_merged_ticket_is_refused_and_kept(nadias, nadia, lost_parcel, again):
    Draft.keep(ticket_id=again.pk, by=nadia, mode="reply", text="It is", html="", at=clock.now())
    merging.merge([again], into=lost_parcel, by=nadia, at=clock.now())

    answer = nadias.post(
        f"/tickets/{again.number}/replies",
        {"body": "It is in the van.", "key": "01a20000-0000-7000-8000-000000000001"},
        headers=BY_SCRIPT,
    )

    assert answer.status_code == 409
    assert f"merged into #{lost_parcel.number}" in answer.content.decode()
    assert Message.objects.filter(kind="reply").count() == 0
    draft = Draft.objects.get()
    assert (draft.ticket, draft.text) == (lost_parcel, "It is in the van.")


def test_nothing_else_is_done_to_a_merged_ticket(nadias, nadia, lost_parcel, again):
    merging.merge([again], into=lost_parcel, by=nadia, at=clock.now())

    for part, fields in (
        ("closure", {"reason": "solved"}),
        ("priority", {"priority": 4}),
        ("tags", {"name": "x"}),
    ):
        refused = nadias.post(f"/tickets/{again.number}/{part}", fields, headers=BY_SCRIPT)
        assert refused.status_code == 409

    assert Ticket.objects.get(pk=again.pk).status == "merged"


def test_messages_written_to_a_merged_ticket_say_so(nadias, nadia, lost_parcel, again):
    merging.merge([again], into=lost_parcel, by=nadia, at=clock.now())

    page = nadias.get(f"/tickets/{lost_parcel.number}").content.decode()

    assert page.count(f"Written to #{again.number}, which was merged into this ticket") == 1


def test_a_customer_reads_only_their_own_words_on_a_merged_ticket(
    client_of, nadia, vera, tom, write, lost_parcel
):
    theirs = write(
        subject="Late",
        address="tom@akande.example",
        name="Tom Akande",
        text="Toms secret",
        reply_text="Toms secret",
    ).ticket
    merging.merge([theirs], into=lost_parcel, by=nadia, at=clock.now())

    veras = client_of(vera).get(f"/help/requests/{lost_parcel.number}").content.decode()
    toms = client_of(tom).get(f"/help/requests/{theirs.number}").content.decode()

    assert ("out for delivery" in veras, "Toms secret" in veras) == (True, False)
    assert ("Toms secret" in toms, "out for delivery" in toms) == (True, False)


def test_a_part_is_split_off_by_form_and_put_back(nadias, write, lost_parcel):
    more = write(
        ticket=lost_parcel, text="And the invoice?", reply_text="And the invoice?", external_id="inv@x"
    )
    page = nadias.get(f"/tickets/{lost_parcel.number}/split").content.decode()
    assert "And the invoice?" in page

    given = {"message": more.pk, "subject": "Invoice", "requester": "vera@nordlys.example", "team": ""}
    answer = nadias.post(f"/tickets/{lost_parcel.number}/split", given)

    split = Split.objects.get()
    assert answer["Location"].startswith(f"/tickets/{split.part.number}?split=")
    back = nadias.get(answer["Location"]).content.decode()
    assert f"/tickets/{split.part.number}/splits/{split.pk}" in back
    undone = nadias.post(f"/tickets/{split.part.number}/splits/{split.pk}", {"_method": "delete"})
    assert undone["Location"] == f"/tickets/{lost_parcel.number}"
    assert Message.objects.get(pk=more.pk).ticket == lost_parcel


def test_a_split_that_makes_no_sense_is_explained(nadias, lost_parcel):
    only = lost_parcel.messages.get()
    asked = {"subject": "x", "requester": "vera@nordlys.example"}

    for fields, words in (
        (asked, "Choose at least one message or file."),
        ({**asked, "message": only.pk}, "Leave at least one message here."),
        ({**asked, "requester": "mallory@evil.example"}, "Choose who asks"),
    ):
        refused = nadias.post(f"/tickets/{lost_parcel.number}/split", fields)
        assert (refused.status_code, words in refused.content.decode()) == (422, True)


def test_tickets_are_linked_by_number_and_unlinked_with_a_way_back(nadias, lost_parcel, again):
    here = f"/tickets/{lost_parcel.number}/links"

    panel = nadias.post(here, {"way": "blocked-by", "other": f"#{again.number}"}, headers=BY_SCRIPT)
    assert f"#{again.number} <bdi>Parcel, again</bdi>" in panel.content.decode()
    link = Link.objects.get()
    assert (link.kind, link.source, link.target) == ("blocks", again, lost_parcel)

    gone = nadias.post(f"{here}/{link.pk}", {"_method": "delete"}, headers=BY_SCRIPT).content.decode()
    assert f"The link to #{again.number} is gone." in gone
    assert 'name="way" value="blocked-by"' in gone


def test_words_instead_of_a_number_offer_tickets(nadias, lost_parcel, again):
    here = f"/tickets/{lost_parcel.number}/links"

    panel = nadias.post(here, {"way": "related", "other": "again"}, headers=BY_SCRIPT).content.decode()

    assert f'name="other" value="{again.number}"' in panel


def test_the_graph_is_drawn_and_told_in_words(nadias, nadia, write, lost_parcel, again, unseen):
    third = write(subject="Third", external_id="third@x").ticket
    linking.link(lost_parcel, again, way="blocks", by=nadia, at=clock.now())
    linking.link(again, third, way="parent-of", by=nadia, at=clock.now())
    linking.tie(third, unseen, way="related", by=None, at=clock.now())

    page = nadias.get(f"/tickets/{lost_parcel.number}/links").content.decode()

    assert page.count('<g class="graph__box') == 3
    assert page.count('<line class="graph__arrow"') == 2
    assert "Secret" not in page


def test_all_duplicates_are_solved_each_with_its_own_answer(nadias, nadia, write, lost_parcel, again):
    third = write(subject="Third", external_id="third@x").ticket
    for other in (again, third):
        linking.link(other, lost_parcel, way="duplicate-of", by=nadia, at=clock.now())
    here = f"/tickets/{lost_parcel.number}/links/together/duplicates"
    assert "Only a note" in nadias.get(here).content.decode()
    fields: dict[str, object] = {}
    for place, (ticket, mode) in enumerate(((again, "reply"), (third, "note"))):
        newest = ticket.messages.last()
        fields |= {
            f"take-{ticket.number}": "on",
            f"mode-{ticket.number}": mode,
            f"text-{ticket.number}": f"Words for {ticket.subject}",
            f"key-{ticket.number}": f"01a20000-0000-7000-8000-00000000000{place}",
            f"seen-{ticket.number}": newest.pk,
        }
    write(ticket=third, text="Wait!", reply_text="Wait!", external_id="wait@x")

    page = nadias.post(here, fields).content.decode()

    assert "2 tickets solved." in page
    assert list(Message.objects.filter(agent=nadia).order_by("id").values_list("kind", "text")) == [
        ("reply", "Words for Parcel, again"),
        ("note", "Words for Third"),
    ]
    assert set(Ticket.objects.filter(status="solved")) == {again, third}


def test_a_linked_ticket_whose_customer_wrote_meanwhile_is_left(nadias, nadia, write, lost_parcel, again):
    linking.link(again, lost_parcel, way="duplicate-of", by=nadia, at=clock.now())
    number, newest = again.number, again.messages.last()
    write(ticket=again, text="Wait!", reply_text="Wait!", external_id="wait@x")

    answer = nadias.post(
        f"/tickets/{lost_parcel.number}/links/together/duplicates",
        {
            f"take-{number}": "on",
            f"mode-{number}": "reply",
            f"text-{number}": "Done.",
            f"key-{number}": "01a20000-0000-7000-8000-000000000001",
            f"seen-{number}": newest.pk,
        },
    )

    assert (answer.status_code, "They wrote meanwhile." in answer.content.decode()) == (409, True)
    assert Ticket.objects.get(pk=again.pk).status == "new"


def test_values_of_custom_fields_are_kept_by_choice_and_given_back(nadias, nadia, ada, lost_parcel, again):
    labels = {"en": "Order number"}
    Definition.define(noun=Noun.TICKET, key="order", kind=Kind.TEXT, labels=labels, by=ada.user, at=NINE)
    again.fill({"order": "HB 1"}, by=nadia, at=NINE)
    page = nadias.get(f"/tickets/{lost_parcel.number}/merge?with={again.number}").content.decode()
    assert "Order number" in page

    given = {"with": [again.number], "into": lost_parcel.number, "keep-field.order": again.number}
    nadias.post(f"/tickets/{lost_parcel.number}/merge", given)
    assert Ticket.objects.get(pk=lost_parcel.pk).fields == {"order": "HB 1"}
    merging.undo(Merge.objects.get(), by=nadia, at=clock.now())

    assert Ticket.objects.get(pk=lost_parcel.pk).fields == {}
    assert Ticket.objects.get(pk=again.pk).fields == {"order": "HB 1"}
