"""The large company: brands, teams, fifty colleagues, mailboxes, tags, files; made by their rooms' verbs."""

import random
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.accounts import roles
from handrail.accounts.models import Brand, Role, User
from handrail.channels.email.models import EmailAccount
from handrail.cli.bench._loading.words import Language, Sentence
from handrail.demo.world import names
from handrail.files.models import StoredFile
from handrail.files.storing import content_of, store_all
from handrail.search.words import plain
from handrail.team.models import Agent, Team
from handrail.tickets.models import Tag

BRANDS = ("harbour", "nordlicht", "quay")
TEAMS = ("parcels", "freight", "billing", "returns", "technical", "customs", "accounts", "partners")
TAGS = (
    *("refund", "damage", "customs", "invoice", "late", "delivery", "return", "lost", "address", "label"),
    *("printer", "api", "import", "plan", "password", "vip", "insurance", "pickup", "duty", "complaint"),
    *("praise", "shop", "plugin", "reminder", "bank", "driver", "scan", "freight", "contract", "trial"),
    *("export", "outage", "billing", "urgent", "fragile", "weekend", "holiday", "express", "locker", "claim"),
)
AGENTS = 50
FILES = 300


@dataclass(frozen=True, kw_only=True)
class Company:
    """What stories need, as text for rows. by_brand: the teams of each brand, by team its agents."""

    brands: list[str]
    by_brand: list[list[tuple[str, list[str]]]]
    tags: list[tuple[str, str]]
    files: list[tuple[str, Sentence]]
    names: list[str]


@transaction.atomic
def found(*, seed: int, at: datetime) -> None:
    """Make the company in an empty database."""
    built_in = roles.ensure_built_in()
    brands = [Brand.objects.create(key=key, name=key.capitalize()) for key in BRANDS]
    teams = [
        Team.objects.create(key=key, name=key.capitalize(), brand=brands[number % len(brands)])
        for number, key in enumerate(TEAMS)
    ]
    for number in range(1, AGENTS + 1):
        _welcome(number, built_in, brands, teams, at)
    for brand in brands:
        own = next(team for team in teams if team.brand_id == brand.pk)
        address = f"support@{brand.key}.example"
        EmailAccount.open(address=address, display_name=brand.name, brand=brand, team=own, by=None, at=at)
    for tag in TAGS:
        Tag.called(tag)
    _keep_files(seed, at)


def _welcome(
    number: int, built_in: dict[str, Role], brands: list[Brand], teams: list[Team], at: datetime
) -> None:
    role = (
        "admin"
        if number == 1
        else "lead"
        if number <= 4
        else "light-agent"
        if number > AGENTS - 4
        else "agent"
    )
    team = teams[number % len(teams)]
    user = User.objects.invite(
        email=f"agent{number}@bench.example",
        name=_names()[number * 7 % 997],
        role=built_in[role],
        brands=brands if role in ("admin", "lead") or number % 2 else [team.brand],
        at=at,
    )
    Agent.welcome(user=user, teams=[team], at=at)


def _role_of(number: int) -> str:
    """An admin, three leads, at the end four who only read and note; all others agents."""
    if number > AGENTS - 4:
        return "light-agent"
    return "admin" if number == 1 else "lead" if number <= 4 else "agent"


def _keep_files(seed: int, at: datetime) -> None:
    chance = random.Random(f"{seed}.files")  # noqa: S311 - nothing is secret here
    said = Language("en", seed=seed).sentences
    files = []
    for number in range(FILES):
        lines = "\n".join(each.text for each in chance.choices(said, k=12))
        name = f"{chance.choice(TAGS)}-{chance.choice(TAGS)}-{number}.txt"
        files.append((name, lines.encode(), at))
    store_all(files)


def read() -> Company:
    """What was founded, as each process that tells stories needs it."""
    brands = list(Brand.objects.filter(key__in=BRANDS).order_by("key"))
    by_brand = []
    for brand in brands:
        teams = Team.objects.filter(brand=brand, key__in=TEAMS).order_by("key")
        by_brand.append([(str(team.pk), _agents_of(team)) for team in teams])
    files = StoredFile.objects.filter(type__startswith="text/").order_by("name")[:FILES]
    return Company(
        brands=[str(brand.pk) for brand in brands],
        by_brand=by_brand,
        tags=[(str(pk), name) for pk, name in Tag.objects.order_by("name").values_list("pk", "name")],
        files=[(str(each.pk), Sentence(each.name, plain(content_of(each).decode()))) for each in files],
        names=_names(),
    )


def _agents_of(team: Team) -> list[str]:
    """Those who answer."""
    found = (
        Agent.objects.filter(teams=team).exclude(user__role__key="light-agent").order_by("joined_at", "pk")
    )
    return [str(pk) for pk in found.values_list("pk", flat=True)]


def _names() -> list[str]:
    """A few thousand full names from many cultures."""
    chance = random.Random("names")  # noqa: S311 - nothing is secret here
    known = names.cultures()
    return [
        f"{chance.choice(each.feminine + each.masculine)} {chance.choice(each.family)}"
        for each in chance.choices(known, weights=[one.share for one in known], k=6_000)
    ]


def uuid_at(milliseconds: int, *, kind: int, number: int) -> str:
    """An identifier of that moment; the same for the same kind and number. Both tell apart, nothing else."""
    return str(UUID(int=(milliseconds << 80) | (7 << 76) | (kind << 64) | (2 << 62) | (number & (2**62 - 1))))
