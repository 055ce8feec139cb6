"""Signing out of the portal from another service, which leads here for it (RP-initiated logout)."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from oauth2_provider.exceptions import InvalidOIDCClientError, OIDCError
from oauth2_provider.views import RPInitiatedLogoutView
from oauthlib.common import add_params_to_uri

from accounts.models import Service, User
from accounts.provider import consents
from accounts.views.provider import to_service, where_on
from accounts.views.session import forgotten_by_browser, left
from core import audit


class SignOutView(RPInitiatedLogoutView):
    """Asks first: a link on any page in the world may lead here."""

    template_name = "accounts/provider/sign_out.html"

    def get_request_application(self, id_token: Any, client_id: str | None) -> Service | None:
        if not client_id:
            of_token: Service | None = id_token.application if id_token else None
            return of_token
        service: Service | None = Service.objects.filter(client_id=client_id, is_on=True).first()
        if service is None:
            raise InvalidOIDCClientError
        return service

    def do_logout(
        self,
        application: Service | None = None,
        post_logout_redirect_uri: str | None = None,
        state: str | None = None,
        token_user: User | None = None,
    ) -> HttpResponseBase:
        if self.request.user.is_authenticated:
            if application:
                consents.delete_tokens(self.request.user, application)
            audit.record("account.signed-out", request=self.request, obj=application)
        response = left(self.request, "accounts:signed_out")
        if not post_logout_redirect_uri:
            return response
        more = [("state", state)] if state else []
        there = to_service(self.request, add_params_to_uri(post_logout_redirect_uri, more))
        return forgotten_by_browser(there)

    def error_response(self, error: OIDCError) -> HttpResponseBase:
        return render(self.request, "accounts/provider/refused.html", status=400)


sign_out = require_http_methods(["GET", "HEAD", "POST"])(where_on(SignOutView.as_view()))
