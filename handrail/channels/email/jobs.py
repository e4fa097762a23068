"""What can wait until after the transaction."""

from datetime import datetime
from uuid import UUID

from handrail.accounts.models import User
from handrail.channels.email.models import RawMail
from handrail.channels.email.spam import learning
from handrail.kit.jobs import job


@job(queue="default", retries=3)
def learn(*, raw_mail_id: str, is_spam: bool, by_user_id: str, at: str, **_later: object) -> None:
    """Learn from a mail that somebody called spam, or honest."""
    mail = RawMail.objects.filter(pk=UUID(raw_mail_id)).first()
    by = User.objects.filter(pk=UUID(by_user_id)).first()
    if mail:
        learning.learn(mail, is_spam=is_spam, by=by, at=datetime.fromisoformat(at))
