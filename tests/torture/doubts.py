"""P-03: what left ended as sent, or visibly in doubt, because the server's word was lost, with a way on.

A mail whose last word was lost goes out once more under the same Message-ID; lost again, it is left to a
person, who reads why in the outbox and decides there. Nothing else may be in doubt, and nothing may fail.
"""

from tests.journeys.desk import Desk
from tests.torture.trial import Outcome

STATES = "SELECT state, count(*) FROM channels_email_outgoingmail GROUP BY 1"
#: In doubt without its second try, without an end, or without a word about why.
UNFOUNDED = """
    SELECT count(*) FROM channels_email_outgoingmail
     WHERE state = 'uncertain'
       AND (doubts < 2 OR settled_at IS NULL OR next_try_at IS NOT NULL OR last_error = '')
"""
#: An answer of a person in doubt must say so on its ticket.
UNTOLD = """
    SELECT count(*) FROM channels_email_outgoingmail mail
      JOIN tickets_message message ON message.id = mail.message_id
     WHERE mail.state = 'uncertain' AND message.delivery <> 'uncertain'
"""
#: What the operator's page of the outbox shows, and offers to send again.
SHOWN = """
from uuid import UUID
from handrail.accounts.models import User
from handrail.channels.email import outbox_queries
ada = User.objects.get(email="ada@harbour.example")
before, rows = None, []
while True:
    page = outbox_queries.outbox(ada, shown="trouble", domain="", before=before)
    rows += page.rows
    before = page.older
    if before is None:
        break
print(sum(row.can_go_again for row in rows))
"""


def count_the_doubts(desk: Desk, outcome: Outcome) -> None:
    states = dict(desk.rows(STATES))
    in_doubt = states.pop("uncertain", 0)
    outcome.figures |= {"left_to_a_person": in_doubt, "outbox": states}
    others = {state: count for state, count in states.items() if state != "sent"}
    outcome.expect(not others, f"mails that are neither sent nor in doubt: {others}")
    outcome.expect(not desk.value(UNFOUNDED), "mails are in doubt without a second try, an end or a reason")
    outcome.expect(not desk.value(UNTOLD), "answers are in doubt and their tickets do not say so")
    if in_doubt:
        shown = int(desk.python(SHOWN))
        outcome.expect(
            shown == in_doubt, f"{shown} of {in_doubt} mails in doubt can be sent again by a person"
        )
