"""What this room writes to people, each in the reader's own language."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from handrail.accounts import links
from handrail.accounts.models.letter import Letter
from handrail.accounts.models.link import SignInLink
from handrail.accounts.models.user import User

Purpose = SignInLink.Purpose


def send_sign_in_link(user: User, *, next: str = "", at: datetime) -> Letter:
    """A link that opens the door once within the hour."""
    link = links.issue(user=user, purpose=Purpose.SIGN_IN, at=at, next=next)
    with in_words_of(user):
        text = paragraphs(
            _("Here is the link you asked for. It works once, within the next hour."),
            _("If you did not ask for it, leave it unused: nobody can come in without it."),
        )
        subject, action = _("Your sign-in link"), _("Sign in")
    return _write(user, "sign-in", subject=subject, text=text, action=action, link=link, at=at)


def send_password_link(user: User, *, next: str, at: datetime) -> Letter:
    """A link behind which a new password can be chosen."""
    link = links.issue(user=user, purpose=Purpose.PASSWORD, at=at, next=next)
    with in_words_of(user):
        text = paragraphs(
            _("Somebody, hopefully you, asked for a new password."),
            _("The link works once, within the next hour. Left unused, it changes nothing."),
        )
        subject = action = _("Choose a new password")
    return _write(user, "password", subject=subject, text=text, action=action, link=link, at=at)


def send_invitation(user: User, *, by: User | None, next: str = "", at: datetime) -> Letter:
    """A new colleague's first way in."""
    link = links.issue(user=user, purpose=Purpose.INVITE, at=at, next=next)
    with in_words_of(user):
        invited = _("%(name)s invites you to answer customers in Handrail.") % {"name": by} if by else ""
        text = paragraphs(
            invited or _("You are invited to answer customers in Handrail."),
            _("The link works once, within seven days. After that, ask for a new one."),
        )
        subject, action = _("Your invitation to Handrail"), _("Come in")
    return _write(user, "invitation", subject=subject, text=text, action=action, link=link, at=at)


def tell_of_change(user: User, what: str | Promise, *, at: datetime) -> Letter:
    """Tell somebody that their way in was changed; `what` is a sentence, translated for its reader."""
    with in_words_of(user):
        text = paragraphs(
            str(what),
            _("If that was you, all is well."),
            _("If not: ask for a sign-in link, choose a new password, and tell your admin."),
        )
        subject = _("Your sign-in was changed")
    return _write(user, "change", subject=subject, text=text, at=at)


def paragraphs(*texts: str) -> str:
    return "\n\n".join(texts)


@contextmanager
def in_words_of(user: User) -> Iterator[None]:
    """Speak this user's language."""
    with translation.override(user.language or "en"):
        yield


def _write(
    user: User, kind: str, *, subject: str, text: str, action: str = "", link: str = "", at: datetime
) -> Letter:
    to = {"to": user.email, "name": user.name, "language": user.language}
    return Letter.write(kind=kind, subject=subject, text=text, action=action, link=link, at=at, **to)
