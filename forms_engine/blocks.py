"""The form as editors build it: sections, their pages ("steps"), and the questions on a page.

Nothing here is required, and nothing here checks across blocks: a draft always saves. What is missing is
said at publishing, all at once (`publishing.py`). The names of the questions' own fields are those of the
JSON (`docs/form-definitions.md`); `streams.py` carries the one into the other. Ids are the stream children's. What
one type of question can have besides, it says itself (`types/config.py`).
"""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from forms_engine.field_blocks import (
    AdvisedBlock,
    ConditionBlock,
    OwnQuestionBlock,
    RequiredBlock,
    RulesBlock,
    SettledChoiceBlock,
    TitleVariantsBlock,
    VariantsBlock,
)
from forms_engine.registries import circles, prefill_sources, step_plugins
from forms_engine.rules.known import COMMON, Holds
from forms_engine.spec import EVERYONE, STAFF, Level, PrefillMode
from forms_engine.types import question_types
from forms_engine.types.base import QuestionType
from forms_engine.widgets import RadioRow

LEVELS = [
    (Level.REQUIRED.value, _("Must be answered")),
    (Level.ADVISED.value, _("Should be answered (nobody is stopped)")),
    (Level.OPTIONAL.value, _("Can be left out")),
]

_MUST = _("Must it be answered?")

PREFILL_MODES = [
    (PrefillMode.SUGGEST.value, _("Change it at will")),
    (PrefillMode.FIXED.value, _("Read it: it is taken from us when the form is sent")),
    (PrefillMode.CORRECT.value, _("Correct it: the correction is marked")),
]


AUDIENCES = [
    (EVERYONE, _("Everyone who fills it in")),
    (STAFF, _("Staff only, where they fill it in for somebody: families see neither question nor answer")),
]
_OFTEN_SET = ("why", "not_applicable", "error")
# Right as it is, nearly always.
_BROWSER_FILLS = "autocomplete"


def plain_name(name: str) -> str:
    """A registered name as it reads to people: "person.full_name" is "Person: full name"."""
    return name.replace(".", ": ").replace("_", " ").replace("-", " ").capitalize()


def prefill_choices() -> list[tuple[str, str]]:
    """Where a first answer can come from: what the apps registered, once they are all loaded."""
    return [(name, plain_name(name)) for name in prefill_sources]


def reader_choices() -> list[tuple[str, str]]:
    """The circles of people who alone may read an answer, as the apps registered them."""
    return [(name, plain_name(name)) for name in circles]


def plugin_choices() -> list[tuple[str, str]]:
    """The pages that apps make, as they registered them."""
    return [(name, plugin.label) for name, plugin in step_plugins.items()]


def audience_box() -> blocks.ChoiceBlock:
    return SettledChoiceBlock(choices=AUDIENCES, default=EVERYONE, label=_("Who is asked"))


def line(label: Any, help_text: Any = "") -> blocks.CharBlock:
    """One line, which may stay empty."""
    return blocks.CharBlock(required=False, label=label, help_text=help_text)


def plus_signs(last: Any, between: Any) -> dict[str, Any]:
    """The words beside a list's plus signs: at its end, and between what stands in it (`admin/add.js`)."""
    return {
        "data-controller": "portal-add",
        "data-portal-add-last-value": last,
        "data-portal-add-between-value": between,
    }


def common_boxes(kind: QuestionType) -> dict[str, blocks.Block]:
    """The boxes for what questions have in common, as far as `kind` has it, by the names of the JSON."""
    asks = kind.holds is not Holds.NOTHING
    boxes = _question_boxes(asks) | _condition_boxes() | _word_boxes() | _answer_boxes(asks)
    not_had = COMMON - kind.common
    if "level" in not_had:
        not_had |= {"required_if", "advised_if"}
    if "prefill" in not_had:
        not_had |= {"prefill_mode"}
    return {name: box for name, box in boxes.items() if name not in not_had}


def _question_boxes(asks: bool) -> dict[str, blocks.Block]:
    """The question itself, and when it is asked."""
    return {
        "label": line(_("Question"), _("{child} becomes the first name of the child."))
        if asks
        else line(_("Heading")),
        "hint": line(_("Hint"), _("One short sentence under the question, if people need it.")),
        "level": SettledChoiceBlock(
            choices=LEVELS, default=Level.ADVISED.value, label=_MUST, widget=RadioRow(_MUST)
        ),
        "show_if": ConditionBlock(label=_("Asked") if asks else _("Shown")),
    }


def _condition_boxes() -> dict[str, blocks.Block]:
    """What else of it an earlier answer changes."""
    return {
        "required_if": RequiredBlock(
            label=_("Must be answered on a condition"),
            help_text=_("Where it is true, nobody can send the form without an answer."),
        ),
        "advised_if": AdvisedBlock(
            label=_("Should be answered on a condition"),
            help_text=_("Where it is true, we ask again before sending, but nobody is stopped."),
        ),
        "variants": VariantsBlock(
            label=_("Other words on a condition"),
            help_text=_("The first that fits stands in place of the question and its hint."),
        ),
    }


def _word_boxes() -> dict[str, blocks.Block]:
    """What is said about it besides."""
    return {
        "why": line(_("Why we ask"), _("Opens under the question. Say what the answer is used for.")),
        "error": line(
            _("Words for a missing answer"),
            _("Leave empty for the usual ones, such as “Enter your email address”."),
        ),
        "not_applicable": line(
            _("Tick for those to whom it does not apply"),
            _(
                "Say it whole, such as “{child} has no NHS number”. The tick is an answer; leave empty for none."
            ),
        ),
    }


def _answer_boxes(asks: bool) -> dict[str, blocks.Block]:
    """Where the first answer comes from, who answers, and who reads it."""
    boxes: dict[str, blocks.Block] = {
        "prefill": blocks.ChoiceBlock(
            choices=prefill_choices,
            required=False,
            label=_("First answer comes from"),
        ),
        "prefill_mode": SettledChoiceBlock(
            choices=PREFILL_MODES,
            default=PrefillMode.SUGGEST.value,
            label=_("What people can do with it"),
        ),
        "audience": audience_box(),
    }
    if asks:
        boxes["readers"] = blocks.ChoiceBlock(
            choices=reader_choices,
            required=False,
            label=_("Who may read the answer"),
            help_text=_("Empty: whoever reads the rest. Else these people alone, and it stands on no copy."),
        )
    return boxes


def question_block(kind: QuestionType) -> blocks.StructBlock:
    """The block in which an editor makes a question of this type: what it needs in sight, the rest behind the cog."""
    boxes = common_boxes(kind) | {name: setting.box() for name, setting in kind.config_keys.items()}
    in_sight = [name for name, setting in kind.config_keys.items() if setting.in_sight]
    if kind.answers_box:
        boxes["options"] = kind.answers_box(label=_("Answers"))
        # Of yes and no either can open a question; a tick box has the one answer.
        if kind.takes_options or len(kind.own_options) > 1:
            in_sight.insert(0, "options")
    order = ["label", "hint", *in_sight, "level", "show_if"]
    # What this type alone has comes first behind the cog, then what is used most.
    behind = [*(name for name in kind.config_keys if name != _BROWSER_FILLS), *_OFTEN_SET, *boxes]
    layout = BlockGroup(
        children=[name for name in order if name in boxes],
        settings=[name for name in dict.fromkeys(behind) if name in boxes and name not in order],
    )
    return blocks.StructBlock(
        list(boxes.items()),
        icon=kind.icon,
        label=kind.label,
        # Not those of the type that it is made of: a postcode is no "text box" to those who look for one.
        description=vars(type(kind)).get("also", ""),
        group=kind.group,
        label_format="{label}",
        form_layout=layout,
    )


class QuestionsBlock(blocks.StreamBlock):
    """The questions of a page: a block for each registered type, under the type's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Models are made before the apps have registered their types.
        del self.child_blocks

    @cached_property
    def child_blocks(self) -> dict[str, blocks.Block]:
        made = {name: question_block(kind) for name, kind in question_types.items()}
        for name, block in made.items():
            block.set_name(name)
        return made

    class Meta:
        collapsed = True
        required = False
        form_attrs = plus_signs(_("Add a question"), _("Add a question here"))


class StepBlock(blocks.StructBlock):
    """One page."""

    title = line(_("Page title"))
    show_if = ConditionBlock(label=_("Page shown"))
    questions = QuestionsBlock(required=False, label=_("Questions"))
    variants = TitleVariantsBlock(label=_("Other titles on a condition"))
    rules = RulesBlock(
        label=_("Rules for several questions"),
        help_text=_("What must be so of several questions of this page together."),
    )
    audience = audience_box()

    class Meta:
        icon = "form"
        label_format = "{title}"
        form_layout = BlockGroup(
            children=["title", "show_if", "questions"], settings=["variants", "rules", "audience"]
        )


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
        help_text=_("The list of what was added shows this answer: “Person 2: Bo Parent”. Else “Person 2”."),
    )

    class Meta:
        icon = "copy"
        label = _("Questions to answer several times")
        description = _("repeat")
        form_layout = BlockGroup(
            children=["title", "item_name", "show_if", "questions", "title_question"],
            settings=["least", "most", "variants", "rules", "audience"],
        )


class CheckStepBlock(StepBlock):
    class Meta:
        icon = "check"
        label = _("Check answers and send")


class PluginStepBlock(blocks.StructBlock):
    """A page that an app makes: its words and boxes are the app's own."""

    title = line(_("Page title"))
    show_if = ConditionBlock(label=_("Page shown"))
    plugin = blocks.ChoiceBlock(choices=plugin_choices, label=_("Which page"))

    class Meta:
        icon = "lock"
        label = _("Page that the portal makes, such as for a password")
        label_format = "{title}"
        form_layout = BlockGroup(children=["title", "show_if", "plugin"])


class StepsBlock(blocks.StreamBlock):
    """The pages of a section. The names are those of `spec.StepKind`."""

    questions = QuestionsStepBlock()
    guidance = GuidanceStepBlock()
    group = GroupStepBlock()
    check = CheckStepBlock()
    plugin = PluginStepBlock()

    class Meta:
        collapsed = True
        required = False
        form_attrs = plus_signs(_("Add a page"), _("Add a page here"))


class SectionBlock(blocks.StructBlock):
    """A part of the form, as the list at the side of the family's pages shows it."""

    title = line(_("Section title"))
    show_if = ConditionBlock(label=_("Section shown"))
    audience = audience_box()
    steps = StepsBlock(required=False, label=_("Pages"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Section")
        label_format = "{title}"
        form_layout = BlockGroup(children=["title", "steps"], settings=["show_if", "audience"])


class FormBlock(blocks.StreamBlock):
    """A whole form."""

    section = SectionBlock()

    class Meta:
        required = False
        form_attrs = {
            **plus_signs(_("Add a section"), _("Add a section here")),
            "data-controller": "portal-add portal-preview-pages",
            "data-portal-preview-pages-name-value": _("Section {section}, page {page}: {title}"),
            "data-portal-preview-pages-unnamed-value": _("Page without a title"),
            "data-portal-preview-pages-sections-value": _("List of sections"),
            "data-portal-undo-deleted": _("“{name}” was deleted."),
            "data-portal-undo-again": _("Put it back"),
        }
