"""Looking people up: by the normal form of their email address, and by one query a page."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class EmailBackend(ModelBackend):
    """Django's own. It hashes for an unknown address too, so that the time taken tells nothing."""

    def get_user(self, user_id: Any) -> User | None:
        # With the emailed-code device, which `accounts.middleware.SecondStepMiddleware` needs on every page.
        person = User.objects.select_related("email_code").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
