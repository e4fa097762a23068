"""What every worker does for this room beside jobs: it empties these tables and looks at these mailboxes."""

from handrail.channels.email import intake, outbox
from handrail.channels.email.imap import watching

__all__ = ["intake", "outbox", "watching"]
