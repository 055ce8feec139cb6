"""By which second steps somebody may sign in (B11), and who needs a stronger one than an emailed code."""

from dataclasses import dataclass

from django.conf import settings
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.access import is_administrator
from accounts.models import EmailCode, Passkey, RecoveryCodes, User


@dataclass(frozen=True)
class Ways:
    """The stronger second steps that somebody has set up."""

    app: TOTPDevice | None
    passkeys: tuple[Passkey, ...]
    recovery: RecoveryCodes | None

    @classmethod
    def of(cls, person: User) -> "Ways":
        """Three queries."""
        # `confirmed` each time: django-otp takes a code of an app that was never confirmed, too.
        return cls(
            TOTPDevice.objects.filter(user=person, confirmed=True).first(),
            tuple(Passkey.objects.filter(user=person, confirmed=True)),
            RecoveryCodes.objects.filter(user=person, confirmed=True).first(),
        )

    @property
    def are_any(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def codes_left(self) -> int:
        """Recovery codes. They stand beside an app or a passkey, and never alone."""
        return self.recovery.left if self.recovery and self.are_any else 0


def has_any(person: User) -> bool:
    """Whether an app or a passkey is set up."""
    devices = (TOTPDevice, Passkey)
    return any(model.objects.filter(user=person, confirmed=True).exists() for model in devices)


def may_be_emailed_a_code(person: User) -> bool:
    """Whether the council lets an emailed code stand in for the app or passkey that `person` has."""
    allowed: str = settings.EMAILED_CODE_INSTEAD
    if allowed == "not-administrators":
        return not is_administrator(person)
    return allowed == "everybody"


def needs_stronger(person: User, device: Device | None) -> bool:
    """Whether `person`, who came in by `device`, must use an app or a passkey before anything else in the admin."""
    return (
        settings.ADMINISTRATORS_NEED_STRONG_STEP
        and (device is None or isinstance(device, EmailCode))
        and is_administrator(person)
    )
