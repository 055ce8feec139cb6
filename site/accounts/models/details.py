"""What somebody with an account has said about herself."""

import re
import unicodedata

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def postcode_key(postcode: str) -> str:
    """The one spelling by which postcodes are compared, however they were typed: "mb1 4qt" is "MB14QT"."""
    return re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", postcode).upper())


class PersonalDetails(models.Model):
    """Who somebody is, where she lives and how she is reached, as she said it herself (B7).

    Beside the account and not in it: each page reads the account, few read these. Whoever registered has them,
    staff too; whose account was made for her at the council has none.
    """

    class Identity(models.TextChoices):
        """Whether a register of people knows her (A8)."""

        NONE = "", _("Not checked")
        WAITING = "waiting", _("The register had no answer yet")
        MATCHED = "matched", _("The register knows this person")
        NOT_MATCHED = "not-matched", _("The register does not know this person")
        BY_STAFF = "by-staff", _("Staff made sure who it is")

    # The fields of an address.
    ADDRESS = frozenset({"property_name", "house", "street", "area", "town", "postcode"})
    # What staff look at.
    TO_LOOK_AT = (Identity.WAITING, Identity.NOT_MATCHED)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="details"
    )
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    # Where the account is used in a professional capacity: for whom, and as what.
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    job_title = models.CharField(_("role"), max_length=200, blank=True)
    property_name = models.CharField(_("property name"), max_length=100, blank=True)
    house = models.CharField(_("house number or name"), max_length=100, blank=True)
    street = models.CharField(_("street"), max_length=100, blank=True)
    area = models.CharField(_("area"), max_length=100, blank=True)
    town = models.CharField(_("town or city"), max_length=100, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    identity = models.CharField(
        _("identity"), max_length=20, choices=Identity.choices, default=Identity.NONE, blank=True
    )
    identity_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("personal details")
        verbose_name_plural = _("personal details")
        permissions = [("confirm_identity", _("Can confirm who somebody is"))]

    def __str__(self) -> str:
        return f"Details of {str(self.user_id)[:8]}"

    @property
    def address_lines(self) -> list[str]:
        """The address as it stands on an envelope."""
        lines = [
            self.property_name,
            f"{self.house} {self.street}".strip(),
            self.area,
            self.town,
            self.postcode,
        ]
        return [line for line in lines if line]

    def lives_at(self, postcode: str) -> bool:
        """Whether this is her postcode, however either was typed. An empty one is nobody's."""
        return bool(self.postcode) and postcode_key(postcode) == postcode_key(self.postcode)
