"""People and records for tests. Traits read as English: `UserFactory(caseworker=True)`."""

from typing import Any

import factory
from django.contrib.auth.hashers import make_password

from accounts import roles
from accounts.models import EmailCode, Team, User

PASSWORD = "Schoolbag-demo-2026"


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team
        django_get_or_create = ["name"]
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Team {n}")
    phone = "01632 960 101"
    email = factory.LazyAttribute(lambda team: f"{team.name.lower().replace(' ', '.')}@council.example")


class EmailCodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmailCode

    name = "email"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with an account: a family member, unless a trait or `role` says otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        caseworker = factory.Trait(role=roles.CASEWORKERS)
        manager = factory.Trait(role=roles.MANAGERS)
        editor = factory.Trait(role=roles.EDITORS)
        administrator = factory.Trait(role=roles.ADMINISTRATORS)
        professional = factory.Trait(is_professional=True)
        disabled = factory.Trait(is_active=False)

    first_name = "Jo"
    last_name = factory.Sequence(lambda n: f"Bloggs {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    email_code = factory.RelatedFactory(EmailCodeFactory, factory_related_name="user")

    @factory.post_generation
    def role(self: User, create: bool, extracted: str | None, **_: Any) -> None:  # type: ignore[misc]
        if create and extracted:
            self.groups.add(roles.group(extracted))

    @factory.post_generation
    def teams(self: User, create: bool, extracted: list[Team] | None, **_: Any) -> None:  # type: ignore[misc]
        if create and extracted:
            self.teams.set(extracted)
