"""How the queue of jobs stands: what waits, what is stuck, what was given up, when a worker last reported."""

from dataclasses import dataclass

from django.db import connection

STUCK_AFTER_MINUTES = 10


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """due: jobs that could be done now. given_up: jobs that failed for good within a day."""

    due: int
    oldest_wait_minutes: int
    stuck: int
    given_up: int
    seconds_since_report: int | None


def backlog() -> Backlog:
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [STUCK_AFTER_MINUTES])
        due, oldest_wait_minutes, stuck, given_up, seconds = cursor.fetchone()
    return Backlog(
        due=due,
        oldest_wait_minutes=oldest_wait_minutes,
        stuck=stuck,
        given_up=given_up,
        seconds_since_report=seconds,
    )


_QUESTION = """
    WITH jobs AS (
        SELECT job.status,
               greatest(job.scheduled_at, (SELECT max(event.at) FROM procrastinate_events event
                                            WHERE event.job_id = job.id)) AS since
          FROM procrastinate_jobs job
         WHERE job.status IN ('doing', 'failed')
            OR (job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now())
    )
    SELECT count(*) FILTER (WHERE status = 'todo'),
           coalesce(max(extract(epoch FROM now() - since) / 60) FILTER (WHERE status = 'todo'), 0)::int,
           count(*) FILTER (WHERE status = 'doing' AND since < now() - %s * interval '1 minute'),
           count(*) FILTER (WHERE status = 'failed' AND since > now() - interval '1 day'),
           (SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers)
      FROM jobs
"""
