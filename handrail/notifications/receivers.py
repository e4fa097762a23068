"""What happens on tickets and concerns one agent. `when` makes no job where nobody is concerned."""

from uuid import UUID

from handrail.channels.email.events import MailTroubleNoticed, PhishingSuspected
from handrail.channels.email.models import OutgoingMail
from handrail.events import follows, reacts_to
from handrail.notifications import suspecting
from handrail.notifications.models import SEES_MAIL, Kind, Notification
from handrail.team.models import Agent
from handrail.tickets import policies
from handrail.tickets.events import (
    DeliveryChanged,
    MessageReceived,
    MessagesMoved,
    NoteWritten,
    RecurringMissed,
    RecurringTroubled,
    ReviewApproved,
    ReviewAsked,
    ReviewSentBack,
    TaskDueReached,
    TaskGiven,
    TicketAssigned,
    TicketDueFact,
    TicketDueNeared,
    TicketDuePassed,
    TicketsGiven,
    TicketWoke,
)
from handrail.tickets.models import Message, PlannedReply, Ticket

TROUBLE = {Message.Delivery.FAILED, Message.Delivery.BOUNCED, Message.Delivery.SUPPRESSED}


def owner_should_know(fact: MessageReceived) -> bool:
    return fact.owner_id is not None and not fact.first and fact.automatic not in Message.ROBOTS


@follows(MessageReceived, when=owner_should_know)
def tell_the_owner_that_the_customer_wrote_again(fact: MessageReceived) -> None:
    if owner := _agent(fact.owner_id):
        Notification.tell(
            owner,
            Kind.WROTE_AGAIN,
            ticket_id=fact.ticket_id,
            message_id=fact.message_id,
            cause=str(fact.message_id),
            at=fact.at,
        )


@reacts_to(MessagesMoved)
def let_what_was_told_lead_to_the_message(fact: MessagesMoved) -> None:
    Notification.objects.filter(message__in=fact.message_ids).update(ticket_id=fact.ticket_id)


def somebody_else_gave_it(fact: TicketAssigned) -> bool:
    """By itself: work on many tickets is told of once, when it ends."""
    given = fact.to_agent_id is not None and fact.to_agent_id != fact.by_agent_id
    return given and fact.order_id is None


@follows(TicketAssigned, when=somebody_else_gave_it)
def tell_the_new_owner(fact: TicketAssigned) -> None:
    if owner := _agent(fact.to_agent_id):
        Notification.tell(
            owner,
            Kind.ASSIGNED,
            ticket_id=fact.ticket_id,
            by_id=fact.by_agent_id,
            cause=f"{fact.ticket_id} {fact.at.isoformat()}",
            at=fact.at,
        )


@follows(TicketsGiven)
def tell_who_was_given_many(fact: TicketsGiven) -> None:
    if owner := _agent(fact.to_agent_id):
        Notification.tell(
            owner,
            Kind.ASSIGNED,
            ticket_id=fact.ticket_id,
            by_id=fact.by_agent_id,
            detail=str(fact.tickets) if fact.tickets > 1 else "",
            cause=f"{fact.order_id} {fact.at.isoformat()}",
            at=fact.at,
        )


def it_woke_by_itself(fact: TicketWoke) -> bool:
    return fact.why != "hand"


@follows(TicketWoke, when=it_woke_by_itself)
def tell_who_put_it_away_and_whose_it_is(fact: TicketWoke) -> None:
    owners = Ticket.objects.filter(pk=fact.ticket_id, owner__isnull=False).values_list("owner", flat=True)
    for agent in _agents({fact.snoozed_by_id, *owners}):
        Notification.tell(
            agent,
            Kind.WOKE,
            ticket_id=fact.ticket_id,
            cause=f"{fact.ticket_id} {fact.at.isoformat()}",
            at=fact.at,
        )


def somebody_else_gave_the_task(fact: TaskGiven) -> bool:
    return fact.to_agent_id is not None and fact.to_agent_id != fact.by_agent_id


@follows(TaskGiven, when=somebody_else_gave_the_task)
def tell_who_has_the_task_now(fact: TaskGiven) -> None:
    if owner := _agent(fact.to_agent_id):
        Notification.tell(
            owner,
            Kind.TASK_GIVEN,
            ticket_id=fact.ticket_id,
            by_id=fact.by_agent_id,
            detail=fact.text,
            cause=f"{fact.task_id} {fact.at.isoformat()}",
            at=fact.at,
        )


@follows(TaskDueReached)
def tell_whose_task_is_due(fact: TaskDueReached) -> None:
    if owner := _agent(fact.owner_id):
        Notification.tell(
            owner,
            Kind.TASK_DUE,
            ticket_id=fact.ticket_id,
            detail=fact.text,
            cause=f"{fact.task_id} {fact.due_at.isoformat()}",
            at=fact.at,
        )


@follows(TicketDueNeared)
def tell_whose_ticket_is_nearly_due(fact: TicketDueNeared) -> None:
    _tell_of_due(fact, detail="")


@follows(TicketDuePassed)
def tell_whose_ticket_is_past_its_date(fact: TicketDuePassed) -> None:
    _tell_of_due(fact, detail="past")


def _tell_of_due(fact: TicketDueFact, *, detail: str) -> None:
    """The owner; of a ticket that is nobody's, its team as far as they see it."""
    if fact.owner_id:
        concerned = _agents({fact.owner_id})
    else:
        team = Agent.objects.available().filter(teams=fact.team_id) if fact.team_id else Agent.objects.none()
        concerned = [each for each in team.select_related("user__role") if _sees(each, fact.ticket_id)]
    for agent in concerned:
        Notification.tell(
            agent,
            Kind.TICKET_DUE,
            ticket_id=fact.ticket_id,
            detail=detail,
            cause=f"{fact.ticket_id} {fact.due_at.isoformat()} {detail}".strip(),
            at=fact.at,
        )


@follows(RecurringMissed)
def tell_whose_recurring_ticket_was_not_done(fact: RecurringMissed) -> None:
    if owner := _agent(fact.owner_id):
        Notification.tell(
            owner,
            Kind.NOT_DONE,
            ticket_id=fact.ticket_id,
            detail=fact.name,
            cause=f"{fact.ticket_id} {fact.next_number}",
            at=fact.at,
        )


@follows(RecurringTroubled)
def tell_whose_recurring_ticket_was_not_made_as_it_should(fact: RecurringTroubled) -> None:
    if owner := _agent(fact.owner_id):
        Notification.tell(
            owner,
            Kind.NOT_MADE,
            ticket_id=fact.ticket_id,
            detail=fact.name,
            cause=str(fact.ticket_id),
            at=fact.at,
        )


def somebody_else_is_named(fact: NoteWritten) -> bool:
    return any(agent_id != fact.by_agent_id for agent_id in fact.mentioned_ids)


@follows(NoteWritten, when=somebody_else_is_named)
def tell_those_who_are_named(fact: NoteWritten) -> None:
    for agent in _agents(set(fact.mentioned_ids) - {fact.by_agent_id}):
        Notification.tell(
            agent,
            Kind.MENTIONED,
            ticket_id=fact.ticket_id,
            message_id=fact.message_id,
            by_id=fact.by_agent_id,
            cause=str(fact.message_id),
            at=fact.at,
        )


@follows(MessageReceived, when=lambda fact: not fact.first and fact.automatic not in Message.ROBOTS)
def tell_the_writer_of_a_planned_reply(fact: MessageReceived) -> None:
    waiting = PlannedReply.objects.filter(
        message__ticket=fact.ticket_id, message__delivery=Message.Delivery.QUEUED, message__due_at__gt=fact.at
    )
    for planned in waiting.select_related("message__agent__user"):
        if planned.message.agent:
            Notification.tell(
                planned.message.agent,
                Kind.OVERTAKEN,
                ticket_id=fact.ticket_id,
                message_id=fact.message_id,
                cause=f"{fact.message_id} {planned.message_id}",
                at=fact.at,
            )


@follows(ReviewAsked)
def tell_who_can_read_the_answer(fact: ReviewAsked) -> None:
    agents = Agent.objects.available().filter(user__brands=fact.brand_id).select_related("user__role")
    readers = [agent for agent in agents if policies.may_review(agent, fact.by_agent_id)]
    for agent in readers:
        if _sees(agent, fact.ticket_id):
            Notification.tell(
                agent,
                Kind.REVIEW_ASKED,
                ticket_id=fact.ticket_id,
                by_id=fact.by_agent_id,
                cause=f"{fact.draft_id} {fact.at.isoformat()}",
                at=fact.at,
            )


@follows(ReviewApproved)
def tell_the_writer_that_it_left(fact: ReviewApproved) -> None:
    _tell_the_writer(fact, detail="")


@follows(ReviewSentBack)
def tell_the_writer_why_it_came_back(fact: ReviewSentBack) -> None:
    _tell_the_writer(fact, detail=fact.comment[:500])


def _tell_the_writer(fact: ReviewApproved | ReviewSentBack, *, detail: str) -> None:
    if writer := _agent(fact.of_agent_id):
        Notification.tell(
            writer,
            Kind.REVIEWED,
            ticket_id=fact.ticket_id,
            by_id=fact.by_agent_id,
            detail=detail,
            cause=f"{fact.draft_id} {fact.at.isoformat()}",
            at=fact.at,
        )


def a_reply_is_in_trouble(fact: DeliveryChanged) -> bool:
    return fact.state in TROUBLE or fact.state == Message.Delivery.UNCERTAIN


@follows(DeliveryChanged, when=a_reply_is_in_trouble)
def tell_the_writer_that_the_reply_did_not_arrive(fact: DeliveryChanged) -> None:
    """And whose ticket it is. What perhaps arrived is told once it is not sent again by itself."""
    left = OutgoingMail.objects.left_to_people().filter(message=fact.message_id)
    if fact.state == Message.Delivery.UNCERTAIN and not left.exists():
        return
    reply = Message.objects.select_related("ticket").filter(pk=fact.message_id).first()
    concerned = (reply.agent_id, reply.ticket.owner_id) if reply else ()
    for agent in _agents({agent_id for agent_id in concerned if agent_id}):
        Notification.tell(
            agent,
            Kind.UNDELIVERED,
            ticket_id=fact.ticket_id,
            message_id=fact.message_id,
            cause=f"{fact.message_id} {fact.state}",
            at=fact.at,
        )


@follows(MailTroubleNoticed)
def tell_who_looks_after_mail(fact: MailTroubleNoticed) -> None:
    for agent in _who_look_after_mail(fact.brand_id):
        Notification.tell(
            agent,
            Kind.MAIL_TROUBLE,
            topic=fact.topic,
            detail=fact.detail,
            cause=f"{fact.topic} {fact.about_id} {fact.at.isoformat()}",
            at=fact.at,
        )


@follows(PhishingSuspected, lane="phishing")
def tell_who_looks_after_mailboxes_of_deceit(fact: PhishingSuspected) -> None:
    suspecting.tell(fact)


def _who_look_after_mail(brand_id: UUID | None) -> list[Agent]:
    agents = Agent.objects.available().select_related("user__role")
    concerned = agents.filter(user__brands=brand_id) if brand_id else agents
    return [agent for agent in concerned if agent.may(SEES_MAIL)]


def _sees(agent: Agent, ticket_id: UUID) -> bool:
    return bool(Ticket.objects.visible_to(agent).filter(pk=ticket_id).exists())


def _agent(agent_id: UUID | None) -> Agent | None:
    return next(iter(_agents({agent_id} if agent_id else set())), None)


def _agents(agent_ids: set[UUID]) -> list[Agent]:
    return list(Agent.objects.select_related("user").filter(pk__in=agent_ids))
