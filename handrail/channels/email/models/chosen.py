"""The mailbox that somebody chose for a ticket they opened."""

from django.db import models

from handrail.channels.email.models.account import EmailAccount
from handrail.tickets.models import Ticket


class ChosenMailbox(models.Model):
    """From where a ticket is answered while the customer has written to no mailbox of ours."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="+")
    account = models.ForeignKey(EmailAccount, on_delete=models.CASCADE, related_name="+")
