"""Learning from one mail that it is spam, or that it is not."""

from datetime import datetime

from django.db import transaction

from handrail.accounts.models import User
from handrail.channels import Unreadable
from handrail.channels.email.models import RawMail, SpamLesson, SpamTrait
from handrail.channels.email.reading import reader
from handrail.channels.email.spam.traits import traits_of


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
