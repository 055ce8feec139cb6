"""Ada's case: team North has it, Casey runs it; Sam and Alex, in two households, may open it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from casework.models import Case
from schools.models import School
from tests.casework.page_text import text
from tests.factories import CaseAccessFactory, CaseFactory, ChildFactory, SchoolFactory, TeamFactory


@pytest.fixture
def oakfield(db: None) -> School:
    return SchoolFactory(name="Oakfield Primary School")


@pytest.fixture
def adas_case(sam_parent: User, alex_parent: User, casey_worker: User, oakfield: School) -> Case:
    """The draft plan went out eight days ago."""
    case = CaseFactory(
        drafted=True,
        child=ChildFactory(first_name="Ada", last_name="Parent", school=oakfield),
        team=TeamFactory(name="North"),
        caseworker=casey_worker,
    )
    CaseAccessFactory(case=case, person=sam_parent)
    CaseAccessFactory(case=case, person=alex_parent)
    return case


@pytest.fixture
def dashboard(signed_in_client: Callable[[User], Client], sam_parent: User) -> Callable[[Case], str]:
    """A function: what Sam's dashboard of a case says."""
    client = signed_in_client(sam_parent)
    return lambda case: text(client, "dashboard", case)


@pytest.fixture
def make_case(sam_parent: User) -> Callable[..., Case]:
    """A function: a case that Sam may open."""

    def make(**fields: object) -> Case:
        case = CaseFactory(**fields)
        CaseAccessFactory(case=case, person=sam_parent)
        return case

    return make
