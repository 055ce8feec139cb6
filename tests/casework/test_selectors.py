"""What other pages ask for about somebody's cases."""

import pytest

from accounts.models import User
from casework.models import Case
from casework.rules.stages import Whose
from casework.rules.timetable import Counting
from casework.selectors import for_person
from core.dates import today
from tests.factories import ActionFactory, CaseAccessFactory, CaseFactory, ChildFactory
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db


def test_somebodys_cases_are_those_that_she_may_open(
    adas_case: Case, sam_parent: User, noor_stranger: User
) -> None:
    CaseFactory(requested=True)
    (found,) = for_person(sam_parent, today(), Counting.AFTER)
    assert found.case == adas_case
    assert for_person(noor_stranger, today(), Counting.AFTER) == []


def test_a_closed_case_is_not_among_them(adas_case: Case, sam_parent: User) -> None:
    Case.objects.update(closed_on=today())
    assert for_person(sam_parent, today(), Counting.AFTER) == []


def test_each_case_comes_with_the_persons_own_actions(
    adas_case: Case, sam_parent: User, alex_parent: User
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    (sams,) = for_person(sam_parent, today(), Counting.AFTER)
    (alexs,) = for_person(alex_parent, today(), Counting.AFTER)
    assert sams.waiting == [action]
    assert sams.turn.whose is Whose.FAMILY
    assert alexs.waiting == []


def test_six_children_cost_no_more_queries_than_one(sam_parent: User) -> None:
    def add(number: int) -> None:
        case = CaseFactory(drafted=True, child=ChildFactory(first_name=f"Child {number}"))
        CaseAccessFactory(case=case, person=sam_parent)
        ActionFactory(case=case, assignment__addressee=sam_parent)

    add(1)
    with counted_queries() as one:
        for_person(sam_parent, today(), Counting.AFTER)
    for number in range(2, 7):
        add(number)
    with counted_queries() as six:
        assert len(for_person(sam_parent, today(), Counting.AFTER)) == 6
    assert len(six) == len(one) == 3
