"""Slow down guessing: each further try has to wait longer, per account and per network.

A try is counted before the secret is looked at, so that many at once gain nothing; a right one is given back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction

from handrail.accounts import audit
from handrail.accounts.events import GuessingNoticed
from handrail.accounts.models.throttle import Throttle
from handrail.events import publish
from handrail.kit import ids
from handrail.kit.prepared import ask

NO_WAIT = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How fast something may be tried.

    free: so many tries without waiting; then one must wait `step`, twice that, and so on up to `longest`.
    forgotten_after: when so much time has passed since the last try, counting starts anew; None: never.
    limit: after so many tries in a row nothing helps but another way in.
    alarm: at so many tries the desk says aloud that somebody is guessing.
    """

    name: str
    free: int
    step: timedelta
    longest: timedelta
    forgotten_after: timedelta | None = None
    limit: int | None = None
    alarm: int | None = None


#: NIST 800-63B allows at most 100 consecutive failures for an account.
ACCOUNT = Pace(
    name="account",
    free=5,
    step=timedelta(seconds=1),
    longest=timedelta(minutes=15),
    limit=100,
    alarm=10,
)
CODE = Pace(
    name="code", free=5, step=timedelta(seconds=5), longest=timedelta(minutes=15), limit=100, alarm=10
)
#: Wide enough for an office behind one address.
NETWORK = Pace(
    name="network",
    free=30,
    step=timedelta(seconds=1),
    longest=timedelta(minutes=5),
    forgotten_after=timedelta(hours=1),
    alarm=100,
)
#: Nobody gets more than three sign-in mails an hour from us, whoever asks for them.
LETTERS = Pace(
    name="letters",
    free=3,
    step=timedelta(hours=1),
    longest=timedelta(hours=1),
    forgotten_after=timedelta(hours=1),
)
LETTER_NETWORK = Pace(
    name="letter-network",
    free=10,
    step=timedelta(hours=1),
    longest=timedelta(hours=1),
    forgotten_after=timedelta(hours=1),
)
FAR = timedelta(days=36_500)


@transaction.atomic
def knock(pace: Pace, who: str | UUID, *, at: datetime) -> timedelta:
    """Count a try. Zero: it may be made. Else: how long to wait; then the try did not count."""
    throttle = _locked(pace, who, at=at)
    if throttle.tries >= pace.free and throttle.open_at > at:  # of two at once the earlier may come second
        return throttle.open_at - at
    if pace.forgotten_after and at - throttle.tried_at > pace.forgotten_after:
        throttle.tries = 0
    throttle.tries += 1
    throttle.tried_at, throttle.open_at = at, at + _wait(pace, throttle.tries)
    _keep(throttle)
    if throttle.tries == pace.alarm:
        _say_aloud(pace, str(who), tries=throttle.tries, at=at)
    return NO_WAIT


def wait(pace: Pace, who: str | UUID, *, at: datetime) -> timedelta:
    """How long to wait before the next try, without making one."""
    throttle = Throttle.objects.filter(pk=_key(pace, who)).first()
    return max(throttle.open_at - at, NO_WAIT) if throttle else NO_WAIT


def forget(pace: Pace, who: str | UUID) -> None:
    """The right secret was given: counting starts anew."""
    Throttle.objects.filter(pk=_key(pace, who)).delete()


@transaction.atomic
def give_back(pace: Pace, who: str | UUID, *, at: datetime) -> None:
    """Take back one try that was right, without forgetting the wrong ones of others on the same network."""
    throttle = _locked(pace, who, at=at)
    throttle.tries, throttle.open_at = max(throttle.tries - 1, 0), at
    _keep(throttle)


def sweep(*, before: datetime) -> int:
    """Remove what was last tried before then; returns how many."""
    return Throttle.objects.filter(tried_at__lt=before, open_at__lt=before).delete()[0]


#: Writing the key over itself locks the row that is there, and tells what it holds.
_LOCK = """
    INSERT INTO accounts_throttle (key, tries, tried_at, open_at) VALUES (%(key)s, 0, %(at)s, %(at)s)
    ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key RETURNING key, tries, tried_at, open_at
"""
_KEEP = "UPDATE accounts_throttle SET tries = %s, tried_at = %s, open_at = %s WHERE key = %s"


def _locked(pace: Pace, who: str | UUID, *, at: datetime) -> Throttle:
    (row,) = ask(_LOCK, {"key": _key(pace, who), "at": at})
    return Throttle.from_db(connection.alias, ["key", "tries", "tried_at", "open_at"], row)


def _keep(throttle: Throttle) -> None:
    ask(_KEEP, [throttle.tries, throttle.tried_at, throttle.open_at, throttle.key])


def _say_aloud(pace: Pace, who: str, *, tries: int, at: datetime) -> None:
    publish(GuessingNoticed(guessing_id=ids.uuid7(), what=pace.name, who=who, tries=tries, at=at))
    audit.record("guessing.noticed", by=None, at=at, what=pace.name, who=who, tries=tries)


def _wait(pace: Pace, tries: int) -> timedelta:
    """The wait after so many tries."""
    if pace.limit is not None and tries >= pace.limit:
        return FAR
    if tries < pace.free:
        return NO_WAIT
    doublings = min(tries - pace.free, 20)
    return min(pace.step * (1 << doublings), pace.longest)


def _key(pace: Pace, who: str | UUID) -> str:
    """What a stranger typed is kept as a digest only."""
    return f"{pace.name}:{sha256(str(who).encode('utf-8', 'replace')).hexdigest()[:40]}"
