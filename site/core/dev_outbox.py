"""/dev/outbox/: every message that the demo has "sent", with its codes and links. On one's own machine only."""

import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.models import SentMessage

SHOWN = 50


@require_safe
def messages_sent(request: HttpRequest) -> HttpResponse:
    """The newest messages. Not found unless settings.DEV_OUTBOX, and then only from the machine itself."""
    if not (settings.DEV_OUTBOX and _is_loopback(request)):
        raise Http404
    # Not "messages": that is Django's own, of notices to the reader.
    return render(request, "core/dev_outbox.html", {"sent_messages": SentMessage.objects.all()[:SHOWN]})


def _is_loopback(request: HttpRequest) -> bool:
    # A request that came through a proxy shows the proxy's address, so one that says so is not from here.
    if "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
