"""Harbour Parcels: its brands, teams, mailboxes, and the colleagues with their sites, skills and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from handrail.demo.world.nouns import Brand, Colleague, Mailbox, Team

BRANDS = (
    Brand(key="harbour", name="Harbour Parcels"),
    Brand(key="office", name="Harbour Office"),
)
TEAMS = (
    Team(key="parcels", name="Parcels", brand="harbour"),
    Team(key="billing", name="Billing", brand="harbour"),
    Team(key="customs", name="Customs & Claims", brand="harbour"),
    Team(key="devices", name="Devices & App", brand="harbour"),
    Team(key="office-desk", name="Office desk", brand="office"),
)
MAILBOXES = (
    Mailbox(address="support@harbour.example", name="Harbour Parcels", brand="harbour", team="parcels"),
    Mailbox(address="billing@harbour.example", name="Harbour Billing", brand="harbour", team="billing"),
    Mailbox(address="customs@harbour.example", name="Harbour Customs", brand="harbour", team="customs"),
    Mailbox(address="devices@harbour.example", name="Harbour Devices", brand="harbour", team="devices"),
    Mailbox(address="office@harbour.example", name="Harbour Office", brand="office", team="office-desk"),
)
FRONT_DOOR = "support@harbour.example"

#: Site, time zone; the three together cover a whole weekday.
SITES = {"Rotterdam": "Europe/Amsterdam", "Toronto": "America/Toronto", "Manila": "Asia/Manila"}
WORKWEEK = (0, 1, 2, 3, 4)

# name, feminine, team, tier, site, languages, first hour, weekdays, pace
_ROSTER = """
Nadia Haddad      f parcels     2 Rotterdam en,fr,nl  8  01234 0.90
Lotte Brink       f parcels     1 Rotterdam en,de,nl  7  01234 1.05
Sander Koning     m parcels     1 Rotterdam en,de     10 12345 1.10
Katrin Oster      f parcels     2 Rotterdam en,de     9  01234 0.95
Marcus Bell       m parcels     1 Toronto   en        8  01234 1.15
Sofía Restrepo    f parcels     1 Toronto   en,es,pt  9  12345 1.00
Amara Osei        f parcels     2 Toronto   en,fr     10 01234 0.85
Jomar Reyes       m parcels     1 Manila    en        8  01234 1.00
Divina Salonga    f parcels     1 Manila    en,ja     9  01236 1.20
Omar Benali       m billing     2 Rotterdam en,fr,it  9  01234 1.00
Jonas Albers      m billing     1 Rotterdam en,de     8  01234 1.05
Rowena Lacson     f billing     1 Manila    en        8  01234 0.95
Agnieszka Wrona   f customs     2 Rotterdam en,pl,de  8  01234 0.95
Tomás Ferreira    m customs     1 Rotterdam en,pt,es,it 9 01234 1.10
Claire Beaumont   f customs     2 Toronto   en,fr     9  01234 1.00
Paolo Aquino      m customs     1 Manila    en        9  01234 1.15
Henrik Dahl       m devices     3 Rotterdam en,sv,de  9  01234 1.10
Dev Malhotra      m devices     1 Toronto   en        9  01234 1.10
Yusuf Kaya        m devices     1 Rotterdam en,de     8  01234 1.00
Grace Kim         f devices     2 Toronto   en,ja     9  01234 0.90
Arvin Castillo    m devices     1 Manila    en        8  01234 1.10
Piet Jansen       m office-desk 1 Rotterdam en,nl     8  01234 1.05
Fleur Wijnands    f office-desk 2 Rotterdam en,nl,de  9  01234 0.95
"""
# Those with another role than agent; Iris works on tickets too, the other two hardly.
_OTHERS = """
Iris Vermeer      f parcels     3 Rotterdam en,nl,de  8  01234 1.00
Lena Fischer      f parcels     1 Rotterdam en,de     7  01234 1.00
Ada Moreno        f parcels     3 Rotterdam en,es     9  01234 1.00
"""
_ROLES = {"Iris Vermeer": "lead", "Lena Fischer": "light-agent", "Ada Moreno": "admin"}
LEAD, DEPOT_DESK, OPERATOR = "iris", "lena", "ada"


def colleagues(*, first_day: date, times: int = 1) -> tuple[Colleague, ...]:
    """Everybody who works here; times: how often the agents stand there, for a larger company."""
    lines = [line for line in (_ROSTER + _OTHERS).splitlines() if line]
    cast = [_read(line, turn, first_day) for turn, line in enumerate(lines)]
    agents = [one for one in cast if one.role == "agent"]
    doubles = [_double(one, number) for number in range(2, times + 1) for one in agents]
    return (*cast, *doubles)


def asked_in(team: str) -> tuple[str, ...]:
    """The given names that a member of the team would ask: its seniors, the lead, the engineer."""
    rows = [(line[:18].split()[0], line[18:].split()) for line in _ROSTER.splitlines() if line]
    seniors = [name for name, row in rows if row[1] == team and int(row[2]) > 1]
    return (*seniors, "Iris", "Henrik")


def _read(line: str, turn: int, first_day: date) -> Colleague:
    name, (sex, team, tier, site, languages, hour, days, pace) = line[:18].strip(), line[18:].split()
    key = name.split()[0].lower()
    key = key.replace("í", "i").replace("á", "a")
    home = next(each for each in TEAMS if each.key == team)
    return Colleague(
        key=key,
        name=name,
        email=f"{key}@harbour.example",
        role=_ROLES.get(name, "agent"),
        team=team,
        team_name=home.name,
        brands=("harbour", "office") if name in _ROLES else (home.brand,),
        tier=int(tier),
        site=site,
        timezone=SITES[site],
        languages=tuple(languages.split(",")),
        starts_at=int(hour),
        weekdays=tuple(int(day) for day in days),
        pace=float(pace),
        turn=turn,
        feminine=sex == "f",
        hired_on=first_day - timedelta(days=30 + sum(map(ord, name)) % 1400),
    )


def _double(one: Colleague, number: int) -> Colleague:
    return replace(
        one, key=f"{one.key}{number}", name=f"{one.name} {number}", email=f"{one.key}{number}@harbour.example"
    )
