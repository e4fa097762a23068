"""Learning from one mail that it is spam, or that it is not."""

from datetime import datetime

from django.db import transaction

from handrail.accounts.models import User
from handrail.channels import Unreadable
from handrail.channels.email.models import RawMail, SpamLesson, SpamTrait
from handrail.channels.email.reading import reader
from handrail.channels.email.spam.traits import traits_of
from handrail.tickets.models import Message

#: Answers teach what honest mail looks like; more lessons of it than this add nothing.
MOST_FROM_ANSWERS = 2_000


@transaction.atomic
def learn(mail: RawMail, *, is_spam: bool, by: User | None, at: datetime) -> bool:
    """Count what the mail shows; returns whether that changed anything. The last word about a mail counts."""
    try:
        traits = traits_of(reader.opened(bytes(mail.raw)).mail)
    except Unreadable:
        return False
    said = SpamLesson.note(mail.pk, is_spam=is_spam, by=by, at=at)
    if said == is_spam:
        return False
    undo = 0 if said is None else -1
    SpamTrait.count(traits, spam=1 if is_spam else undo, honest=undo if is_spam else 1)
    return True


def learn_from_answer(answer: Message, *, at: datetime) -> bool:
    """The mail that was answered is honest, unless somebody said otherwise; whether it was learned."""
    heard = Message.objects.filter(ticket=answer.ticket_id, kind=Message.Kind.CUSTOMER, pk__lt=answer.pk)
    newest = heard.filter(automatic="").order_by("-id").values_list("pk", flat=True)[:1]
    mail = RawMail.objects.filter(message_id__in=list(newest)).first()
    if mail is None or SpamLesson.objects.filter(pk=mail.pk).exists():
        return False
    if SpamLesson.counts()[1] >= MOST_FROM_ANSWERS:
        return False
    return learn(mail, is_spam=False, by=None, at=at)
