"""What can be wrong with a mailbox elsewhere: a stable key, words for people, and what to do about it.

The words are ours, never the server's: what a server says inside a network must not be readable from here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from handrail.accounts.rights import Words


class Trouble(Exception):
    """A mailbox could not be looked at. key: one of `WORDS`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A trouble in words."""

    said: Words
    mend: Words


WORDS: dict[str, Explained] = {
    "not-reachable": Explained(
        said=_("This server cannot be reached from here."),
        mend=_(
            "Check its name. For a server in your own network, the operator names that network in "
            "HANDRAIL_MAIL_SERVER_NETWORKS."
        ),
    ),
    "silent": Explained(
        said=_("The server does not answer."),
        mend=_("Check name and port; a firewall may be in between. The desk tries again by itself."),
    ),
    "certificate": Explained(
        said=_("The server's certificate is not valid for this name, or has expired."),
        mend=_("Write the name that stands in the certificate, or let its operator renew it."),
    ),
    "encryption": Explained(
        said=_("No encrypted connection came about."),
        mend=_("Port 993 is for TLS from the start, port 143 for STARTTLS."),
    ),
    "plain-elsewhere": Explained(
        said=_("Without encryption only a server on this machine is spoken to."),
        mend=_("Choose TLS from the start, or STARTTLS."),
    ),
    "not-imap": Explained(
        said=_("At this port answers something that is not an IMAP server."), mend=_("Check the port.")
    ),
    "sign-in": Explained(
        said=_("The server refuses this user or password."),
        mend=_(
            "Check both. Where the account has a second factor, make a password for this program alone. "
            "Google and Microsoft want to be connected instead."
        ),
    ),
    "consent": Explained(
        said=_("Google or Microsoft does not let this desk in any more."),
        mend=_("Connect the account again, as the person the mailbox belongs to."),
    ),
    "no-secret": Explained(
        said=_("There is nothing to sign in with."),
        mend=_(
            "Enter the password again, or connect the account. This also happens after the desk's "
            "secret key changed."
        ),
    ),
    "folder": Explained(
        said=_("There is no folder of this name."), mend=_("Choose one of those that “Try it” lists.")
    ),
    "target": Explained(
        said=_("What was fetched cannot be moved to the folder you named."),
        mend=_("Nothing is lost: the mail is here already. Check the folder's name and rights."),
    ),
    "cut": Explained(said=_("The server ended the connection."), mend=_("The desk tries again by itself.")),
    "refused": Explained(
        said=_("The server refused a command it should know."), mend=_("The desk tries again by itself.")
    ),
    "ours": Explained(
        said=_("Something went wrong in the desk itself."), mend=_("Its log says what: imap.failed.")
    ),
}


def explained(key: str) -> Explained:
    """The words for a key, also for one of a later version."""
    return WORDS.get(key, WORDS["ours"])
