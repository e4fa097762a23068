"""Notifications, and the kinds an agent does not want to hear of."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.events.live import touch
from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models import Message, Ticket, Visit


class Kind(models.TextChoices):
    """What can be told; each can be switched off."""

    WROTE_AGAIN = "wrote-again", _("A customer writes again on a ticket of mine")
    ASSIGNED = "assigned", _("A colleague or a rule gives me a ticket")
    WOKE = "woke", _("A ticket that I put away, or that is mine, comes back")
    MENTIONED = "mentioned", _("A colleague names me in a note")
    UNDELIVERED = "undelivered", _("A reply of mine does not arrive")
    TASK_GIVEN = "task-given", _("A colleague gives me a task")
    TASK_DUE = "task-due", _("A task of mine is due")
    TICKET_DUE = "ticket-due", _("A ticket of mine, or one of my team that is nobody’s, is due")
    NOT_DONE = "not-done", _("A recurring ticket of mine is not done when the next one comes")
    NOT_MADE = "not-made", _("A recurring ticket of mine is not made as its template says")
    OVERTAKEN = "overtaken", _("A customer writes before a reply that I planned has left")
    REVIEW_ASKED = "review-asked", _("A colleague asks me to read an answer before it leaves")
    REVIEWED = "reviewed", _("An answer of mine was read: it left, or came back")
    PHISHING = "phishing", _("A mail shows signs of deceit (for who looks after mailboxes)")
    MAIL_TROUBLE = "mail-trouble", _("Mail cannot come in or leave (for who looks after mail)")


#: Who holds this right is told of trouble with mail, and who holds the other one, of deceit in it.
SEES_MAIL = "mail.see_health"
MANAGES_MAIL = "mail.manage"


class Notifications(models.QuerySet["Notification"]):
    """Chains that start from notifications."""

    def visible_to(self, agent: Agent) -> "Notifications":
        """What this agent was told, about tickets the agent may still see, and about trouble with mail."""
        about = Q(ticket__in=Ticket.objects.visible_to(agent))
        if agent.may(SEES_MAIL):
            about |= Q(ticket=None)
        return self.filter(about, user_id=agent.user_id)

    def unread(self) -> "Notifications":
        """Neither ticked off nor answered by a look at the ticket since."""
        return self.filter(is_unread())

    def mark_read(self, *, at: datetime) -> int:
        """Tick them off; returns how many were unread."""
        return self.filter(read_at=None).update(read_at=at)


class Notification(models.Model):
    """One agent was told one thing, once. The words are made when it is shown, from what is true then.

    cause: what made it happen, so that a repeated job tells nobody twice.
    by: the colleague who did it; message: what was written. Both may be missing. Trouble with mail is about
    no ticket but a topic.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    cause = models.CharField(max_length=100)
    topic = models.CharField(max_length=30, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = Notifications.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "cause"], name="nobody_is_told_the_same_twice"),
            models.CheckConstraint(
                condition=Q(kind="mail-trouble", ticket=None, message=None) & ~Q(topic="")
                | ~Q(kind="mail-trouble") & Q(ticket__isnull=False, topic=""),
                name="notification_has_a_ticket_or_a_topic",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notification_latest"),
            models.Index(fields=["user", "ticket"], condition=Q(read_at=None), name="notification_unread"),
        ]

    @classmethod
    @transaction.atomic
    def tell(
        cls,
        agent: Agent,
        kind: Kind,
        *,
        ticket_id: UUID | None = None,
        message_id: UUID | None = None,
        by_id: UUID | None = None,
        topic: str = "",
        detail: str = "",
        cause: str,
        at: datetime,
    ) -> None:
        """Tell an active agent, unless they muted the kind or were told already."""
        if not agent.user.is_active or Mute.objects.filter(user_id=agent.user_id, kind=kind).exists():
            return
        row = Notification(
            user_id=agent.user_id,
            kind=kind,
            ticket_id=ticket_id,
            message_id=message_id,
            by_id=by_id,
            topic=topic,
            detail=detail,
            cause=cause,
            at=at,
        )
        Notification.objects.bulk_create([row], ignore_conflicts=True)
        changed(agent.user_id)


class Mute(models.Model):
    """A user does not want to be told of a kind."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="user_mutes_a_kind_once")]

    @classmethod
    @transaction.atomic
    def choose(cls, user: User, *, wanted: Collection[str], at: datetime) -> None:
        """From now on tell this user of the wanted kinds, and of no others."""
        cls.objects.filter(user=user, kind__in=wanted).delete()
        unwanted = [Mute(user=user, kind=kind, at=at) for kind in Kind if kind not in wanted]
        Mute.objects.bulk_create(unwanted, ignore_conflicts=True)


def is_unread() -> Q:
    """Not ticked off, and the one who was told has not looked at the ticket since."""
    looks = Visit.objects.filter(
        agent__user=OuterRef("user"), ticket=OuterRef("ticket"), at__gte=OuterRef("at")
    )
    return Q(~Exists(looks), read_at=None)


def changed(user_id: UUID) -> None:
    """Let the open browsers of a user count again."""
    touch(f"user:{user_id}", "notifications")
