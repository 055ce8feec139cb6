"""The children that somebody is linked to."""

import datetime as dt

import pytest
from django.db import IntegrityError

from accounts.models import User
from core.dates import today
from families.models import ChildLink
from families.selectors import children_of
from schools.models import Enrolment
from tests.factories import ChildFactory, ChildLinkFactory, SchoolFactory
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db


@pytest.mark.capability("A18")
def test_a_parent_has_the_children_of_links_that_hold_today(sam_parent: User, noor_stranger: User) -> None:
    oakfield = SchoolFactory(name="Oakfield")
    ada = ChildFactory(first_name="Ada", school=oakfield)
    ben = ChildFactory(first_name="Ben")
    ChildLinkFactory(person=sam_parent, child=ben)
    ChildLinkFactory(person=sam_parent, child=ada)
    ended = ChildLinkFactory(person=sam_parent, child=ChildFactory(first_name="Cy"))
    ChildLink.objects.filter(pk=ended.pk).update(until=today() - dt.timedelta(days=1))
    ChildLinkFactory(person=sam_parent, since=today() + dt.timedelta(days=1))

    found = children_of(sam_parent, today())

    assert [(linked.child, linked.school) for linked in found] == [(ada, oakfield), (ben, None)]
    assert children_of(noor_stranger, today()) == []


def test_both_parents_of_two_households_are_linked(sam_parent: User, alex_parent: User) -> None:
    ada = ChildFactory()
    for parent in (sam_parent, alex_parent):
        ChildLinkFactory(person=parent, child=ada)
    assert [linked.child for linked in children_of(alex_parent, today())] == [ada]


def test_one_open_link_each() -> None:
    link = ChildLinkFactory()
    with pytest.raises(IntegrityError):
        ChildLinkFactory(person=link.person, child=link.child)


def test_a_child_at_two_schools_is_shown_at_the_one_joined_last(sam_parent: User) -> None:
    ada = ChildFactory(school=SchoolFactory(name="Oakfield"))
    hospital = SchoolFactory(name="Hospital School")
    Enrolment.objects.create(child=ada, school=hospital, since=dt.date(2026, 1, 5))
    ChildLinkFactory(person=sam_parent, child=ada)
    assert children_of(sam_parent, today())[0].school == hospital
    assert ada.school_on(today()) == hospital


def test_six_children_cost_no_more_queries_than_one(sam_parent: User) -> None:
    for number in range(6):
        ChildLinkFactory(person=sam_parent, child=ChildFactory(school=SchoolFactory()))
        with counted_queries() as queries:
            assert len(children_of(sam_parent, today())) == number + 1
        assert len(queries) == 2
