"""What a page of a case says."""

import datetime as dt

from django.test import Client
from django.urls import reverse

from casework.models import Case


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def text(client: Client, page: str, case: Case) -> str:
    """What the page says, with plain spaces."""
    answer = client.get(reverse(f"casework:{page}", args=[case.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())
