"""Looking people up: by the normal form of their email address, and by one query a page."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from accounts.models import User
from core.prepared import prepared

# As sessions name it.
BACKEND = "accounts.backends.EmailBackend"


@prepared
def _people(pk: Any) -> QuerySet[User]:
    # With the emailed-code device, which `accounts.middleware.SecondStepMiddleware` needs on every page.
    return User.objects.select_related("email_code").filter(pk=pk)


class EmailBackend(ModelBackend):
    """Django's own. It hashes for an unknown address too, so that the time taken tells nothing."""

    def get_user(self, user_id: Any) -> User | None:
        person = next(iter(_people(User._meta.pk.to_python(user_id))), None)
        return person if person and self.user_can_authenticate(person) else None
