"""The form as families will see it, from what stands in the editor, finished or not."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import today
from core.govuk.fields import Field
from forms_engine.definition import build
from forms_engine.rules.journey import walk
from forms_engine.rules.known import Holds
from forms_engine.rules.made_up import Chosen, answers_to, store_of
from forms_engine.spec import Form, Question, Step, StepKind
from forms_engine.streams import Definition, from_stream
from forms_engine.types import asking, question_types
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
    """The whole form, and each of its pages by its id, numbered as in the editor: within their section."""
    pages = [
        (step["id"], _name(section_number, page_number, step["title"]))
        for section_number, section in enumerate(from_stream(definition)["sections"], start=1)
        for page_number, step in enumerate(section["steps"], start=1)
    ]
    return [(WHOLE, _("Whole form")), *pages]


def _name(section: int, page: int, title: str) -> str:
    words = {"section": section, "page": page, "title": title or _("Page without a title")}
    return _("Section %(section)s, page %(page)s: %(title)s") % words


def serve(request: HttpRequest, definition: Definition, mode: str) -> TemplateResponse:
    """The live preview: the whole form, or one page as somebody meets it with made-up answers.

    A mode whose page was deleted meanwhile shows the whole form.
    """
    form = build(from_stream(definition))
    found = form.steps_by_id.get(mode)
    met = meet(form, found) if found else None
    names = {"child": CHILD} | ({"by_child": "yes"} if met and met.by_child else {})
    wording = wording_for(names)
    step = met.step if met else found
    context = {
        "form_title": wording(form.title),
        "sections": [(section.id, wording(section.title)) for section in form.sections],
        "current": form.section_of[step.id].id if step else "",
        "pages": [
            page_of(form, each, wording, opened=bool(met)) for each in ([step] if step else form.steps)
        ],
        "child": CHILD,
        "is_one": step is not None,
        "no_way": step is not None and met is None,
        "answers": answers_in_words(form, met, wording) if met else [],
        "left_out": [wording(question.label) for question in met.left_out] if met else [],
    }
    return TemplateResponse(request, "forms_engine/preview.html", context)


@dataclass(frozen=True)
class Met:
    """A page as somebody meets it who gave the answers `chosen`. `left_out` are questions that these do not open."""

    step: Step
    chosen: Chosen
    left_out: list[Question]
    by_child: bool


def meet(form: Form, step: Step) -> Met | None:
    """`step` with made-up answers that lead to it. None where no answers were found that do."""
    day = today()
    chosen = answers_to(form, step, form.day(day), choices)
    path_step = walk(form, store_of(form, chosen), day).steps.get(step.id) if chosen is not None else None
    if chosen is None or path_step is None:
        return None
    shown = path_step.page.shown
    asked = replace(
        path_step.step, questions=tuple(each for each in path_step.step.questions if each.id in shown)
    )
    left_out = [question for question in step.questions if question.id not in shown]
    by_child = any(option in (chosen.get(id) or ()) for id, option in form.child_options)
    return Met(asked, chosen, left_out, by_child)


def choices(question: Question) -> list[Any]:
    """The values of a question that is answered by choosing."""
    kind = question_types.get(question.type)
    ids = [option.id for option in question.options] or list(kind.own_options)
    if kind.holds is Holds.OPTIONS:
        return [[id] for id in ids]
    return ids if kind.holds is Holds.OPTION else []


def answers_in_words(form: Form, met: Met, wording: Wording) -> list[tuple[str, str]]:
    """Question and made-up answer, of those that lead to the page."""
    said = []
    for id, value in met.chosen.items():
        if id in form.step_of:
            question = form.question(id)
            lines = question_types.get(question.type).nodes(question, value, wording)
            said.append((wording(question.label), ", ".join(lines)))
        else:
            said.append((wording(form.steps_by_id[id].title), _("%(number)s added") % {"number": len(value)}))
    return said


def page_of(form: Form, step: Step, wording: Wording, *, opened: bool = False) -> Page:
    """One page, with every question that could stand on it and nothing filled in. `opened`: follow-ups are open."""
    section = form.section_of[step.id]
    group = step.group
    return Page(
        section=section.id,
        caption=wording(section.title),
        heading=wording(step.title) or _("Page without a title"),
        fields=fields_of(step, wording, opened=opened),
        sends=step.kind is StepKind.CHECK,
        add=_("Add a %(item)s") % {"item": group.item_name or _("answer")} if group else "",
        conditional=bool(step.show_if or section.show_if),
    )


def fields_of(step: Step, wording: Wording, *, opened: bool = False) -> list[Field]:
    """The questions of a page as their templates want them, follow-ups under the answers that reveal them."""
    made = {
        question.id: _field(question, wording, _opening(question) if opened else None)
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


def _opening(question: Question) -> Any:
    """The answer that opens a follow-up, as it would be typed."""
    option = next((option.id for option in question.options if option.reveals), None)
    several = question_types.get(question.type).holds is Holds.OPTIONS
    return [option] if option and several else option


def _field(question: Question, wording: Wording, raw: Any = None) -> Field:
    named = question if question.label else replace(question, label=_("Question without words"))
    asks = question_types.get(question.type)
    return asking.field(
        question if asks.holds is Holds.NOTHING else named, raw, (), wording, name=f"q-{question.id}"
    )
