"""A throttle: how often something was tried, and when it may be tried again."""

from django.db import models


class Throttle(models.Model):
    """The tries at one thing: an account's password, a user's codes, one network, mails to an address.

    Kept in the database, because several processes and machines must count together.
    """

    key = models.CharField(primary_key=True, max_length=100)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField()
    open_at = models.DateTimeField()
