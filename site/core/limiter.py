"""How often something was tried, so that guessing and flooding end (A32). One statement a try.

A caller counts before the expensive part, so that tries at the same moment do not slip through together, and outside
the request's transaction: what is rolled back is forgotten. Only a keyed hash of who it was is kept.
"""

import ipaddress
import math
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.models import LimiterCount

_UPSERT = """
INSERT INTO core_limitercount (key, count, since, until) VALUES (%s, %s, %s, %s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN core_limitercount.since < %s THEN excluded.count
    ELSE core_limitercount.count + excluded.count END,
  since = CASE WHEN core_limitercount.since < %s THEN excluded.since ELSE core_limitercount.since END,
  until = CASE WHEN core_limitercount.since < %s THEN excluded.until ELSE core_limitercount.until END
RETURNING count
"""


def hit(scope: str, who: str, seconds: int, amount: int = 1) -> int:
    """Count one try of `who` at `scope`; how many there were in this window of `seconds`, this one too.

    `amount` where something else than tries is counted, such as bytes. A window begins with its first try. The same
    SQL runs on SQLite and PostgreSQL.
    """
    now = timezone.now()
    window = timedelta(seconds=seconds)
    stamp, until, oldest = (
        connection.ops.adapt_datetimefield_value(moment) for moment in (now, now + window, now - window)
    )
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [key_of(scope, who), amount, stamp, until, oldest, oldest, oldest])
        (count,) = cursor.fetchone()
    return int(count)


def take_back(scope: str, who: str) -> None:
    """Forget one try of `who` at `scope`: it was none of those that are meant."""
    LimiterCount.objects.filter(key=key_of(scope, who), count__gt=0).update(count=F("count") - 1)


def seconds_left(scope: str, who: str, seconds: int) -> int:
    """How long the present window of `seconds` still lasts; 0 where there is none."""
    since = LimiterCount.objects.filter(key=key_of(scope, who)).values_list("since", flat=True).first()
    return left_of(since, seconds) if since else 0


def left_of(since: datetime, seconds: int) -> int:
    """How long a window of `seconds` that began at `since` still lasts; 0 where it is over."""
    return max(0, math.ceil((since + timedelta(seconds=seconds) - timezone.now()).total_seconds()))


def clear(scope: str, who: str) -> None:
    """Forget the tries of `who` at `scope`: it was the right person after all."""
    LimiterCount.objects.filter(key=key_of(scope, who)).delete()


def tidy() -> int:
    """Delete windows that are over; how many there were."""
    return LimiterCount.objects.filter(until__lt=timezone.now()).delete()[0]


def key_of(scope: str, who: str) -> str:
    """Under what a count stands: a keyed hash, which tells nobody who it was."""
    return salted_hmac("core.limiter", f"{scope}:{who}", algorithm="sha256").hexdigest()


def network(request: HttpRequest) -> str:
    """The network a request comes from, "203.0.113.0/24" or "2001:db8::/64"; "unknown" where it says none.

    Of `X-Forwarded-For` only what our own proxies wrote counts: the n-th from the right, n being
    `settings.TRUSTED_PROXIES`. Everything left of that was sent by the browser and can be anything.
    """
    try:
        address = ipaddress.ip_address(_client_address(request))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(address), 64), strict=False))
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((int(address), 24), strict=False))


def _client_address(request: HttpRequest) -> str:
    proxies: int = settings.TRUSTED_PROXIES
    forwarded: list[str] = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
