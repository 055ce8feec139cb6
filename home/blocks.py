from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms_engine.models import FormDefinition


def forms_to_begin() -> list[tuple[str, str]]:
    """Slug and title of those that visitors may begin before they sign in."""
    return list(FormDefinition.objects.for_guests().order_by("title").values_list("slug", "title"))


class DoorLinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Words"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    form = blocks.ChoiceBlock(
        choices=forms_to_begin,
        label=_("Form to begin"),
        required=False,
        help_text=_("Instead of a page. Not shown to people who may not begin the form."),
    )
    signs_in = blocks.BooleanBlock(
        label=_("Leads to signing in"), required=False, help_text=_("Instead of to a page.")
    )

    class Meta:
        icon = "link"
        label_format = "{text}"


class DoorBlock(blocks.StructBlock):
    """What one kind of visitor can do here: a line, and links to pages that exist."""

    heading = blocks.CharBlock(label=_("For whom"), max_length=60)
    text = blocks.CharBlock(label=_("What they can do"), max_length=200)
    links = blocks.ListBlock(DoorLinkBlock(), label=_("Links"), min_num=0, max_num=4)

    class Meta:
        icon = "group"
        label = _("Kind of visitor")
        label_format = "{heading}"
        template = "home/blocks/door.html"


class DoorsBlock(blocks.StreamBlock):
    door = DoorBlock()
