"""What suppressed addresses mean to those who write, and to whom a person's page is open."""

from collections.abc import Collection
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.channels.email.models import Suppression
from handrail.customers.models import Identity
from handrail.customers.panels import PersonPanel
from handrail.kit.prepared import Prepared
from handrail.kit.text import small_letters

_WORDS = {
    Suppression.Reason.BOUNCED: _("mail to it came back for good"),
    Suppression.Reason.COMPLAINED: _("its owner complained"),
}


_BLOCKED = Prepared(
    lambda brand_id, addresses: Suppression.objects.filter(brand=brand_id, address__in=addresses).values_list(
        "address", "reason"
    )
)


def blocked(brand_id: UUID, addresses: Collection[str]) -> dict[str, str | Promise]:
    """Those of the addresses that get nothing from the brand, with the reason."""
    small = {small_letters(address): address for address in addresses}
    rows = _BLOCKED.rows(brand_id=brand_id, addresses=list(small))
    return {small[address]: _WORDS[Suppression.Reason(reason)] for address, reason in rows}


def of_person(user: User, person_id: UUID) -> list[Suppression] | None:
    """The person's addresses that get nothing from brands of this user; None when all are well."""
    addresses = Identity.objects.filter(person=person_id, kind=Identity.Kind.EMAIL).values("value")
    return list(Suppression.objects.visible_to(user).filter(address__in=addresses)) or None


PANEL = PersonPanel(
    key="blocked-addresses", template="email/suppressed/_of_person.html", read=of_person, order=10
)
