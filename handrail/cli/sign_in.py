"""Print a link that signs a person in, once.

For the first colleague, and for one who is locked out: whoever may run this command may sign in as anybody,
and each link is written to the security audit.
"""

import argparse

from handrail.cli._complaint import Complaint
from handrail.cli._database import django_at_hand
from handrail.kit import clock


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the person's e-mail address")
    parser.add_argument(
        "--lost-phone", action="store_true", help="take away their second factors first, for who lost them"
    )


def run(options: argparse.Namespace) -> None:
    with django_at_hand():
        from handrail.accounts import factors  # app ready
        from handrail.accounts.models import User  # app ready
        from handrail.cli._links import link_for

        person = User.objects.filter(email=options.email.strip().lower()).first()
        if person is None:
            raise Complaint(f"Nobody here has the address {options.email}.")
        if options.lost_phone:
            factors.take_away(person, by=None, at=clock.now())
        print(link_for(person))
