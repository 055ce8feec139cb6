"""What differs from council to council, and the table of bank holidays."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from core.bank_holidays import shipped_working_days
from core.colours import LEAST_CONTRAST, contrast_with_white, stylesheet_version
from core.dates import day_text
from core.people import Person
from core.working_days import WorkingDays


def readable_under_white(colour: str) -> None:
    """Raises ValidationError where white text on `colour` could not be read by all."""
    try:
        contrast = contrast_with_white(colour)
    except ValueError:
        raise ValidationError(_("Enter a colour such as #4c2c92")) from None
    if contrast < LEAST_CONTRAST:
        raise ValidationError(_("White text cannot be read on this colour. Choose a darker one."))


@register_setting(icon="home", order=10)
class CouncilSettings(BaseSiteSetting):
    """The council's own name, colour and telephone, and how it shows the law's dates."""

    class DisplayRule(models.TextChoices):
        BEGINNING_WITH = (
            "beginning-with",
            _("The day of the request is day one (the earlier, cautious reading)"),
        )
        AFTER = "after", _("The day after the request is day one (as the regulations are worded)")

    council_name = models.CharField(_("council's name"), max_length=100, default="Example Council")
    service_name = models.CharField(_("name of this service"), max_length=60, default="Schoolbag")
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#4c2c92",
        validators=[readable_under_white],
        help_text=_("For the top of each page and for what is current. White text stands on it."),
    )
    phone = models.CharField(_("telephone"), max_length=40, default="01632 960 100")
    phone_hours = models.CharField(_("hours"), max_length=100, default=_("Monday to Friday, 9am to 5pm"))
    email = models.EmailField(_("email address"), default="send@example.org")
    display_rule = models.CharField(
        _("how the council counts its own weeks"),
        max_length=20,
        choices=DisplayRule.choices,
        default=DisplayRule.BEGINNING_WITH,
        help_text=_(
            "For the council's own dates alone: the decision to assess, the decision on a plan, the draft plan and "
            "the final plan. Never for a family's days to answer."
        ),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("council_name"), FieldPanel("service_name"), FieldPanel("colour")],
            heading=_("Name and look"),
        ),
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("phone_hours"), FieldPanel("email")],
            heading=_("How to reach us"),
        ),
        FieldPanel("display_rule"),
    ]

    class Meta:
        verbose_name = _("council settings")

    def __str__(self) -> str:
        return self.council_name

    @property
    def css_version(self) -> str:
        """What changes in the address of `/council.css` when the colour does."""
        return stylesheet_version(self.colour)


class BankHolidayQuerySet(models.QuerySet["BankHoliday"]):
    def visible_to(self, user: Person) -> Self:
        """The register's rows: for whoever keeps them. They are public; it is the register that is not."""
        return self.all() if user.has_perm("core.change_bankholiday") else self.none()

    def working_days(self, calendar: str) -> WorkingDays:
        """The working days of one calendar. Where the table holds none of its days, the shipped ones count."""
        days = frozenset(self.filter(calendar=calendar).values_list("day", flat=True))
        return WorkingDays(days) if days else shipped_working_days(calendar)


class BankHoliday(models.Model):
    """A bank holiday of one part of the UK. Staff can edit them: proclamations come at short notice."""

    class Calendar(models.TextChoices):
        ENGLAND_AND_WALES = "england-and-wales", _("England and Wales")
        SCOTLAND = "scotland", _("Scotland")
        NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")

    calendar = models.CharField(max_length=20, choices=Calendar.choices)
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=100)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank holiday")
        verbose_name_plural = _("bank holidays")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="one_holiday_a_day")]

    def __str__(self) -> str:
        return f"{self.name}, {day_text(self.day)}"
