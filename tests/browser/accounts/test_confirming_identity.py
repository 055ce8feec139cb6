"""Staff make sure who somebody is whom the register of people does not know: by keyboard, in the admin."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accounts.somebody import Somebody

NOT_FOUND = """
from django.utils import timezone
from accounts.models import PersonalDetails
State = PersonalDetails.Identity
PersonalDetails.objects.filter(user__email_key="{email}").update(
    identity=State.NOT_MATCHED, identity_at=timezone.now()
)
"""


@pytest.mark.capability("A8")
def test_whoever_the_register_does_not_know_is_confirmed_by_hand_and_leaves_the_list(
    somebody: Callable[..., Somebody],
) -> None:
    kim, ash = somebody("kim"), somebody("ash")
    kim.portal.manage("shell", "-v", "0", "-c", NOT_FOUND.format(email=kim.email))
    ash.go("/admin/identity/")
    ash.signs_in()
    ash.look()
    ash.follow("Kim Reader")
    ash.is_told("27 March 1988")
    # Her mailbox is hers: staff see enough of it to ask, and no more.
    assert kim.email not in ash.page.content()
    ash.next("This is who it says")
    ash.is_told("Write down how you made sure who it is")
    assert ash.page.title().startswith("Error: ")
    ash.types_at_work("How did you make sure?", "Saw her passport and a letter on 3 March.")
    ash.next("This is who it says")
    expect(ash.page.locator(".messages")).to_contain_text("Kim Reader is confirmed.")
    ash.is_told("Nobody waits.")
    # She could use her account all the while, and was never told what did not fit.
    kim.go("/sign-in/")
    kim.signs_in()
    kim.page.wait_for_url("**/family/")
