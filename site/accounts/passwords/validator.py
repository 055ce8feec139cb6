"""The password rules for Django: wherever a password is chosen, by whatever way."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.passwords.policy import owned, policy, was_used_by
from accounts.rules.passwords import NOT_USED, RULES, broken, said_of


class PasswordRules:
    """All of them as one validator of AUTH_PASSWORD_VALIDATORS (B9)."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError with a sentence for each rule that is not kept."""
        rules = policy()
        found = broken(password, rules, owned(user), was_used_by(user))
        if found:
            words = said_of(rules)
            raise ValidationError([ValidationError(_(rule.refusal) % words, rule.id) for rule in found])

    def get_help_text(self) -> str:
        words = said_of(policy())
        return "; ".join(_(rule.asks) % words for rule in (*RULES, NOT_USED))
