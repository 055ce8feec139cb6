"""Statements whose SQL is made once give, and do, what the ORM would."""

import uuid
from typing import Any

import pytest
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import EmailCode, User
from core.prepared import Update, prepared, prepared_update
from tests.queries import counted_queries


@prepared
def people(pk: Any) -> QuerySet[User]:
    return User.objects.select_related("email_code").filter(pk=pk)


@prepared
def names(first: Any, last: Any) -> "QuerySet[User, tuple[Any, ...]]":
    return (
        User.objects.filter(last_name=last, first_name=first).order_by("pk").values_list("pk", "last_login")
    )


def test_gives_models_with_all_their_columns(sam_parent: User) -> None:
    (found,) = people(sam_parent.pk)
    fields = [field.attname for field in User._meta.concrete_fields]
    assert found == sam_parent
    assert [getattr(found, name) for name in fields] == [getattr(sam_parent, name) for name in fields]


def test_gives_what_belongs_to_them_in_the_same_query(sam_parent: User) -> None:
    with counted_queries() as queries:
        (found,) = people(sam_parent.pk)
        code = found.email_code
    assert code == EmailCode.objects.get(user=sam_parent)
    assert len(queries) == 1


def test_gives_tuples_of_values_with_their_python_types(sam_parent: User, alex_parent: User) -> None:
    assert names("Sam", "Parent") == [(sam_parent.pk, None)]


def test_each_call_asks_anew(sam_parent: User, alex_parent: User) -> None:
    assert [people(person.pk)[0].first_name for person in (sam_parent, alex_parent, sam_parent)] == [
        "Sam",
        "Alex",
        "Sam",
    ]
    User.objects.filter(pk=sam_parent.pk).update(first_name="Samira")
    assert people(sam_parent.pk)[0].first_name == "Samira"


@pytest.mark.django_db
def test_nothing_found_is_no_rows() -> None:
    assert people(uuid.uuid4()) == []


@pytest.mark.django_db
def test_a_value_is_never_read_as_sql(sam_parent: User) -> None:
    assert names("Sam' OR '1'='1", "Parent") == []


@prepared_update
def rename(pk: Any, first: Any, joined: Any) -> Update:
    person = User.objects.filter(Exists(EmailCode.objects.filter(user=OuterRef("pk"))), pk=pk)
    names = {"first_name": first, "date_joined": joined}
    return Update(person, names | {"session_epoch": F("session_epoch") + 1})


def test_an_update_stores_what_it_is_given_and_leaves_all_else(sam_parent: User, alex_parent: User) -> None:
    joined = timezone.now()
    assert rename(sam_parent.pk, "Sam's", joined) == 1
    names = User.objects.order_by("email").values_list("first_name", "session_epoch")
    assert list(names) == [("Alex", alex_parent.session_epoch), ("Sam's", sam_parent.session_epoch + 1)]
    assert User.objects.get(pk=sam_parent.pk).date_joined == joined


@pytest.mark.django_db
def test_an_update_says_when_nothing_matched() -> None:
    assert rename(uuid.uuid4(), "Nobody", timezone.now()) == 0
