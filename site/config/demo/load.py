"""Puts the demo's people, schools, children and cases into an empty site, in one transaction."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts import forms_that_come, roles
from accounts.invitations import sending
from accounts.models import AccountUse, Invitation, PersonalDetails, Team, User, email_key
from casework.actions.ask_for_form import ask_for_form
from casework.models import Case, CaseAccess, CaseEvent
from config.demo.addresses import TOWN
from config.demo.people import PASSWORD, PEOPLE
from config.demo.records import (
    CASES,
    CASEY,
    CHILDREN,
    FORMS_OF_SOUTH,
    NORTH,
    OAKFIELD,
    ROBIN,
    SCHOOLS,
    SOUTH,
    DemoCase,
    DemoChild,
)
from core import outbox
from core.bank_holidays import shipped_working_days
from families.models import ChildLink
from forms_engine.models import FormDefinition
from schools.access import KIND
from schools.models import Child, Enrolment, Membership, School

TEAM_PHONES = {NORTH: "01632 960 112", SOUTH: "01632 960 113"}
SUPERVISOR, STANDARD = "harper.head@example.org", "sol.bursar@example.org"
# Whom the school has invited to be a standard user.
INVITED = ("Kim New", "kim.new@example.org")
# The law gives a family at least 15 days from the draft, that day being day one.
DAYS_TO_COMMENT = 14


def is_loaded() -> bool:
    return User.objects.filter(email_key=email_key(PEOPLE[0].email)).exists()


@transaction.atomic
def load(today: dt.date) -> None:
    people = _people()
    schools = {name: School.objects.create(name=name, town=town) for name, town in SCHOOLS}
    for email, standing in (
        (SUPERVISOR, Membership.Standing.SUPERVISOR),
        (STANDARD, Membership.Standing.STANDARD),
    ):
        Membership.objects.create(
            person=people[email], school=schools[OAKFIELD], standing=standing, since=today - dt.timedelta(400)
        )
    _long_unused(people[STANDARD], today)
    _invite_colleague(people[SUPERVISOR], schools[OAKFIELD])
    teams = _teams(people)
    children = {f"{row.first_name} {row.last_name}": _child(row, schools, people, today) for row in CHILDREN}
    for row in CASES:
        _case(row, children, teams, people, today)


def _people() -> dict[str, User]:
    password = make_password(PASSWORD)  # once: Argon2 is slow on purpose
    made = {}
    for row in PEOPLE:
        user = User.objects.create(
            email=row.email,
            first_name=row.first_name,
            last_name=row.last_name,
            is_professional=row.is_professional,
            password=password,
        )
        if row.details:
            PersonalDetails.objects.create(
                user=user,
                date_of_birth=row.details.born,
                phone=row.details.phone,
                house=row.details.house,
                street=row.details.street,
                town=TOWN,
                postcode=row.details.postcode,
            )
        if row.role:
            user.groups.add(roles.group(row.role))
        made[row.email] = user
    return made


def _long_unused(person: User, today: dt.date) -> None:
    """Not signed in for 174 days, and warned yesterday: in six days the account is disabled."""
    at = timezone.now() - dt.timedelta(days=174)
    User.objects.filter(pk=person.pk).update(date_joined=at - dt.timedelta(days=200), last_login=at)
    warned = today - dt.timedelta(days=1)
    AccountUse.objects.create(user=person, warned_on=warned - dt.timedelta(days=23), warned_again_on=warned)


def _invite_colleague(by: User, school: School) -> None:
    """Somebody who has not said yes yet: the email, with its link, is among the demo's messages."""
    row = Invitation(name=INVITED[0], email=INVITED[1], kind=KIND, what=Membership.Standing.STANDARD)
    row.place, row.invited_by = school.pk, by
    token = row.issue()
    row.save()
    payload = {"invitation": str(row.pk), "token": token}
    outbox.put(sending.KIND.name, payload, expires_at=row.valid_until)


def _teams(people: dict[str, User]) -> dict[str, Team]:
    teams = {
        name: Team.objects.create(
            name=name, phone=phone, email=f"{name.rsplit(maxsplit=1)[-1].lower()}@example.org"
        )
        for name, phone in TEAM_PHONES.items()
    }
    teams[NORTH].members.add(people[CASEY])
    teams[SOUTH].members.add(people[ROBIN])
    # What families begin unasked: somebody must be told.
    told = FormDefinition.objects.filter(handler=forms_that_come.HANDLER)
    teams[NORTH].forms.set(told.exclude(slug__in=FORMS_OF_SOUTH))
    teams[SOUTH].forms.set(told.filter(slug__in=FORMS_OF_SOUTH))
    return teams


def _child(row: DemoChild, schools: dict[str, School], people: dict[str, User], today: dt.date) -> Child:
    # Whole years before today, and a few months more: the ages stay true on whatever day the demo is loaded.
    months = len(row.first_name + row.last_name) % 11
    born = dt.date(today.year - row.age, today.month, min(today.day, 28)) - dt.timedelta(days=30 * months)
    child = Child.objects.create(first_name=row.first_name, last_name=row.last_name, date_of_birth=born)
    since = today - dt.timedelta(days=365)
    Enrolment.objects.create(child=child, school=schools[row.school], since=since)
    for email in row.parents:
        relationship = ChildLink.SELF if people[email].first_name == row.first_name else "parent"
        ChildLink.objects.create(person=people[email], child=child, relationship=relationship, since=since)
    return child


def _done_on(event: str, day: dt.date) -> dt.date:
    """The council does nothing on a day off: what it did, it did on the working day before. A family writes any day."""
    return day if event == "comments-received" else shipped_working_days("england-and-wales").last_by(day)


def _case(
    row: DemoCase, children: dict[str, Child], teams: dict[str, Team], people: dict[str, User], today: dt.date
) -> None:
    worker = people[row.caseworker]
    case = Case.objects.create(child=children[row.child], team=teams[row.team], caseworker=worker)
    days = {event: _done_on(event, today - dt.timedelta(days=days_ago)) for event, days_ago in row.events}
    for event, day in days.items():
        CaseEvent.objects.create(
            case=case,
            event=event,
            day=day,
            by_name=row.requested_by if event == "request-received" else "",
            recorded_by=worker,
        )
    for email, capacity in row.access:
        CaseAccess.objects.create(
            case=case,
            person=people[email],
            capacity=capacity,
            since=days["request-received"],
            activated_by=worker,
        )
    if row.asks:
        ask_for_form(
            case,
            FormDefinition.objects.get(slug="parental-preference-form"),
            [people[email] for email in row.asks],
            due=days["draft-served"] + dt.timedelta(days=DAYS_TO_COMMENT),
            why="We have sent you the draft plan. Please tell us what you think of it.",
            by=worker,
            today=today,
        )
