"""What a service may ask for, and what it is told: less than django-oauth-toolkit would let it."""

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import SettingsScopes

from accounts.models import Service
from accounts.provider import consents

# A service is told who somebody is by asking for this, and by asking for nothing less.
OPENID, EMAIL = "openid", "email"


class Scopes(SettingsScopes):
    """A service may ask for the email address only where it is registered for it."""

    def get_available_scopes(
        self, application: Service | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return [OPENID] if application and not application.gets_email else [OPENID, EMAIL]


class Validator(OAuth2Validator):
    """Codes and tokens are good while the account is active, and its owner has neither taken back her
    consent nor signed out everywhere since."""

    oidc_claim_scope = {"sub": OPENID, "email": EMAIL}

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Service, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        return OPENID in scopes and bool(super().validate_scopes(client_id, scopes, client, request))

    def validate_code(
        self, client_id: str, code: str, client: Service, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        return bool(super().validate_code(client_id, code, client, request)) and self._may_ask(request)

    def validate_bearer_token(self, token: str, scopes: list[str], request: Any) -> bool:
        return bool(super().validate_bearer_token(token, scopes, request)) and self._may_ask(request)

    def validate_refresh_token(
        self, refresh_token: str, client: Service, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        return bool(super().validate_refresh_token(refresh_token, client, request)) and self._may_ask(request)

    def get_additional_claims(self, request: Any) -> dict[str, str]:
        consent = consents.standing(request.user, request.client)
        # Taken back since the question was let through: nobody.
        return {"sub": str(consent.pk) if consent else "", "email": request.user.email}

    # Whoever asks with `prompt=none` is answered by the view: it knows who is signed in.
    def validate_silent_login(self, request: Any) -> bool:
        return True

    def validate_silent_authorization(self, request: Any) -> bool:
        return True

    def _may_ask(self, request: Any) -> bool:
        consent = consents.standing(request.user, request.client) if request.user else None
        return consent is not None and consent.epoch == request.user.session_epoch
