"""Founding the demo company: brands, teams, colleagues and mailboxes by their verbs, customers in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from handrail.accounts import roles
from handrail.accounts.models import Brand, User
from handrail.channels.email.models import EmailAccount
from handrail.customers.models import Identity, Organisation, Person
from handrail.demo.articles import write_articles
from handrail.demo.habits import write_checklists
from handrail.demo.world import nouns
from handrail.demo.world.company import LEAD
from handrail.demo.world.world import World
from handrail.kit.copying import copy_objects, copy_rows
from handrail.team.models import Agent, Team

#: Customers of the cast who have been at the help centre before.
AT_THE_PORTAL = ("Vera Lindqvist", "Tom Akande")


@dataclass(frozen=True, kw_only=True)
class Company:
    """What the year plays with: by the keys of the world. members: who belongs to each team."""

    brands: dict[str, Brand]
    teams: dict[str, Team]
    agents: dict[str, Agent]
    members: dict[str, frozenset[UUID]]
    people: dict[int, Person]


def found(world: World) -> Company:
    """Make everything that was there before the year began."""
    at = world.year.starts_at
    brands = {brand.key: Brand.objects.create(key=brand.key, name=brand.name) for brand in world.brands}
    teams = {
        team.key: Team.objects.create(key=team.key, name=team.name, brand=brands[team.brand])
        for team in world.teams
    }
    agents = {one.key: _welcome(one, brands, teams) for one in world.colleagues}
    for box in world.mailboxes:
        EmailAccount.open(
            address=box.address,
            display_name=box.name,
            brand=brands[box.brand],
            team=teams[box.team],
            by=None,
            at=at,
        )
    write_checklists(by=agents[LEAD], teams=teams, at=at)
    write_articles(agents=agents, brands=brands, lead=agents[LEAD], at=at, until=world.until.date())
    return Company(
        brands=brands,
        teams=teams,
        agents=agents,
        members={key: frozenset(team.agents.values_list("pk", flat=True)) for key, team in teams.items()},
        people=_people(world, brands),
    )


def _welcome(one: nouns.Colleague, brands: dict[str, Brand], teams: dict[str, Team]) -> Agent:
    hired_at = _morning(one.hired_on)
    user = User.objects.invite(
        email=one.email,
        name=one.name,
        role=roles.ensure_built_in()[one.role],
        brands=[brands[key] for key in one.brands],
        at=hired_at,
        timezone=one.timezone,
    )
    return Agent.welcome(user=user, teams=[teams[one.team]] if one.team else [], tier=one.tier, at=hired_at)


def _people(world: World, brands: dict[str, Brand]) -> dict[int, Person]:
    organisations = {
        one.key: Organisation(name=one.name, domain=one.domain, plan=one.plan, created_at=_morning(one.since))
        for one in world.organisations
    }
    people = {one.key: _person(one, organisations) for one in world.people}
    copy_objects(list(organisations.values()))
    copy_objects(list(people.values()))
    copy_objects(list(_identities(world.people, people)))
    known = ((people[one.key].pk, brands[one.brand].pk) for one in world.people)
    copy_rows(Person.brands.through._meta.db_table, ["person_id", "brand_id"], known)
    _let_in(world, people, brands)
    return people


def _person(one: nouns.Person, organisations: dict[int, Organisation]) -> Person:
    return Person(
        name=one.name,
        organisation=organisations[one.organisation.key] if one.organisation else None,
        language=one.language,
        timezone=one.timezone,
        created_at=_morning(one.since),
    )


def _identities(told: Iterable[nouns.Person], people: dict[int, Person]) -> Iterable[Identity]:
    for one in told:
        yield Identity(
            person=people[one.key], kind=Identity.Kind.EMAIL, value=one.email, created_at=_morning(one.since)
        )


def _let_in(world: World, people: dict[int, Person], brands: dict[str, Brand]) -> None:
    """The customers of the cast have proved their addresses and may sign in."""
    customer = roles.ensure_built_in()["customer"]
    for one in world.people:
        if one.name not in AT_THE_PORTAL:
            continue
        since = _morning(one.since)
        user = User.objects.invite(
            email=one.email,
            name=one.name,
            role=customer,
            brands=[brands[one.brand]],
            at=since,
            timezone=one.timezone,
        )
        Person.objects.filter(pk=people[one.key].pk).update(user=user)
        Identity.objects.get(person=people[one.key]).verify(at=since)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
