"""Whatever is merged, split, answered and taken back, in any order: no message is lost or doubled."""

import random
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection

from handrail.tickets import merging, splitting
from handrail.tickets.circles import Circular
from handrail.tickets.models import Merge, Message, Split, Ticket
from handrail.tickets.splitting import Part
from tests.cast import NINE

VERA = ("Vera Lindqvist", "vera@nordlys.example")
#: Stories, and steps of each; many more under `make torture`.
STORIES, STEPS = 3, 25
REFUSALS = (
    merging.OneAlready,
    merging.WentOn,
    merging.UndoneAlready,
    merging.PartOfIt,
    splitting.NothingLeft,
    splitting.NothingChosen,
    Ticket.WentInto,
    Message.DoesNotExist,
    Circular,
)


class Story:
    """Random steps on a few tickets. said: what was said, each with its only text."""

    def __init__(self, seed, write, nadia):
        self.chance, self.write, self.nadia = random.Random(seed), write, nadia
        self.at, self.said = NINE, list[str]()
        self.tickets = [self.hear() for _place in range(4)]

    def hear(self, ticket=None):
        self.said.append(f"word {len(self.said)}")
        text = self.said[-1]
        message = self.write(ticket=ticket, text=text, reply_text=text, external_id=f"{text}@x")
        return message.ticket

    def step(self):
        self.at += timedelta(minutes=1)
        act = self.chance.choice(
            [self.merge, self.merge, self.undo, self.answer, self.listen, self.split, self.unsplit]
        )
        with suppress(*REFUSALS):
            act()

    def any_ticket(self):
        return Ticket.objects.get(pk=self.chance.choice(self.tickets).pk)

    def merge(self):
        some = [self.any_ticket() for _place in range(self.chance.randint(1, 2))]
        merging.merge(some, into=self.any_ticket(), by=self.nadia, at=self.at)

    def undo(self):
        if made := list(Merge.objects.all()):
            merging.undo(self.chance.choice(made), by=self.nadia, at=self.at)

    def answer(self):
        text = f"word {len(self.said)}"
        self.any_ticket().reply(text=text, by=self.nadia, at=self.at)
        self.said.append(text)

    def listen(self):
        self.hear(self.any_ticket())

    def split(self):
        ticket = self.any_ticket()
        ids = list(ticket.messages.values_list("pk", flat=True))
        chosen = self.chance.sample(ids, k=self.chance.randint(0, len(ids)))
        part = Part(messages=chosen, subject="Part", requester=VERA, team=None)
        self.tickets.append(splitting.split(ticket, part, by=self.nadia, at=self.at).part)

    def unsplit(self):
        if made := list(Split.objects.all()):
            splitting.undo(self.chance.choice(made), by=self.nadia, at=self.at)


def assert_whole(story):
    assert sorted(Message.objects.values_list("text", flat=True)) == sorted(story.said)
    assert not Message.objects.filter(ticket__status="merged").exists()
    for message in Message.objects.exclude(home=None).select_related("home"):
        assert message.home
        assert message.home.survivor().pk == message.ticket_id != message.home_id
    for ticket in Ticket.objects.filter(status="merged"):
        assert Merge.objects.filter(merged=ticket, undone_at=None).count() == 1
        assert ticket.survivor().status != "merged"


@pytest.mark.parametrize("seed", range(STORIES))
def test_every_message_is_there_once_whatever_is_done(write, nadia, lost_parcel, seed):
    lost_parcel.messages.all().delete()
    story = Story(seed, write, nadia)

    for _place in range(STEPS):
        story.step()
        assert_whole(story)


def _together(*acts):
    """Run these at once, each on a connection of its own; what each raised, or None."""
    ready = threading.Barrier(len(acts))
    ends: list[Exception | None] = [None] * len(acts)

    def run(place, act):
        ready.wait(timeout=120)
        try:
            act()
        except Exception as error:
            ends[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=180)
    return ends


@pytest.mark.django_db(transaction=True)
def test_R_059_two_who_merge_both_ways_at_once_leave_one_ticket(nadia, write, lost_parcel):
    other = write(external_id="other@x").ticket

    ends = _together(
        lambda: merging.merge([other], into=lost_parcel, by=nadia, at=NINE),
        lambda: merging.merge([lost_parcel], into=other, by=nadia, at=NINE),
    )

    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "OneAlready"]
    survivor = Ticket.objects.exclude(status="merged").get()
    assert Message.objects.filter(ticket=survivor).count() == 2


@pytest.mark.django_db(transaction=True)
def test_R_059_a_word_that_comes_while_its_ticket_is_merged_lands_on_the_survivor(nadia, write, lost_parcel):
    other = write(external_id="other@x").ticket

    ends = _together(
        lambda: merging.merge([other], into=lost_parcel, by=nadia, at=NINE),
        lambda: write(ticket=Ticket.objects.get(pk=other.pk), text="Meanwhile", external_id="m@x"),
    )

    assert ends == [None, None]
    assert Message.objects.filter(ticket=lost_parcel).count() == 3


@pytest.mark.django_db(transaction=True)
def test_R_059_three_who_merge_in_a_ring_leave_one_ticket(nadia, write, lost_parcel):
    a, b, c = lost_parcel, write(external_id="b@x").ticket, write(external_id="c@x").ticket

    ends = _together(
        lambda: merging.merge([a], into=b, by=nadia, at=NINE),
        lambda: merging.merge([b], into=c, by=nadia, at=NINE),
        lambda: merging.merge([c], into=a, by=nadia, at=NINE),
    )

    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "NoneType", "OneAlready"]
    survivor = Ticket.objects.exclude(status="merged").get()
    assert Message.objects.filter(ticket=survivor).count() == 3
