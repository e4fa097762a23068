"""Samples for the component page, from the company of the docs; developers read it, so it is in English."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one row of a list shows."""

    who: str
    org: str = ""
    subject: str
    snippet: str
    channel_icon: str = "mail"
    clock_text: str
    clock_state: str = "fine"
    unread: bool = False
    when: str


ROWS = (
    Row(
        who="Vera Lindqvist",
        org="Nordlys Books",
        subject="Where is my parcel?",
        snippet="It has said “out for delivery” since Tuesday and nobody at the depot picks up",
        clock_text="12 min over",
        clock_state="overdue",
        unread=True,
        when="09:41",
    ),
    Row(
        who="Tom Akande",
        subject="Label printer prints blank labels after 4.2",
        snippet="Same here on both machines, since the update this morning",
        channel_icon="message-circle",
        clock_text="8 min left",
        clock_state="soon",
        unread=True,
        when="09:38",
    ),
    Row(
        who="Marta Kowalska",
        org="Fabryka Lamp",
        subject="Invoice 2291 charged twice",
        snippet="Called back, bank statement attached, refund needs approval",
        channel_icon="phone",
        clock_text="31 min left",
        clock_state="soon",
        when="09:12",
    ),
    Row(
        who="Jun Ogawa",
        org="Kitsune Outdoor",
        subject="Customs form for Japan returns “unknown code”",
        snippet="The tariff number works in the old form but not in the new one",
        clock_text="2 h left",
        when="08:57",
    ),
    Row(
        who="Elif Baran",
        subject="Change of address for a parcel on its way",
        snippet="I moved last week, can it go to the new flat instead?",
        clock_text="3 h left",
        unread=True,
        when="08:40",
    ),
    Row(
        who="Pieter Smit",
        org="Harbour Office",
        subject="Two-factor code never arrives",
        snippet="Tried three times, also with the other phone number",
        channel_icon="message-circle",
        clock_text="tomorrow",
        when="yesterday",
    ),
    Row(
        who="Aroha Ngata",
        org="Tide & Co",
        subject="Pickup window shows the wrong time zone",
        snippet="It says 02:00 to 04:00, we are open 14:00 to 16:00",
        clock_text="tomorrow",
        when="yesterday",
    ),
    Row(
        who="Luca Moretti",
        subject="Insurance claim for a broken vase",
        snippet="Photos of the box and the packing are attached",
        clock_text="Monday",
        when="Thu",
    ),
)
