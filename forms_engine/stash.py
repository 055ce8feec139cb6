"""What somebody typed when their sign-in had already run out: kept encrypted for an hour, given back to them alone.

Each step carries a signed ticket that names draft, page and person. A post that comes without a session, or fails the
CSRF check, is kept only with such a ticket; it changes nothing until its person has signed in and sends it again. A
page may be left open for days: its ticket holds as long as its draft is there.
"""

import base64
import json
import zlib
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core import audit, limiter
from core.access import is_signed_in
from forms_engine.models import Party, StashedPost
from forms_engine.pages.conflict import RESOLVING

TICKET = "ticket"
# What a page sends along: the questions that it shows, where earlier answers decide which these are.
SHOWN = "shown"
# The query parameter by which a step page is asked to show what was kept, and its value where nothing could be.
RESTORED, LOST = "restored", "lost"
LIFE = timedelta(hours=1)
# Bytes of typed text, and posts of one person within LIFE.
MOST_BYTES = 256 * 1024
MOST_POSTS = 20
_SALT = "forms_engine.stash"


@dataclass(frozen=True)
class Place:
    """A page of a draft, and whose; None: a guest's."""

    draft: UUID
    step: str
    item: str
    person: UUID | None

    @property
    def url(self) -> str:
        names = {"draft_id": self.draft, "step_id": self.step} | ({"item": self.item} if self.item else {})
        return reverse("forms:item" if self.item else "forms:step", kwargs=names)


def ticket(party: Party, step: str, item: str = "") -> str:
    """What a step's form carries, so that a late post can be told from a stranger's."""
    typist = str(party.typist_id or "")
    return signing.dumps([str(party.draft_id), step, item, typist], salt=_SALT)


def read_ticket(text: str) -> Place | None:
    """The page that a ticket names; None where it is forged."""
    try:
        draft, step, item, person = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return Place(UUID(draft), step, item, UUID(person) if person else None)


def answer_late_post(request: HttpRequest) -> HttpResponse | None:
    """Keep a step's post that cannot be taken now, and lead back to it by way of signing in.

    Where somebody else has signed in since, a page tells them so. None where `request` is no such post.
    """
    place = read_ticket(request.POST.get(TICKET, "")) if request.method == "POST" else None
    if place is None:
        return None
    if place.person is None and is_signed_in(request):
        # A guest who has signed in since: what she began is hers now.
        place = replace(place, person=request.user.pk)
    kept = keep(place, request.POST)
    back = f"{place.url}?{RESTORED}={kept or LOST}"
    if request.user.is_authenticated and request.user.pk == place.person:
        return HttpResponseRedirect(back)
    if is_signed_in(request):
        audit.record_refusal(request, "forms_engine.draft", place.draft)
        return render(request, "forms_engine/other_person.html", {"kept": kept, "back": back}, status=403)
    # The sign-in page then says that what was written is safe.
    return redirect_to_login(back, resolve_url(settings.LOGIN_URL) + ("?kept=yes" if kept else ""))


def is_anothers(request: HttpRequest) -> bool:
    """Whether a step's post was written on a page that another person had opened."""
    place = read_ticket(request.POST.get(TICKET, "")) if request.method == "POST" else None
    return place is not None and place.person not in (None, request.user.pk)


def keep(place: Place, post: QueryDict) -> UUID | None:
    """Keep what was typed. None where it is too long, too often, a guest's, or the draft has gone."""
    if place.person is None:
        return None
    typed = {name: values for name, values in post.lists() if name.startswith("q-") or name == SHOWN}
    # Whoever was choosing between two texts saw the other's revision, but has not chosen: asked again, she can.
    typed["rev"] = ["0"] if RESOLVING in post else post.getlist("rev")
    plain = json.dumps(typed).encode()
    seconds = int(LIFE.total_seconds())
    if len(plain) > MOST_BYTES or limiter.hit("stash", str(place.person), seconds) > MOST_POSTS:
        return None
    typists = Q(user=place.person) | Q(draft__assisted_by=place.person)
    if not Party.objects.filter(typists, draft=place.draft).exists():
        return None
    stashed = StashedPost.objects.create(
        person_id=place.person,
        draft_id=place.draft,
        step=place.step,
        item=place.item,
        sealed=_lock().encrypt(zlib.compress(plain)),
    )
    return stashed.pk


def asked_back(request: HttpRequest, party: Party, step: str, item: str) -> tuple[QueryDict | None, str]:
    """What was kept of the page that `request` opens, and what the page is to say: its name, LOST, or ""."""
    name = request.GET.get(RESTORED, "")
    kept = give_back(party, step, item, name) if name else None
    return kept, name if kept is not None or not name else LOST


def typed_on(request: HttpRequest, party: Party, step: str, item: str) -> QueryDict:
    """What was typed on a page that cannot be saved: what `request` posts, or asks back; else nothing."""
    if request.method == "POST":
        return request.POST
    kept, _name = asked_back(request, party, step, item)
    return QueryDict() if kept is None else kept


def give_back(party: Party, step: str, item: str, name: str) -> QueryDict | None:
    """What was kept of this page under `name`, for its own person; None where there is nothing (any more).

    It stays until the page is saved: a page that is loaded again shows it again.
    """
    stashed = _find(party, step, item, name)
    if stashed is None:
        return None
    try:
        plain = _lock().decrypt(bytes(stashed.sealed), ttl=int(LIFE.total_seconds()))
    except InvalidToken:
        return None
    post = QueryDict(mutable=True)
    for field, values in json.loads(zlib.decompress(plain)).items():
        post.setlist(field, values)
    return post


def tidy() -> int:
    """Delete what nobody came back for within LIFE. How many posts that was."""
    return StashedPost.objects.filter(kept_at__lt=timezone.now() - LIFE).delete()[0]


def forget(party: Party, step: str, item: str, name: str) -> None:
    """Drop what was kept, once the page is saved."""
    if stashed := _find(party, step, item, name):
        stashed.delete()


def _find(party: Party, step: str, item: str, name: str) -> StashedPost | None:
    try:
        key = UUID(name)
    except ValueError:
        return None
    mine = StashedPost.objects.filter(person=party.typist_id, draft=party.draft_id, step=step, item=item)
    return mine.filter(pk=key).first()


def _lock() -> MultiFernet:
    """Newest key first; older ones open what was locked before the key was changed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(salted_hmac(_SALT, "key", secret=secret, algorithm="sha256").digest())
