"""The small set of blocks that guidance is written in."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["h2", "h3", "bold", "link", "ol", "ul"]
SHORT_FEATURES = ["bold", "link", "ol", "ul"]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**({"features": TEXT_FEATURES} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "guidance/blocks/text.html"


class FoldBlock(blocks.StructBlock):
    """A detail that most people do not need: folded away under its own words."""

    summary = blocks.CharBlock(label=_("Words to open it by"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_FEATURES)

    class Meta:
        icon = "collapse-down"
        label = _("Fold")
        template = "guidance/blocks/fold.html"


class NoticeBlock(blocks.StructBlock):
    """One thing that nobody should miss on the page."""

    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "link"])

    class Meta:
        icon = "warning"
        label = _("Must be seen")
        template = "guidance/blocks/notice.html"


class ContactBlock(blocks.StaticBlock):
    """How to reach the SEND team, from the council's settings: changed there, right everywhere."""

    class Meta:
        icon = "mail"
        label = _("How to reach us")
        admin_text = _("Shows the telephone number, hours and email address of the council's settings.")
        template = "guidance/blocks/contact.html"


class BodyBlock(blocks.StreamBlock):
    text = TextBlock()
    fold = FoldBlock()
    notice = NoticeBlock()
    contact = ContactBlock()


class QuestionAndAnswerBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=SHORT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        label_format = "{question}"


class FaqGroupBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    questions = blocks.ListBlock(QuestionAndAnswerBlock(), label=_("Questions"))

    class Meta:
        icon = "list-ul"
        label = _("Group of questions")
        label_format = "{heading}"
        template = "guidance/blocks/faq_group.html"


class FaqBlock(blocks.StreamBlock):
    group = FaqGroupBlock()
    contact = ContactBlock()
