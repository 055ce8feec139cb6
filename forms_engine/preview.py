"""The form as families will see it, from what stands in the editor, finished or not."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.govuk.fields import Field
from forms_engine.definition import build
from forms_engine.spec import Form, Question, Step, StepKind
from forms_engine.streams import Definition, from_stream
from forms_engine.types import question_types
from forms_engine.wording import Wording, wording_for

WHOLE = ""
# Nobody's name: what is typed into an editor is kept in the database with every preview.
CHILD = "Robin"


@dataclass(frozen=True)
class Page:
    """One page of the preview. `conditional`: only some families see it."""

    section: str
    caption: str
    heading: str
    fields: list[Field]
    sends: bool
    add: str
    conditional: bool


def modes(definition: Definition) -> list[tuple[str, Any]]:
    """The whole form, and each of its pages by its id."""
    steps = [step for section in from_stream(definition)["sections"] for step in section["steps"]]
    numbered = enumerate(steps, start=1)
    pages = [
        (step["id"], f"{number}. {step['title'] or _('Page without a title')}") for number, step in numbered
    ]
    return [(WHOLE, _("Whole form")), *pages]


def serve(request: HttpRequest, definition: Definition, mode: str) -> TemplateResponse:
    """The page of the live preview. A mode whose page was deleted meanwhile shows the whole form."""
    form = build(from_stream(definition))
    wording = wording_for({"child": CHILD})
    steps = [form.steps_by_id[mode]] if mode in form.steps_by_id else form.steps
    context = {
        "form_title": wording(form.title),
        "sections": [(section.id, wording(section.title)) for section in form.sections],
        "current": form.section_of[steps[0].id].id if len(steps) == 1 else "",
        "pages": [page_of(form, step, wording) for step in steps],
        "child": CHILD,
    }
    return TemplateResponse(request, "forms_engine/preview.html", context)


def page_of(form: Form, step: Step, wording: Wording) -> Page:
    """One page, with every question that could stand on it and nothing filled in."""
    section = form.section_of[step.id]
    group = step.group
    return Page(
        section=section.id,
        caption=wording(section.title),
        heading=wording(step.title) or _("Page without a title"),
        fields=fields_of(step, wording),
        sends=step.kind is StepKind.CHECK,
        add=_("Add a %(item)s") % {"item": group.item_name or _("answer")} if group else "",
        conditional=bool(step.show_if or section.show_if),
    )


def fields_of(step: Step, wording: Wording) -> list[Field]:
    """The questions of a page as their templates want them, follow-ups under the answers that reveal them."""
    made = {question.id: _field(question, wording) for question in step.questions}
    for question in step.questions:
        items = {item.value: item for item in made[question.id].items}
        for option in question.options:
            if option.id in items:
                items[option.id].reveals = [
                    made[id] for id in option.reveals if id in made and id != question.id
                ]
    return [made[question.id] for question in step.questions if question.id not in step.revealed_by]


def _field(question: Question, wording: Wording) -> Field:
    named = question if question.label else replace(question, label=_("Question without words"))
    asks = question_types.get(question.type)
    return asks.field(
        question if question.type == "guidance" else named, None, (), wording, name=f"q-{question.id}"
    )
