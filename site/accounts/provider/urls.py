"""The portal as OpenID provider. Of django-oauth-toolkit's own addresses no other is there."""

from django.urls import path

from accounts.views import provider, provider_sign_out

# By this name the toolkit looks its own addresses up.
app_name = "oauth2_provider"

urlpatterns = [
    path("authorize/", provider.authorize, name="authorize"),
    path("go-on/", provider.go_on, name="go_on"),
    path("token/", provider.token, name="token"),
    path("revoke/", provider.revoke, name="revoke-token"),
    path("userinfo/", provider.userinfo, name="user-info"),
    path("sign-out/", provider_sign_out.sign_out, name="rp-initiated-logout"),
    path(".well-known/openid-configuration", provider.discovery, name="oidc-connect-discovery-info"),
    path(".well-known/jwks.json", provider.jwks, name="jwks-info"),
]
