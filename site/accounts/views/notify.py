"""What GOV.UK Notify tells of the emails that it was given: which arrived, and which never will."""

import json
import logging
import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.models import bounces
from core import notify

logger = logging.getLogger(__name__)


@csrf_exempt  # Notify has no session here: it brings the token that the council gave it.
@require_POST
def receipts(request: HttpRequest) -> HttpResponse:
    """One receipt, as https://docs.notifications.service.gov.uk/python.html#delivery-receipts has it.

    The same whether or not somebody has the address.
    """
    if not _is_notify(request):
        raise Http404
    try:
        receipt = json.loads(request.body)
        address, status = str(receipt["to"]), receipt["status"]
    except (ValueError, TypeError, KeyError):
        return HttpResponseBadRequest()
    if status in notify.GIVEN_UP:
        bounces.note(address)
    elif status == notify.DELIVERED:
        bounces.arrived(address)
    else:
        logger.warning("Notify could not send an email, by a fault of its own")
    return HttpResponse(status=204)


def _is_notify(request: HttpRequest) -> bool:
    token = settings.NOTIFY_CALLBACK_TOKEN
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and secrets.compare_digest(shown.encode(), token.encode())
