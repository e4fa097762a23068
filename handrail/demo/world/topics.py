"""What customers write about: how often, to whom, and how hard it is to answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One kind of request.

    weight: its share of an ordinary year. peak: how strongly it grows with the parcels of December.
    writers: who asks: "any", "organisation", "private", "office" or "stranger". probe, hold, escalate: how
    often an agent must ask back, must wait for colleagues, needs the next tier. wander: how often it moves
    between teams. files: how often something is attached, of which sort. mood: how often the customer is
    worried and how often angry; thankful: how often it is praise.
    """

    key: str
    team: str
    weight: float
    writers: str = "any"
    peak: float = 0.0
    probe: float = 0.3
    hold: float = 0.2
    escalate: float = 0.03
    wander: float = 0.06
    files: tuple[float, str] = (0.05, "screenshot")
    mood: tuple[float, float] = (0.2, 0.12)
    thankful: float = 0.06
    urgent: float = 0.08
    tags: tuple[str, ...] = ()
    quick: float = 1.0


_ORDINARY = (
    Topic(key="where_is_parcel", team="parcels", weight=14, peak=1.3, hold=0.45, files=(0.1, "tracking"),
          mood=(0.34, 0.16), tags=("late delivery",)),
    Topic(key="delivered_not_received", team="parcels", weight=6, peak=1.2, hold=0.5, files=(0.14, "door"),
          mood=(0.3, 0.25), tags=("not received",)),
    Topic(key="change_address", team="parcels", weight=5, peak=0.8, probe=0.4, hold=0.15, urgent=0.14,
          tags=("address",)),
    Topic(key="pickup_missed", team="parcels", weight=4.5, writers="organisation", peak=0.9, hold=0.4,
          mood=(0.15, 0.34), files=(0.1, "pile"), urgent=0.2, tags=("pickup",)),
    Topic(key="pickup_window", team="parcels", weight=2.5, writers="organisation", probe=0.5, wander=0.12,
          files=(0.15, "screenshot"), tags=("pickup",)),
    Topic(key="returned_to_sender", team="parcels", weight=3, peak=0.7, hold=0.35, mood=(0.2, 0.2),
          files=(0.12, "label"), tags=("return",)),
    Topic(key="collection_point", team="parcels", weight=3, writers="private", peak=0.8,
          files=(0.1, "door"), tags=("collection point",)),
    Topic(key="proof_of_delivery", team="parcels", weight=2.5, writers="organisation", probe=0.35, hold=0.1,
          mood=(0.08, 0.05), tags=("proof of delivery",)),
    Topic(key="driver_feedback", team="parcels", weight=2, peak=0.4, probe=0.2, hold=0.3,
          mood=(0.05, 0.4), thankful=0.35, files=(0.1, "door"), tags=("driver",)),
    Topic(key="shipping_question", team="parcels", weight=4, peak=0.5, probe=0.35, hold=0.1,
          mood=(0.03, 0.02), thankful=0.12, wander=0.08, urgent=0.02, tags=("question",)),
    Topic(key="invoice_twice", team="billing", weight=3, writers="organisation", probe=0.35, hold=0.45,
          escalate=0.12, files=(0.45, "statement"), mood=(0.15, 0.28), tags=("double charge", "refund")),
    Topic(key="invoice_copy", team="billing", weight=4.5, writers="organisation", probe=0.25, hold=0.05,
          files=(0.15, "invoice"), mood=(0.08, 0.05), urgent=0.03, tags=("invoice",)),
    Topic(key="refund_wait", team="billing", weight=2.5, hold=0.4, mood=(0.2, 0.33),
          files=(0.12, "statement"), tags=("refund",)),
    Topic(key="surcharge", team="billing", weight=2.6, writers="organisation", peak=0.4, probe=0.35, hold=0.3,
          escalate=0.08, files=(0.3, "scale"), mood=(0.08, 0.32), tags=("surcharge",)),
    Topic(key="plan_change", team="billing", weight=2.2, writers="organisation", hold=0.12, mood=(0.05, 0.06),
          thankful=0.1, files=(0.15, "form"), tags=("plan",)),
    Topic(key="debit_failed", team="billing", weight=2, writers="organisation", hold=0.35, urgent=0.3,
          files=(0.25, "statement"), mood=(0.35, 0.15), tags=("payment",)),
    Topic(key="reminder", team="billing", weight=1.8, writers="organisation", hold=0.3,
          files=(0.35, "statement"), mood=(0.12, 0.38), tags=("reminder",)),
    Topic(key="customs_form", team="customs", weight=3, writers="organisation", probe=0.4, hold=0.35,
          escalate=0.08, files=(0.35, "screenshot"), tags=("customs form",)),
    Topic(key="held_customs", team="customs", weight=3, peak=0.5, probe=0.4, hold=0.5,
          files=(0.3, "invoice"), mood=(0.4, 0.1), tags=("customs",)),
    Topic(key="duties", team="customs", weight=1.8, peak=0.3, hold=0.3, wander=0.12,
          files=(0.25, "receipt"), mood=(0.1, 0.25), tags=("duties",)),
    Topic(key="damage", team="customs", weight=4.5, peak=0.9, probe=0.55, hold=0.45, escalate=0.08,
          files=(0.75, "broken"), mood=(0.2, 0.22), tags=("damage", "claim")),
    Topic(key="claim_status", team="customs", weight=2.3, peak=0.3, hold=0.35, files=(0.3, "form"),
          mood=(0.15, 0.3), tags=("claim",)),
    Topic(key="printer_offline", team="devices", weight=3, writers="organisation", probe=0.6, hold=0.1,
          files=(0.25, "label"), tags=("printer",)),
    Topic(key="api_errors", team="devices", weight=3, writers="organisation", probe=0.5, hold=0.4,
          escalate=0.3, files=(0.35, "log"), mood=(0.12, 0.1), tags=("api",)),
    Topic(key="csv_import", team="devices", weight=2, writers="organisation", probe=0.55, hold=0.1,
          files=(0.5, "table"), tags=("import",)),
    Topic(key="label_format", team="devices", weight=3, writers="organisation", peak=0.5, probe=0.3,
          hold=0.05, wander=0.1, files=(0.2, "label"), tags=("labels",)),
    Topic(key="shop_plugin", team="devices", weight=2.2, writers="organisation", peak=0.4, probe=0.45,
          hold=0.35, escalate=0.15, files=(0.2, "log"), tags=("connector",)),
    Topic(key="twofactor", team="devices", weight=2, writers="organisation", probe=0.6, hold=0.2, urgent=0.2,
          mood=(0.3, 0.15), tags=("sign-in", "2fa")),
    Topic(key="password", team="devices", weight=2.4, writers="organisation", probe=0.4, hold=0.12,
          mood=(0.25, 0.08), tags=("sign-in",)),
    Topic(key="user_rights", team="devices", weight=1.8, writers="organisation", probe=0.4, hold=0.2,
          mood=(0.05, 0.03), wander=0.1, files=(0.15, "form"), tags=("users",)),
    Topic(key="data_request", team="parcels", weight=0.9, probe=0.5, hold=0.4, escalate=0.25,
          mood=(0.05, 0.25), tags=("privacy",)),
    Topic(key="office_supplies", team="office-desk", weight=2.4, writers="office", peak=0.6, hold=0.35,
          wander=0, files=(0.2, "form"), tags=("supplies",)),
    Topic(key="office_mailroom", team="office-desk", weight=2.2, writers="office", hold=0.35, wander=0,
          files=(0.2, "letter"), mood=(0.25, 0.12), tags=("mailroom",)),
    Topic(key="office_address", team="office-desk", weight=1.4, writers="office", probe=0.35, hold=0.1,
          wander=0, mood=(0.03, 0.03), tags=("address",)),
    Topic(key="misdirected", team="parcels", weight=1.2, writers="private", probe=0.1, hold=0, wander=0,
          files=(0.15, "door"), urgent=0, tags=()),
    Topic(key="unwanted", team="parcels", weight=1.6, writers="stranger", probe=0, hold=0, wander=0,
          files=(0.1, "form"), mood=(0, 0), thankful=0, urgent=0, tags=(), quick=0.15),
)  # fmt: skip

_SPECIAL = (
    Topic(key="printer_blank", team="devices", weight=0, writers="organisation", probe=0.35, hold=0.25,
          escalate=0.06, files=(0.3, "blank"), mood=(0.25, 0.35), urgent=0.35, quick=0.7,
          tags=("printer", "4.2", "blank labels")),
    Topic(key="scans_missing", team="parcels", weight=0, hold=0.4, probe=0.2, files=(0.25, "table"),
          mood=(0.35, 0.25), urgent=0.2, wander=0.1, tags=("depot 7", "4.2", "scan missing")),
    Topic(key="app_crash", team="devices", weight=0, writers="organisation", probe=0.35, hold=0.3,
          escalate=0.08, files=(0.2, "log"), mood=(0.15, 0.3), urgent=0.2, quick=0.7,
          tags=("app", "4.1", "crash")),
    Topic(key="import_columns", team="devices", weight=0, writers="organisation", probe=0.3, hold=0.4,
          escalate=0.1, files=(0.55, "table"), mood=(0.15, 0.25), tags=("import", "4.1")),
    Topic(key="outage", team="parcels", weight=0, probe=0, hold=0, escalate=0, wander=0,
          files=(0.07, "screenshot"), mood=(0.25, 0.4), thankful=0, urgent=0.3, quick=0.15, tags=("outage",)),
)  # fmt: skip

ORDINARY = _ORDINARY
TOPICS: dict[str, Topic] = {topic.key: topic for topic in (*_ORDINARY, *_SPECIAL)}
