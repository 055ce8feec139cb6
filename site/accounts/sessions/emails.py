"""The email about a sign-in with a browser that an account has not seen before."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from accounts import emails
from accounts.models import SignIn
from accounts.sessions import not_me
from core import outbox
from core.dates import clock_text, day_text
from core.models import OutboxItem

TEMPLATE = "new-browser"


def email_new_browser(item: OutboxItem) -> None:
    """Payload: "sign_in" (UUID). The link is made now, so that no queue holds what locks an account."""
    sign_in = (
        SignIn.objects.filter(pk=item.payload["sign_in"], user__is_active=True).select_related("user").first()
    )
    if sign_in is None:
        return
    query = urlencode({"token": not_me.token_for(sign_in)})
    with translation.override(sign_in.user.language):
        context = {
            "device": sign_in.device,
            "network": sign_in.network,
            "day": day_text(sign_in.at),
            "time": clock_text(sign_in.at),
            "link": f"{settings.BASE_URL}{reverse('accounts:not_me')}?{query}",
            "days": not_me.VALID_FOR.days,
        }
    emails.send(str(item.id), sign_in.user.email, TEMPLATE, context, sign_in.user)


KINDS = (
    outbox.Kind(
        "email_new_browser",
        email_new_browser,
        title=gettext_lazy("Email about a new browser"),
        goes_to=gettext_lazy("to a person who has signed in"),
    ),
)
