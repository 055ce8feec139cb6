"""People and records for tests. Traits read as English: `CaseFactory(overdue=True)`."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts import roles
from accounts.models import EmailCode, PersonalDetails, Team, User
from casework.models import Action, Case, CaseAccess, CaseEvent
from casework.rules.timetable import Event
from core.dates import today
from core.models import OutboxItem
from families.models import ChildLink
from forms_engine.models import Assignment, Delivery, FormDefinition, FormVersion, Submission
from schools.models import Child, Enrolment, School

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


class PersonalDetailsFactory(factory.django.DjangoModelFactory):
    """What somebody said about herself: `PersonalDetailsFactory(user=sam)`."""

    class Meta:
        model = PersonalDetails

    date_of_birth = dt.date(1988, 3, 27)
    phone = "07700 900101"
    house = "7"
    street = "Mill Lane"
    town = "Milton Cross"
    postcode = "MB1 4QT"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with an account: a family member, unless a trait or `role` says otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        caseworker = factory.Trait(role=roles.CASEWORKERS)
        manager = factory.Trait(role=roles.MANAGERS)
        editor = factory.Trait(role=roles.EDITORS)
        author = factory.Trait(role=roles.AUTHORS)
        support = factory.Trait(role=roles.SUPPORT)
        administrator = factory.Trait(role=roles.ADMINISTRATORS)
        professional = factory.Trait(is_professional=True)
        disabled = factory.Trait(is_active=False)

    first_name = "Jo"
    last_name = factory.Sequence(lambda n: f"Bloggs {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    email_code = factory.RelatedFactory(EmailCodeFactory, factory_related_name="user")

    role = ""
    teams: Sequence[Team] = ()

    @classmethod
    def _create(
        cls, model_class: type[User], *args: Any, role: str, teams: Sequence[Team], **fields: Any
    ) -> User:
        person: User = super()._create(model_class, *args, **fields)
        if role:
            person.groups.add(roles.group(role))
        person.teams.set(teams)
        return person


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School
        django_get_or_create = ["name"]

    name = factory.Sequence(lambda n: f"School {n}")


class ChildFactory(factory.django.DjangoModelFactory):
    """A child; at a school where one is given: `ChildFactory(school=oakfield)`."""

    class Meta:
        model = Child

    first_name = "Ada"
    last_name = "Parent"
    date_of_birth = dt.date(2019, 3, 4)
    school: School | None = None

    @classmethod
    def _create(cls, model_class: type[Child], *args: Any, school: School | None, **fields: Any) -> Child:
        child: Child = super()._create(model_class, *args, **fields)
        if school:
            Enrolment.objects.create(child=child, school=school, since=dt.date(2023, 9, 1))
        return child


class ChildLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChildLink

    person = factory.SubFactory(UserFactory)
    child = factory.SubFactory(ChildFactory)
    relationship = "Mother"
    since = dt.date(2023, 9, 1)


class CaseFactory(factory.django.DjangoModelFactory):
    """A case. `events`: event -> day, or days ago. Traits say where it stands; `overdue`: no decision in time."""

    class Meta:
        model = Case

    class Params:
        requested = factory.Trait(events={Event.REQUEST_RECEIVED: 10})
        overdue = factory.Trait(events={Event.REQUEST_RECEIVED: 60})
        drafted = factory.Trait(
            events={
                Event.REQUEST_RECEIVED: 100,
                Event.ASSESSMENT_AGREED: 65,
                Event.PLAN_AGREED: 15,
                Event.DRAFT_SERVED: 8,
            }
        )

    child = factory.SubFactory(ChildFactory)
    team = factory.SubFactory(TeamFactory, name="North")
    events: Mapping[Event, int | dt.date] = {}

    @classmethod
    def _create(
        cls, model_class: type[Case], *args: Any, events: Mapping[Event, int | dt.date], **fields: Any
    ) -> Case:
        case: Case = super()._create(model_class, *args, **fields)
        for event, day in events.items():
            when = day if isinstance(day, dt.date) else today() - dt.timedelta(days=day)
            CaseEvent.objects.create(case=case, event=event.value, day=when, by_name="Sam Parent")
        return case


class CaseAccessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseAccess

    case = factory.SubFactory(CaseFactory)
    person = factory.SubFactory(UserFactory)
    capacity = CaseAccess.Capacity.PARENT
    since = dt.date(2023, 9, 1)


class FormFactory(factory.django.DjangoModelFactory):
    """A form of the SEND team's, published unless told otherwise; `preference`: the Parental Preference Form."""

    class Meta:
        model = FormDefinition
        django_get_or_create = ["slug"]

    class Params:
        preference = factory.Trait(slug="parental-preference-form", title="Parental Preference Form")

    title = factory.Sequence(lambda n: f"Form {n}")
    slug = factory.Sequence(lambda n: f"form-{n}")
    handler = "casework.action"
    published = True

    @classmethod
    def _create(
        cls, model_class: type[FormDefinition], *args: Any, published: bool, **fields: Any
    ) -> FormDefinition:
        form: FormDefinition = super()._create(model_class, *args, **fields)
        if published and not form.versions.exists():
            FormVersion.objects.create(form=form, number=1, content={}, digest="0" * 64)
        return form


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    form = factory.SubFactory(FormFactory, preference=True)
    addressee = factory.SubFactory(UserFactory)
    about_kind = "casework.case"
    about_name = "Ada"
    due = factory.LazyFunction(lambda: today() + dt.timedelta(days=6))
    why = "We are writing the plan."


class ActionFactory(factory.django.DjangoModelFactory):
    """A form asked for in a case: `ActionFactory(case=case, assignment__addressee=sam, late=True)`."""

    class Meta:
        model = Action

    class Params:
        late = False

    case = factory.SubFactory(CaseFactory, drafted=True)
    assignment = factory.SubFactory(
        AssignmentFactory,
        about_id=factory.SelfAttribute("..case.id"),
        about_name=factory.SelfAttribute("..case.child.called"),
        due=factory.LazyAttribute(lambda asked: today() + dt.timedelta(days=_days_left(asked))),
    )


def _days_left(assignment: Any) -> int:
    return -3 if assignment.factory_parent.late else 6


class SubmissionFactory(factory.django.DjangoModelFactory):
    """That a form was sent: `SubmissionFactory(assignment=asked)`. `given_up`: its delivery ran out of tries."""

    class Meta:
        model = Submission
        skip_postgeneration_save = True

    draft_id = factory.LazyFunction(uuid.uuid4)
    version = factory.LazyAttribute(lambda sent: FormVersion.objects.get(form=sent.assignment.form))
    assignment = factory.SubFactory(AssignmentFactory)
    submitted_by = factory.SelfAttribute("assignment.addressee")
    reference = factory.Sequence(lambda n: f"PPF-{n:08}")
    submitted_at = factory.LazyFunction(timezone.now)
    today = factory.LazyFunction(today)

    @factory.post_generation
    def given_up(self: Submission, create: bool, is_given_up: bool | None, **kwargs: object) -> None:
        if is_given_up:
            dead = {"state": OutboxItem.State.DEAD, "attempts": 9, "last_error": "OSError"}
            item = OutboxItem.objects.create(kind="form_delivery", **dead)
            Delivery.objects.create(submission=self, item=item)
