"""What the template of a recurring ticket comes to for its customer: as far as its owner may do it."""

from handrail.team.models import Team
from handrail.tickets import outlets, policies
from handrail.tickets.by_hand.order import Customer, Order
from handrail.tickets.by_hand.ways import Mode, Way
from handrail.tickets.models import RecurringTicket
from handrail.tickets.outlets import Outlet
from handrail.tickets.recurring import troubles


def order_of(recurring: RecurringTicket) -> tuple[Order, str]:
    """The order, and why it is not all that the template says; the latter is empty for the usual."""
    template, customer, outlet = recurring.template, _customer(recurring), _outlet(recurring)
    mode, trouble = Mode(template.mode), ""
    if mode == Mode.MAIL and (trouble := _why_no_mail(recurring, customer)):
        mode = Mode.NOTE
    if not template.text or (customer is None and mode == Mode.SAID):
        mode = Mode.NONE
    order = Order(
        way=Way(template.way) if customer else Way.INTERNAL,
        outlet=outlet,
        customer=customer,
        subject=template.subject or recurring.name,
        mode=mode,
        text=template.text if mode != Mode.NONE else "",
        html=template.html if mode != Mode.NONE else "",
        team=Team.objects.filter(pk=outlet.team_id).first() if outlet.team_id else None,
        fields=template.fields,
        template=template,
        gaps=True,
    )
    return order, trouble if recurring.owner.user.is_active else troubles.OWNER_GONE


def _why_no_mail(recurring: RecurringTicket, customer: Customer | None) -> str:
    """Why nothing is sent to the customer; empty when it can be."""
    if customer is None or not customer.address:
        return troubles.NO_ADDRESS
    owner = recurring.owner
    return "" if owner.user.is_active and policies.may_reply(owner) else troubles.MAY_NOT_REPLY


def _customer(recurring: RecurringTicket) -> Customer | None:
    person = recurring.person
    if person is None:
        return None
    mails = person.identities.filter(kind="email").order_by("created_at", "id")
    return Customer(person=person, address=mails.values_list("value", flat=True).first() or "")


def _outlet(recurring: RecurringTicket) -> Outlet:
    """The chosen one; where that is gone, the brand's first."""
    found = outlets.of_brands([recurring.brand_id])
    return next((each for each in found if each.key == recurring.outlet), found[0])
