"""The tickets of the cast, told word by word: they lie on the desk in the last hours of every world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One ticket that nobody has answered yet.

    owner takes it a few minutes after it came, when at work then; else it stays in the queue. note: what a
    colleague wrote on it, again only in their shift.
    """

    person: str
    minutes_before_end: int
    topic: str
    team: str
    mood: str
    subject: str
    body: str
    owner: str = ""
    priority: str = "normal"
    sort_of_file: str = ""
    note_by: str = ""
    note: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


SCENES = (
    Scene(
        person="Vera Lindqvist",
        minutes_before_end=66,
        topic="where_is_parcel",
        team="parcels",
        mood="worried",
        subject="Where is my parcel?",
        body="Hello,\n\nmy parcel HB 4471 902 has said “out for delivery” since {day} and nobody at the "
        "depot picks up the phone. It is a birthday present for {weekday_ahead}. Can you find "
        "out where it is?\n\n"
        "Kind regards,\nVera Lindqvist\nNordlys Books",
        owner="nadia",
        priority="high",
        sort_of_file="tracking",
        note_by="omar",
        note="Depot 7 has more of these since the 4.2 release, the scanner app drops the hand-over scan. "
        "The parcel itself is in the van of route 12.",
        facts={
            "parcel": "HB 4471 902",
            "parcel_loose": "HB 4471 902",
            "depot": "7",
            "depot_city": "Waalhaven",
            "route": "12",
        },
    ),
    Scene(
        person="Tom Akande",
        minutes_before_end=69,
        topic="printer_blank",
        team="devices",
        mood="angry",
        subject="Label printer prints blank labels after 4.2",
        body="Same here on both machines since the update: the labels come out white. Test page is fine, "
        "preview is fine, the label is empty. We have 38 parcels to go out and the pickup is at four.\n\n"
        "Tom\nAkande Prints",
        sort_of_file="blank",
    ),
    Scene(
        person="Marta Kowalska",
        minutes_before_end=95,
        topic="invoice_twice",
        team="billing",
        mood="calm",
        subject="Invoice 2291 charged twice",
        body="Good morning,\n\ninvoice 2291 was charged twice, on {date} and again on {day}. The bank "
        "statement is attached. Please refund one of the two payments and do not set it off, our accountant "
        "needs it on paper.\n\n"
        "Best regards,\nMarta Kowalska\nFabryka Lamp",
        owner="omar",
        sort_of_file="statement",
        facts={"invoice": "2291"},
    ),
    Scene(
        person="Jun Ogawa",
        minutes_before_end=110,
        topic="customs_form",
        team="customs",
        mood="calm",
        subject="Customs form for Japan returns “unknown code”",
        body="Hello,\n\nthe customs form for Japan returns “unknown code” for tariff number 6404.19.90. The "
        "number works in the old form but not in the new one. 14 pairs of shoes are packed and ready.\n\n"
        "Jun Ogawa\nKitsune Outdoor",
        owner="agnieszka",
        facts={"tariff": "6404.19.90", "country": "Japan", "form_error": "unknown code"},
    ),
    Scene(
        person="Elif Baran",
        minutes_before_end=127,
        topic="change_address",
        team="parcels",
        mood="calm",
        subject="Change of address for a parcel on its way",
        body="Hi,\n\nI moved last week, can HB 6620 118 go to the new flat instead? It is Gartenweg 41, "
        "second floor, same city. The app says it is no longer possible.\n\nThank you!\nElif Baran",
        owner="nadia",
        facts={"parcel": "HB 6620 118", "parcel_loose": "HB 6620 118", "street": "Gartenweg", "house": "41"},
    ),
    Scene(
        person="Pieter Smit",
        minutes_before_end=21 * 60,
        topic="twofactor",
        team="office-desk",
        mood="worried",
        subject="Two-factor code never arrives",
        body="Good afternoon,\n\nthe code for signing in never arrives. Tried three times, also with the "
        "other phone number. I need to release two letters today.\n\nKind regards,\nPieter Smit",
    ),
    Scene(
        person="Aroha Ngata",
        minutes_before_end=25 * 60,
        topic="pickup_window",
        team="parcels",
        mood="calm",
        subject="Pickup window shows the wrong time zone",
        body="Hi team,\n\nthe pickup window says 02:00 to 04:00. We are open 14:00 to 16:00, so I think it "
        "is the time zone. No drama, the driver comes at the right time anyway.\n\nCheers,\n"
        "Aroha Ngata\nTide & Co",
    ),
    Scene(
        person="Luca Moretti",
        minutes_before_end=3 * 24 * 60,
        topic="damage",
        team="customs",
        mood="calm",
        subject="Insurance claim for a broken vase",
        body="Good evening,\n\nthe vase in parcel HB 5093 377 arrived in three pieces. Photos of the box and "
        "the packing are attached, it was a double box with paper. The vase cost "
        "€86.00.\n\nBest,\nLuca Moretti",
        sort_of_file="broken",
        facts={"parcel": "HB 5093 377", "parcel_loose": "HB 5093 377", "thing": "vase", "amount": "€86.00"},
    ),
)


def opened_at(scene: Scene, until: datetime) -> int:
    """When the scene's first mail comes, in seconds since 1970."""
    return int((until - timedelta(minutes=scene.minutes_before_end)).timestamp())
