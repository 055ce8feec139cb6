"""Whoever registers because she was invited: her address stands in its box already."""

from django.http import HttpRequest

from accounts.models import Invitation

# In the session of a browser in which an invitation's link was opened: which.
KEY = "invited"


def remember(request: HttpRequest, invitation: Invitation) -> None:
    request.session[KEY] = str(invitation.pk)


def address(request: HttpRequest) -> str:
    """The address that she was invited by; "" where nobody was."""
    pk = request.session.get(KEY)
    found = Invitation.objects.usable().filter(pk=pk).first() if pk else None
    return found.email if found else ""
