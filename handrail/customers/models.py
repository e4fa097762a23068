"""People, their organisations, and the addresses they write from."""

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef

from handrail.accounts.models import Brand, User
from handrail.kit import ids


class Organisation(models.Model):
    """A company or body that people belong to."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, blank=True, db_index=True)
    plan = models.CharField(max_length=50, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class People(models.QuerySet["Person"]):
    """Chains that start from people."""

    def visible_to(self, user: User) -> "People":
        """People known to a brand of this user."""
        return self.filter(brands__in=user.brands.all()).distinct()


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
        address = address.strip().lower()[:320]
        known = cls.brands.through.objects.filter(person=OuterRef("person"), brand=brand)
        rows = Identity.objects.select_related("person__organisation").annotate(by_brand=Exists(known))
        identity = rows.filter(kind="email", value=address).first()
        if identity is None:
            return cls._meet(address=address, name=name, brand=brand, language=language, at=at)
        if not identity.by_brand:
            identity.person.brands.add(brand)
        return identity.person

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
