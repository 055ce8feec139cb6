"""The form as editors build it: sections, their pages ("steps"), and the questions on a page.

Nothing here is required, and nothing here checks across blocks: a draft always saves. What is missing is
said at publishing, all at once (`publishing.py`). The names of the questions' own fields are those of the
JSON (`docs/form-definitions.md`); `streams.py` carries the one into the other. Ids are the stream children's.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from forms_engine.field_blocks import (
    ConditionBlock,
    DayBlock,
    OptionsBlock,
    OwnAnswersBlock,
    OwnQuestionBlock,
    WholeChoiceBlock,
)
from forms_engine.registries import prefill_sources
from forms_engine.spec import Level

RICH_TEXT = ["bold", "italic", "h3", "ul", "ol", "link"]

LEVELS = [
    (Level.REQUIRED.value, _("Must be answered")),
    (Level.ADVISED.value, _("Should be answered: we ask again before sending, but nobody is stopped")),
    (Level.OPTIONAL.value, _("Can be left out")),
]
# Characters that fit into the box.
WIDTHS = [(width, str(width)) for width in (2, 3, 4, 5, 10, 20, 30)]
# What the browser of the family may fill in by itself: HTML's names for it.
AUTOCOMPLETE = [
    ("name", _("Full name")),
    ("given-name", _("First name")),
    ("family-name", _("Last name")),
    ("email", _("Email address")),
    ("tel", _("Phone number")),
    ("bday", _("Date of birth")),
    ("organization", _("Organisation")),
    ("organization-title", _("Job title")),
    ("off", _("Nothing: it is not about the person who fills in the form")),
]
WHEN = [
    ("past", _("Before today")),
    ("not-future", _("Today or before")),
    ("future", _("After today")),
    ("not-past", _("Today or after")),
]
KINDS = [(kind, kind) for kind in ("pdf", "docx", "odt", "jpg", "png", "heic")]


def plain_name(name: str) -> str:
    """A registered name as it reads to people: "person.full_name" is "Person: full name"."""
    return name.replace(".", ": ").replace("_", " ").replace("-", " ").capitalize()


def prefill_choices() -> list[tuple[str, str]]:
    """Where a first answer can come from: what the apps registered, once they are all loaded."""
    return [(name, plain_name(name)) for name in prefill_sources]


def line(label: Any, help_text: Any = "") -> blocks.CharBlock:
    """One line, which may stay empty."""
    return blocks.CharBlock(required=False, label=label, help_text=help_text)


def whole(label: Any, help_text: Any = "") -> blocks.IntegerBlock:
    """A whole number, which may stay empty."""
    return blocks.IntegerBlock(required=False, label=label, help_text=help_text)


def tick(label: Any, help_text: Any = "") -> blocks.BooleanBlock:
    """A box to tick."""
    return blocks.BooleanBlock(required=False, label=label, help_text=help_text)


def layout(*limits: str, plain: tuple[str, ...] = ()) -> BlockGroup:
    """How a question lies in the editor: what each one needs in sight, the rarer things behind the cog."""
    return BlockGroup(
        children=["label", "hint", *plain, "level", "show_if"],
        settings=["why", "error", "prefill", *limits],
    )


def browser_fills() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=AUTOCOMPLETE, required=False, label=_("The browser may fill in"))


def box_width() -> WholeChoiceBlock:
    return WholeChoiceBlock(choices=WIDTHS, required=False, label=_("Width of the box, in characters"))


class QuestionBlock(blocks.StructBlock):
    """What all questions have in common."""

    label = line(_("Question"), _("{child} becomes the first name of the child."))
    hint = line(_("Hint"), _("One short sentence under the question, if people need it."))
    level = blocks.ChoiceBlock(
        choices=LEVELS, default=Level.REQUIRED.value, required=False, label=_("Answer")
    )
    show_if = ConditionBlock(
        label=_("Asked"), help_text=_("Conditions read the answers of earlier pages only.")
    )
    why = line(_("Why we ask"), _("Opens under the question. Say what the answer is used for."))
    error = line(
        _("Words for a missing answer"),
        _("Leave empty for the usual ones, such as “Enter your email address”."),
    )
    prefill = blocks.ChoiceBlock(
        choices=prefill_choices,
        required=False,
        label=_("First answer comes from"),
        help_text=_("People see it filled in, and can change it."),
    )

    class Meta:
        label_format = "{label}"
        form_layout = layout()


class ShortTextBlock(QuestionBlock):
    max_length = whole(_("Longest answer, in characters"), _("200 unless you say otherwise."))
    width = box_width()
    autocomplete = browser_fills()

    class Meta:
        icon = "pilcrow"
        label = _("Short text")
        group = _("Text")
        form_layout = layout("max_length", "width", "autocomplete")


class LongTextBlock(QuestionBlock):
    max_length = whole(_("Longest answer, in characters"), _("5,000 unless you say otherwise."))
    max_words = whole(_("Longest answer, in words"))
    rows = whole(_("Height of the box, in lines"))

    class Meta:
        icon = "openquote"
        label = _("Long text")
        group = _("Text")
        form_layout = layout("max_length", "max_words", "rows")


class YesNoBlock(QuestionBlock):
    options = OwnAnswersBlock(label=_("Answers"))

    class Meta:
        icon = "check"
        label = _("Yes or no")
        group = _("Choices")
        form_layout = layout("options")


class OneOfBlock(QuestionBlock):
    options = OptionsBlock(label=_("Answers"))

    class Meta:
        icon = "radio-full"
        label = _("Choose one")
        group = _("Choices")
        form_layout = layout(plain=("options",))


class AnyOfBlock(QuestionBlock):
    options = OptionsBlock(label=_("Answers"))

    class Meta:
        icon = "tasks"
        label = _("Choose any")
        group = _("Choices")
        form_layout = layout(plain=("options",))


class EmailBlock(QuestionBlock):
    autocomplete = browser_fills()

    class Meta:
        icon = "mail"
        label = _("Email address")
        group = _("About people")
        form_layout = layout("autocomplete")


class PhoneBlock(QuestionBlock):
    autocomplete = browser_fills()

    class Meta:
        icon = "mobile-alt"
        label = _("Phone number")
        group = _("About people")
        form_layout = layout("autocomplete")


class AddressBlock(QuestionBlock):
    class Meta:
        icon = "home"
        label = _("Address")
        group = _("About people")
        form_layout = layout()


class DateBlock(QuestionBlock):
    when = blocks.ChoiceBlock(choices=WHEN, required=False, label=_("Must be"))
    earliest = DayBlock(required=False, label=_("Earliest day"))
    latest = DayBlock(required=False, label=_("Latest day"))
    autocomplete = browser_fills()

    class Meta:
        icon = "date"
        label = _("Date")
        group = _("Numbers and dates")
        form_layout = layout("when", "earliest", "latest", "autocomplete")


class NumberBlock(QuestionBlock):
    minimum = blocks.FloatBlock(required=False, label=_("Smallest number"))
    maximum = blocks.FloatBlock(required=False, label=_("Largest number"))
    decimals = whole(_("Decimal places"), _("None unless you say otherwise: whole numbers only."))
    width = box_width()

    class Meta:
        icon = "decimal"
        label = _("Number")
        group = _("Numbers and dates")
        form_layout = layout("minimum", "maximum", "decimals", "width")


class FileBlock(QuestionBlock):
    most = whole(_("How many files at most"), _("20 unless you say otherwise."))
    kinds = blocks.MultipleChoiceBlock(
        choices=KINDS,
        required=False,
        default=[],
        widget=forms.CheckboxSelectMultiple,
        label=_("Kinds of files"),
        help_text=_("All of these where none is ticked."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Files")
        group = _("Other")
        form_layout = layout("most", "kinds")


class GuidanceBlock(blocks.StructBlock):
    """A piece of text on the page. Nobody answers it."""

    label = line(_("Heading"))
    text = blocks.RichTextBlock(
        required=False,
        features=RICH_TEXT,
        label=_("Text"),
        help_text=_("{child} becomes the first name of the child."),
    )
    show_if = ConditionBlock(label=_("Shown"))

    class Meta:
        icon = "info-circle"
        label = _("Guidance text")
        group = _("Other")
        label_format = "{label}"


class DeclarationBlock(QuestionBlock):
    class Meta:
        icon = "clipboard-list"
        label = _("Declaration")
        group = _("Other")
        form_layout = layout()


class QuestionsBlock(blocks.StreamBlock):
    """The questions of a page. The names are the types of `forms_engine/types`."""

    short_text = ShortTextBlock()
    long_text = LongTextBlock()
    yes_no = YesNoBlock()
    one_of = OneOfBlock()
    any_of = AnyOfBlock()
    email = EmailBlock()
    phone = PhoneBlock()
    address = AddressBlock()
    date = DateBlock()
    number = NumberBlock()
    file = FileBlock()
    guidance = GuidanceBlock()
    declaration = DeclarationBlock()

    class Meta:
        collapsed = True
        required = False


class StepBlock(blocks.StructBlock):
    """One page."""

    title = line(_("Page title"))
    show_if = ConditionBlock(label=_("Page shown"))
    questions = QuestionsBlock(required=False, label=_("Questions"))

    class Meta:
        icon = "form"
        label_format = "{title}"


class QuestionsStepBlock(StepBlock):
    class Meta:
        label = _("Page of questions")


class GuidanceStepBlock(StepBlock):
    class Meta:
        icon = "info-circle"
        label = _("Page to read")


class GroupStepBlock(StepBlock):
    item_name = line(_("What is added, in one word"), _("“school” makes the button “Add a school”."))
    least = blocks.IntegerBlock(required=False, default=0, label=_("At least"))
    most = blocks.IntegerBlock(required=False, default=10, label=_("At most"))
    title_question = OwnQuestionBlock(
        required=False,
        label=_("Named after the answer to"),
        help_text=_("The list of what was added shows this answer."),
    )

    class Meta:
        icon = "copy"
        label = _("Questions to answer several times")
        form_layout = BlockGroup(
            children=["title", "item_name", "show_if", "questions"],
            settings=["least", "most", "title_question"],
        )


class CheckStepBlock(StepBlock):
    class Meta:
        icon = "check"
        label = _("Check answers and send")


class StepsBlock(blocks.StreamBlock):
    """The pages of a section. The names are those of `spec.StepKind`."""

    questions = QuestionsStepBlock()
    guidance = GuidanceStepBlock()
    group = GroupStepBlock()
    check = CheckStepBlock()

    class Meta:
        collapsed = True
        required = False


class SectionBlock(blocks.StructBlock):
    """A part of the form, as the list at the side of the family's pages shows it."""

    title = line(_("Section title"))
    show_if = ConditionBlock(label=_("Section shown"))
    steps = StepsBlock(required=False, label=_("Pages"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Section")
        label_format = "{title}"
        form_layout = BlockGroup(children=["title", "steps"], settings=["show_if"])


class FormBlock(blocks.StreamBlock):
    """A whole form."""

    section = SectionBlock()

    class Meta:
        required = False
