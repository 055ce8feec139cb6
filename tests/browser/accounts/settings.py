"""The demo's, for a portal whose outside identity service is the tests' own."""

from config.settings.demo import *  # noqa: F403

# That service names no key in its tokens.
OIDC_VERIFY_KID = False
