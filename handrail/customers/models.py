"""People, their organisations, and the addresses they write from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef

from handrail.accounts.models import Brand, User
from handrail.kit import ids
from handrail.kit.text import small_letters


class Organisations(models.QuerySet["Organisation"]):
    """Chains that start from organisations."""

    def visible_to(self, user: User) -> "Organisations":
        """Those that a person belongs to who is known to a brand of this user."""
        return self.filter(people__brands__in=user.brands.all()).distinct()


class Organisation(models.Model):
    """A company or body that people belong to."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, blank=True, db_index=True)
    plan = models.CharField(max_length=50, blank=True)
    created_at = models.DateTimeField()
    #: The values of custom fields by key, as `handrail.fields` checks them.
    fields = models.JSONField(default=dict, db_default={})

    objects = Organisations.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class People(models.QuerySet["Person"]):
    """Chains that start from people."""

    def visible_to(self, user: User) -> "People":
        """People known to a brand of this user."""
        return self.filter(brands__in=user.brands.all()).distinct()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Somebody who wrote, as the channel read it."""

    address: str
    name: str
    language: str
    at: datetime

    @property
    def normal(self) -> str:
        return small_letters(self.address.strip())[:320]


class Person(models.Model):
    """Somebody who writes to us, on any number of addresses."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    brands = models.ManyToManyField(Brand, related_name="+", blank=True)
    language = models.CharField(max_length=12, blank=True)
    timezone = models.CharField(max_length=50, blank=True)
    created_at = models.DateTimeField()
    fields = models.JSONField(default=dict, db_default={})

    objects = People.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic(savepoint=False)
    def at_address(
        cls, *, address: str, name: str, brand: Brand, language: str = "", at: datetime
    ) -> "Person":
        """The person who writes from this e-mail address; made, unverified, on the first contact."""
        address = small_letters(address.strip())[:320]
        known = cls.brands.through.objects.filter(person=OuterRef("person"), brand=brand)
        rows = Identity.objects.select_related("person__organisation").annotate(by_brand=Exists(known))
        identity = rows.filter(kind="email", value=address).first()
        if identity is None:
            return cls._meet(address=address, name=name, brand=brand, language=language, at=at)
        if not identity.by_brand:
            identity.person.brands.add(brand)
        return identity.person

    @classmethod
    @transaction.atomic(savepoint=False)
    def without_address(cls, *, name: str, brand: Brand, at: datetime) -> "Person":
        """Somebody new of whom only the name is known: who called, who came to the counter."""
        person = cls.objects.create(name=name.strip()[:200], created_at=at)
        person.brands.add(brand)
        return person

    @classmethod
    @transaction.atomic(savepoint=False)
    def at_addresses(cls, contacts: "Sequence[Contact]", *, brand: Brand) -> "dict[str, Person]":
        """As `at_address` for each of them, in a few questions; by address in small letters."""
        wanted = {each.normal: each for each in reversed(contacts)}
        found = cls._known(wanted, brand)
        strangers = sorted(
            wanted.keys() - found.keys()
        )  # in one order everywhere, so that nobody waits in a ring
        if strangers:
            cls._meet_all([wanted[address] for address in strangers])
            found |= cls._known(strangers, brand)
        Known = cls.brands.through
        new = {person.pk for person, by_brand in found.values() if not by_brand}
        Known.objects.bulk_create(
            [Known(person_id=pk, brand_id=brand.pk) for pk in sorted(new)], ignore_conflicts=True
        )
        return {address: person for address, (person, _by_brand) in found.items()}

    @classmethod
    def _known(cls, addresses: "Iterable[str]", brand: Brand) -> "dict[str, tuple[Person, bool]]":
        """Whoever writes from these addresses, and whether this brand knows them."""
        known = cls.brands.through.objects.filter(person=OuterRef("person"), brand=brand)
        rows = Identity.objects.select_related("person__organisation").annotate(by_brand=Exists(known))
        rows = rows.filter(kind=Identity.Kind.EMAIL, value__in=list(addresses))
        return {row.value: (row.person, row.by_brand) for row in rows}

    @classmethod
    def _meet_all(cls, contacts: "Sequence[Contact]") -> None:
        """Make a person for each; where somebody else meets the same address just now, theirs counts."""
        made = cls.objects.bulk_create(
            cls(name=each.name.strip()[:200] or each.normal, language=each.language, created_at=each.at)
            for each in contacts
        )
        Identity.objects.bulk_create(
            [
                Identity(person=person, kind=Identity.Kind.EMAIL, value=each.normal, created_at=each.at)
                for person, each in zip(made, contacts, strict=True)
            ],
            ignore_conflicts=True,
        )
        cls.objects.filter(pk__in=[person.pk for person in made], identities=None).delete()

    @classmethod
    def _meet(cls, *, address: str, name: str, brand: Brand, language: str, at: datetime) -> "Person":
        person = cls.objects.create(name=name.strip()[:200] or address, language=language, created_at=at)
        email = {"kind": Identity.Kind.EMAIL, "value": address}
        try:
            with transaction.atomic():
                made = Identity.objects.create(person=person, created_at=at, **email)
        except IntegrityError:  # somebody else met the same address at the same moment
            person.delete()
            made = Identity.objects.select_related("person").get(**email)
        made.person.brands.add(brand)
        return made.person


class Identity(models.Model):
    """One address of a person. Without `verified_at` it is a claim, not a proof."""

    class Kind(models.TextChoices):
        EMAIL = "email", "email"

    class SomebodyElses(Exception):
        """The address belongs to the person of another user, or the user to another person."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    value = models.CharField(max_length=320)
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="identity_belongs_to_one_person")
        ]

    def verify(self, *, at: datetime) -> None:
        """Record the proof that this person reads mail at this address."""
        Identity.objects.filter(pk=self.pk, verified_at=None).update(verified_at=at)

    @transaction.atomic
    def prove(self, user: User, *, at: datetime) -> None:
        """This user reads mail here: verify the address, make its person theirs. Raises SomebodyElses."""
        if Person.objects.filter(user=user).exclude(pk=self.person_id).exists():
            raise self.SomebodyElses
        theirs = models.Q(user=None) | models.Q(user=user)
        if not Person.objects.filter(theirs, pk=self.person_id).update(user=user):
            raise self.SomebodyElses
        self.verify(at=at)
