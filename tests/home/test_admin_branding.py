"""The admin carries the council's name, not Wagtail's."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User


def test_the_admin_carries_the_councils_name_and_mark(
    signed_in_client: Callable[[User], Client], erin_editor: User
) -> None:
    html = signed_in_client(erin_editor).get("/admin/").content.decode()
    assert "Schoolbag, Example Council</title>" in html
    assert "/static/portal/icon.svg" in html
    assert "Wagtail</title>" not in html
