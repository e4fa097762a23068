"""The tables of this room that are queues: loaded when the application starts, emptied by every worker."""

from handrail.channels.email import intake, outbox

__all__ = ["intake", "outbox"]
