"""Who may be told live that their bell rings."""

from handrail.events.live.gates import Viewer


def may_watch_user(viewer: Viewer, key: str) -> bool:
    """Everybody themselves, and nobody else."""
    return key == str(viewer.user_id)
