"""Texts that no database of ours would store."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_nul_in_an_address_is_a_bad_request_and_no_fault_of_ours(
    signed_in_client: Callable[[User], Client], admin: User
) -> None:
    """SQLite looks for it, and finds nothing."""
    expected = 400 if connection.vendor == "postgresql" else 200
    answer = signed_in_client(admin).get("/admin/tag-autocomplete/", {"term": "\0"})
    assert answer.status_code == expected
