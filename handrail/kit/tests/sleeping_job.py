"""A job that takes long and one that takes no time, for the tests of dying workers."""

import time

from handrail.kit.jobs import job


@job(queue="tests", retries=0)
def sleep_once(**_later: object) -> None:
    time.sleep(30)


@job(queue="tests", retries=0)
def nod(**_later: object) -> None:
    """Over at once."""
