"""A form to fill in by hand: blank, in the usual print or in large print."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import pdf
from core.council import council_settings
from core.govuk import fields
from core.govuk.fields import Field
from core.govuk.wide import AddressField, TextOrFileField
from forms_engine import richtext
from forms_engine.authoring.words import Words
from forms_engine.rules.known import Holds
from forms_engine.spec import Form, Level, Option, Question, Section, Step, StepKind
from forms_engine.types import question_types
from forms_engine.wording import Wording

# A list longer than this is written, not ticked.
MOST_BOXES = 20
# Rounds that are printed of what is answered several times.
ROUNDS = 2
BOX = "[ ]"


class Print(StrEnum):
    """How large the text is; `points` says it in figures. 18 points is what "large print" means."""

    NORMAL = "normal"
    LARGE = "large"

    @property
    def points(self) -> int:
        return 18 if self is Print.LARGE else 11


def paper(form: Form, wording: Wording, size: Print, request: HttpRequest) -> bytes:
    """The PDF. `form` is as its reader may see it: without what is for staff, for a family."""
    return pdf.render("paper", paper_data(form, wording, size, request))


def paper_response(form: Form, wording: Wording, size: str, request: HttpRequest) -> HttpResponse:
    """The PDF to open. Raises Http404 where there is no such size."""
    if size not in set(Print):
        raise Http404
    name = f"{form.slug}-{size}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(paper(form, wording, Print(size), request), "application/pdf", headers=headers)


def paper_data(form: Form, wording: Wording, size: Print, request: HttpRequest) -> dict[str, Any]:
    """What `core/pdf/paper.typ` asks for."""
    council = council_settings(request)
    asked = [question for step in form.steps for question in step.questions if _asks(question)]
    numbers = {question.id: number for number, question in enumerate(asked, start=1)}
    writer = _Writer(form, wording, numbers, Words(form, wording, numbers))
    return {
        "lang": get_language() or "en-gb",
        "title": wording(form.title),
        "council": council.council_name,
        "intro": wording(form.intro),
        "size": size.points,
        "help": [
            _("Write clearly, in dark ink. Where there are boxes, put a tick into the box of your answer."),
            _("If there is too little room, carry on on another sheet, with the number of the question."),
            _("You can fill this form in online too. Help: %(phone)s, %(hours)s, %(email)s")
            % {"phone": council.phone, "hours": council.phone_hours, "email": council.email},
        ],
        "labels": {"page": _("Page"), "of": _("of")},
        "sections": [writer.section(section) for section in form.sections],
    }


def _asks(question: Question) -> bool:
    return question_types.get(question.type).holds is not Holds.NOTHING


@dataclass(frozen=True)
class _Writer:
    form: Form
    wording: Wording
    numbers: Mapping[str, int]
    words: Words

    def section(self, section: Section) -> dict[str, Any]:
        return {
            "title": self.wording(section.title) or _("Section"),
            "notes": self.only(section, _("the whole of this section")),
            "steps": [self.step(step) for step in section.steps if not step.is_plugin],
        }

    def only(self, part: Section | Step | Question, name: str) -> list[str]:
        """Under which condition a part is to be filled in, and else where to go on."""
        if part.show_if is None:
            return []
        words = {"part": name, "condition": self.words.condition(part.show_if)}
        said = _("Fill in %(part)s only if %(condition)s.") % words
        if not isinstance(part, Question) and (go_on := self.after(part)):
            said = f"{said} {go_on}"
        return [said]

    def after(self, part: Section | Step) -> str:
        """Where to go if a section or page is not for somebody."""
        steps = part.steps if isinstance(part, Section) else (part,)
        last = max((self.form.steps.index(step) for step in steps), default=-1)
        following = (each for step in self.form.steps[last + 1 :] for each in step.questions)
        target = next((self.numbers[each.id] for each in following if each.id in self.numbers), None)
        if last < 0 or target is None:
            return _("If not, go to the end.")
        return _("If not, go to question %(number)s.") % {"number": target}

    def step(self, step: Step) -> dict[str, Any]:
        notes = self.only(step, _("this part"))
        rounds = [""]
        if step.group:
            most, name = step.group.most, self.wording(step.group.item_name) or _("answer")
            notes.append(
                _(
                    "Answer these questions for each %(name)s, at most %(most)s. Copy the pages if you need more."
                )
                % {"name": name, "most": most}
            )
            count = min(most, max(ROUNDS, step.group.least))
            rounds = [f"{name[:1].upper()}{name[1:]} {number}" for number in range(1, count + 1)]
        title = _("Before you send it") if step.kind is StepKind.CHECK else self.wording(step.title)
        questions = [self.question(question, step) for question in step.questions]
        return {
            "title": title or _("Page"),
            "notes": notes,
            "items": [{"title": round, "questions": questions} for round in rounds],
        }

    def question(self, question: Question, step: Step) -> dict[str, Any]:
        asks = _asks(question)
        label = self.wording(question.label)
        text = question.config.get("text", "")
        return {
            "asked": f"{self.numbers[question.id]}. {label}" if asks else label,
            "level": _("(optional)") if asks and question.level is Level.OPTIONAL else "",
            "hint": self.wording(question.hint),
            "notes": self.question_notes(question, step),
            "text": richtext.plain(text, self.wording) if isinstance(text, str) else [],
            **self.space(question),
        }

    def question_notes(self, question: Question, step: Step) -> list[str]:
        notes = self.only(question, _("this question"))
        if opener := step.revealed_by.get(question.id):
            above = step.questions_by_id[opener[0]]
            words = {"question": self.words.question(above.id), "answer": self.words.option(above, opener[1])}
            notes.append(
                _("Fill in this question only if your answer to %(question)s is “%(answer)s”.") % words
            )
        return notes

    def space(self, question: Question) -> dict[str, Any]:
        """What to write on, or to tick."""
        space: dict[str, Any] = {"lines": 0, "boxes": [], "parts": [], "before": "", "after": ""}
        space |= {"headers": [], "rows": []}
        if not _asks(question):
            return space
        plain = replace(question, not_applicable="")
        made = question_types.get(question.type).field(plain, None, (), self.wording, name="q")
        space |= self.table(question) if question.columns else self.of_field(made, question)
        if question.not_applicable:
            space["boxes"] = [*space["boxes"], _box(self.wording(question.not_applicable))]
        return space

    def of_field(self, made: Field, question: Question) -> dict[str, Any]:
        if made.template == fields.CHECKBOX:
            return {"boxes": [_box(_("Yes"))]}
        if made.template == fields.CALCULATED:
            return {"after": _("Leave this out: we work it out.")}
        if made.template == fields.FILE:
            return {"lines": 2, "before": _("Put your papers with this form, and write here what they are.")}
        if 0 < len(made.items) <= MOST_BOXES:
            options = {option.id: option for option in question.options}
            return {
                "boxes": [self.box(item.label, item.hint, options.get(item.value)) for item in made.items]
            }
        if made.parts:
            # On the screen a postcode that finds the address stands first.
            finds = isinstance(made, AddressField) and made.finds
            parts = [*made.parts[1:], made.parts[0]] if finds else made.parts
            return {"parts": [{"label": part.label, "width": part.width or 30} for part in parts]}
        made = made.text if isinstance(made, TextOrFileField) else made
        lines = made.rows + 3 if made.template == fields.TEXTAREA else 1
        return {"lines": lines, "before": made.prefix, "after": made.suffix}

    def box(self, label: str, hint: str, option: Option | None) -> dict[str, str]:
        note = ""
        if option and option.show_if:
            note = _("Only if %(condition)s.") % {"condition": self.words.condition(option.show_if)}
        opened = [str(self.numbers[id]) for id in option.reveals if id in self.numbers] if option else []
        if opened:
            too = _("Answer question %(numbers)s too.") % {"numbers": ", ".join(opened)}
            note = f"{note} {too}".strip()
        return _box(label, hint, note)

    def table(self, question: Question) -> dict[str, Any]:
        """Rows and columns to fill in; a cell that has no type is ticked. A ranking has a row for each place."""
        columns = [self.wording(column.label) for column in question.columns]
        cells = ["" if column.type else BOX for column in question.columns]
        if question.rows:
            rows = [[self.wording(row.label), *cells] for row in question.rows]
            return {"headers": ["", *columns], "rows": rows}
        places = int(question.config.get("most") or len(question.options) or 1)
        rows = [[f"{place}.", "", *cells] for place in range(1, places + 1)]
        choices = "; ".join(self.wording(option.label) for option in question.options)
        before = _("Choose from: %(choices)s") % {"choices": choices} if choices else ""
        return {"before": before, "headers": [_("Place"), _("Your choice"), *columns], "rows": rows}


def _box(label: str, hint: str = "", note: str = "") -> dict[str, str]:
    return {"label": label, "hint": hint, "note": note}
