"""Who is usually in copy is proposed, never added; nobody learns an address from what they may not see."""

import pytest

from handrail.kit import clock
from handrail.tickets.models import Message
from handrail.tickets.queries.usual_circle import usual_circle

TOM, UNA = ("Tom Akande", "tom@akande.example"), ("Una", "una@akande.example")


@pytest.fixture
def earlier(write, nadia):
    """Vera asked before: `earlier("first", cc=[TOM])`, with our answer to the same people."""

    def ask(name, cc=(), **changes):
        message = write(external_id=f"{name}@nordlys.example", **changes)
        message.ticket.reply(text="Done", by=nadia, cc=list(cc), at=clock.now())
        return message.ticket

    return ask


def proposed(ticket, agent, **more) -> list[tuple[str, int]]:
    return [(each.address, each.often) for each in usual_circle(ticket, agent=agent, **more)]


def test_those_often_in_copy_are_proposed_most_often_first(earlier, lost_parcel, nadia):
    earlier("a", cc=[TOM, UNA])
    earlier("b", cc=[TOM, UNA])
    earlier("c", cc=[("", "TOM@Akande.example"), ("", "once@elsewhere.example")])

    assert proposed(lost_parcel, nadia) == [(TOM[1], 3), (UNA[1], 2)]


def test_many_mails_on_one_ticket_are_one_ticket(earlier, lost_parcel, nadia):
    ticket = earlier("a", cc=[TOM])
    ticket.reply(text="Again", by=nadia, cc=[TOM], at=clock.now())
    earlier("b")

    assert proposed(lost_parcel, nadia) == []


def test_colleagues_of_the_customer_count_and_strangers_do_not(earlier, lost_parcel, vera, tom, nadia):
    tom.organisation = vera.organisation
    tom.save()
    earlier("a", cc=[UNA])
    theirs = earlier("b", cc=[UNA])
    type(theirs).objects.filter(pk=theirs.pk).update(requester=tom)
    assert proposed(lost_parcel, nadia) == [(UNA[1], 2)]

    tom.organisation = None
    tom.save()

    assert proposed(lost_parcel, nadia) == []


def test_who_takes_part_already_and_our_own_mailboxes_are_left_out(earlier, lost_parcel, nadia):
    for name in ("a", "b"):
        earlier(name, cc=[TOM, ("", "vera@nordlys.example"), ("", "support@harbour.example")])

    assert proposed(lost_parcel, nadia, apart_from=["Support@harbour.example"]) == [(TOM[1], 2)]


def test_what_a_third_party_copied_teaches_nothing(earlier, lost_parcel, nadia):
    for name in ("a", "b"):
        earlier(name, cc=[TOM])
    Message.objects.filter(kind="reply").update(standing=Message.Standing.THIRD_PARTY)

    assert proposed(lost_parcel, nadia) == []


def test_no_address_of_a_ticket_that_the_agent_may_not_see(earlier, house, lost_parcel, nadia, omar):
    hidden = [earlier(name, cc=[TOM]) for name in ("a", "b")]
    nadia.user.role = house.roles["light-agent"]
    nadia.user.save()
    type(hidden[0]).objects.filter(pk__in=[each.pk for each in hidden]).update(team=house.billing)

    assert proposed(lost_parcel, omar) == [(TOM[1], 2)]
    assert proposed(lost_parcel, nadia) == []


def test_it_costs_three_queries_whatever_there_is(earlier, lost_parcel, nadia, django_assert_max_num_queries):
    for name in "abcd":
        earlier(name, cc=[TOM, UNA])
    _warm = (nadia.brand_ids, nadia.team_ids, lost_parcel.requester)

    with django_assert_max_num_queries(3):
        usual_circle(lost_parcel, agent=nadia)


def test_the_composer_offers_them_for_one_click(earlier, lost_parcel, nadia, client_of):
    for name in ("a", "b"):
        earlier(name, cc=[TOM])
    here = f"/tickets/{lost_parcel.number}"

    page = client_of(nadia).get(f"{here}/circle").content.decode()

    assert 'data-copied-address-param="tom@akande.example"' in page
    assert "Tom Akande" in page
    assert 'value="tom@akande.example"' not in client_of(nadia).get(here).content.decode()
