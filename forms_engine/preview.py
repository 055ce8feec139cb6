"""The form as families will see it, from what stands in the editor, finished or not."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.govuk.fields import Field
from forms_engine.definition import build
from forms_engine.rules.known import Holds
from forms_engine.spec import Form, Question, Step
from forms_engine.streams import Definition, from_stream
from forms_engine.types import asking, question_types
from forms_engine.wording import Wording, wording_for

URLS = "wagtailsnippets_forms_engine_formdefinition"
# What there is to see beside the pages, which go by their ids. No id has an underscore.
WHOLE = ""
SECTIONS = "_sections"
SENT = "_sent"
# Nobody's name: what is typed into an editor is kept in the database with every preview.
CHILD = "Robin"
EXAMPLES = {
    Holds.TEXT: CHILD,
    Holds.NUMBER: 1,
    Holds.DATE: "2015-05-14",
    Holds.MONTH: "2015-05",
    Holds.TIME: "09:30",
}


class FormInEditor(Definition, Protocol):
    """A `FormDefinition`."""

    pk: Any


@dataclass(frozen=True)
class Page:
    """One page of the preview. `conditional`: only some families see it."""

    id: str
    section: str
    caption: str
    heading: str
    fields: list[Field]
    add: str
    conditional: bool


def modes(definition: Definition) -> list[tuple[str, Any]]:
    """The whole form; the list of its sections, where it has one; each page by its id, numbered as in the editor."""
    data = from_stream(definition)
    pages = [
        (step["id"], _name(section_number, page_number, step["title"]))
        for section_number, section in enumerate(data["sections"], start=1)
        for page_number, step in enumerate(section["steps"], start=1)
    ]
    lists = [(SECTIONS, _("List of sections"))] if data.get("task_list") else []
    return [(WHOLE, _("Whole form")), *lists, *pages]


def _name(section: int, page: int, title: str) -> str:
    words = {"section": section, "page": page, "title": title or _("Page without a title")}
    return _("Section %(section)s, page %(page)s: %(title)s") % words


def pages_url(pk: int | None) -> str:
    """The address under which the pages of a form are tried out, as they stand in its editor."""
    return reverse(f"{URLS}:trial", args=[pk]) if pk else reverse(f"{URLS}:trial_new")


def serve(request: HttpRequest, definition: FormInEditor, mode: str) -> TemplateResponse:
    """The whole form with every question; or one page to which no answers lead.

    A mode whose page was deleted meanwhile shows the whole form.
    """
    form = build(with_words(from_stream(definition)))
    found = form.steps_by_id.get(mode)
    wording = wording_for({"child": CHILD})
    context = {
        "form_title": wording(form.title),
        "sections": [(section.id, wording(section.title)) for section in form.sections],
        "current": form.section_of[found.id].id if found else "",
        "pages": [page_of(form, step, wording) for step in ([found] if found else form.steps)],
        "child": CHILD,
        "is_one": found is not None,
        "trial_url": pages_url(definition.pk),
    }
    return TemplateResponse(request, "forms_engine/preview.html", context)


def with_words(data: dict[str, Any]) -> dict[str, Any]:
    """A form's JSON in which what has no words yet says so."""
    for section in data["sections"]:
        section["title"] = section["title"] or _("Section without a title")
        for step in section["steps"]:
            step["title"] = step["title"] or _("Page without a title")
            for question in step.get("questions", ()):
                if question_types.get(question["type"]).holds is not Holds.NOTHING:
                    question["label"] = question["label"] or _("Question without words")
    return data


def choices(question: Question) -> list[Any]:
    """The values of a question that is answered by choosing."""
    kind = question_types.get(question.type)
    ids = [option.id for option in question.options] or list(kind.own_options)
    if kind.holds is Holds.OPTIONS:
        return [[id] for id in ids]
    return ids if kind.holds is Holds.OPTION else []


def example(question: Question) -> Any:
    """Some value of a question that is answered by typing. None where there is no such."""
    return EXAMPLES.get(question_types.get(question.type).holds)


def page_of(form: Form, step: Step, wording: Wording) -> Page:
    """One page, with every question that could stand on it and nothing filled in."""
    section = form.section_of[step.id]
    group = step.group
    return Page(
        id=step.id,
        section=section.id,
        caption=wording(section.title),
        heading=wording(step.title),
        fields=fields_of(step, wording),
        add=_("Add a %(item)s") % {"item": group.item_name or _("answer")} if group else "",
        conditional=bool(step.show_if or section.show_if),
    )


def fields_of(step: Step, wording: Wording) -> list[Field]:
    """The questions of a page as their templates want them, follow-ups under the answers that reveal them."""
    made = {
        question.id: asking.field(question, None, (), wording, name=f"q-{question.id}")
        for question in step.questions
    }
    for question in step.questions:
        items = {item.value: item for item in made[question.id].items}
        for option in question.options:
            if option.id in items:
                items[option.id].reveals = [
                    made[id] for id in option.reveals if id in made and id != question.id
                ]
    return [made[question.id] for question in step.questions if question.id not in step.revealed_by]
