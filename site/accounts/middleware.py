"""Who is signed in, for how long, and who comes into the admin."""

import time
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.middleware import OTPMiddleware

from accounts import session_life
from accounts.access import may_enter_admin
from accounts.models import User
from accounts.second_steps.ways import needs_stronger
from accounts.sessions import kept
from core import languages
from core.access import is_signed_in, refuse, to_sign_in

GetResponse = Callable[[HttpRequest], HttpResponseBase]

ADMIN = "/admin/"
LEAVE_ADMIN = "/admin/logout/"
# What the sign-in page itself would need, were it Wagtail's. They show nothing.
OPEN_IN_ADMIN = ("/admin/sprite/", "/admin/jsi18n/")
# An open editor asks these every few seconds by itself: that is not somebody at work.
UNATTENDED = ("/admin/editing-sessions/",)


class SecondStepMiddleware(OTPMiddleware):
    """django-otp's without its query: the emailed-code device comes with the person (`accounts.backends`).

    Nor does it wait until somebody asks who it is: `SessionLifeMiddleware` does at each request, and each look through
    Django's and django-otp's proxies costs more than what is looked up.
    """

    async_capable = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.user = self._verify_user_sync(request, cast(User, get_user(request)))
        return cast(HttpResponseBase, self.get_response(request))

    def _verify_user_sync(self, request: HttpRequest, user: User) -> User:
        device = getattr(user, "email_code", None)
        if device is None or device.persistent_id != request.session.get(DEVICE_ID_SESSION_KEY):
            verified: User = super()._verify_user_sync(request, user)
            return verified
        self._init_user_fields(user)
        user.otp_device = self._finalize_device(request, user, device)
        return user


class SessionLifeMiddleware:
    """Ends a session that idled or lasted too long, or was signed out elsewhere; it never asks the database.

    A view finds the moment of the end as `request.session_ends_at` (seconds since 1970).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            self._check(request, time.time())
        return self.get_response(request)

    def _check(self, request: HttpRequest, now: float) -> None:
        life = session_life.Life.of(request.session)
        person = cast(User, request.user)
        if life is None or life.is_over(person, now):
            logout(request)
            session_life.note_end(request.session)
            return
        if not request.path_info.startswith(UNATTENDED):
            renewed = session_life.renew(request.session, life, now)
            if renewed is not life:
                kept.stamp(renewed)
            life = renewed
        request.session_ends_at = life.ends_at  # type: ignore[attr-defined]


class LanguageMiddleware:
    """Pages whose words are translated in the language of whoever reads them; all others in the site's own."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.USE_I18N:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(self._language_of(request)):
            return self.get_response(request)

    def _language_of(self, request: HttpRequest) -> str:
        is_translated = request.path_info.startswith(settings.TRANSLATED_PATHS)
        return languages.chosen(request) if is_translated else settings.LANGUAGE_CODE


class AdminSecondStepMiddleware:
    """The admin opens to staff who came through both steps. Others sign in, or find nothing there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN) and not request.path_info.startswith(OPEN_IN_ADMIN):
            if not is_signed_in(request):
                return to_sign_in(request)
            if not may_enter_admin(request.user):
                refuse(request, "admin", None)
            person = cast(User, request.user)
            if needs_stronger(person, person.otp_device) and request.path_info != LEAVE_ADMIN:
                return redirect("accounts:security")
        return self.get_response(request)
