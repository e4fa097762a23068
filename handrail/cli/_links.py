"""One-time links for the terminal of whoever runs this machine; each is an entry of the security audit."""

from django.db import transaction

from handrail.accounts import audit, links
from handrail.accounts.models import User
from handrail.kit import clock

#: The demo's people who are offered, with what each does. Nobody can own the domain of their addresses.
CAST = {
    "Ada": "runs the desk",
    "Iris": "leads the team",
    "Nadia": "answers tickets",
    "Omar": "answers tickets",
    "Vera": "is a customer",
}
DEMO_DOMAIN = ".example"


@transaction.atomic
def link_for(person: User) -> str:
    at = clock.now()
    audit.record("link_printed", by=None, about=person, at=at)
    return links.issue(user=person, at=at)


def set_up_link() -> str:
    return f"\n  Set it up (the link works for a day):\n    {links.issue_set_up(at=clock.now())}\n"


def demo_links() -> str:
    """A line for each of the cast who is there; nothing in a real company's database."""
    people = [(person, does) for name, does in CAST.items() if (person := demo_person(name))]
    lines = [f"    {person.name:<20} {does:<16} {link_for(person)}\n" for person, does in people]
    return "\n  Sign in, each link works once within the hour:\n" + "".join(lines) if lines else ""


def demo_person(first_name: str) -> User | None:
    people = User.objects.filter(
        name__startswith=f"{first_name} ", email__endswith=DEMO_DOMAIN, is_active=True
    )
    return people.order_by("created_at").first()
