"""What somebody typed into a form that had been sent by then: it can be saved no more, so it is shown to be copied."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest

from core.private_files import shown_name
from forms_engine.models import Submission
from forms_engine.pages.conflict import as_text
from forms_engine.pages.questions import field_name, read
from forms_engine.pages.receipt import names_of, sent_text
from forms_engine.registries import Raw
from forms_engine.versions import spec_said
from forms_engine.wording import wording_for


class TooLate(NamedTuple):
    """One question, and the answer or the name of the file that was not sent."""

    asked: str
    said: str


def came_too_late(request: HttpRequest, submission: Submission, step_id: str, item: str) -> list[TooLate]:
    """What `request` posts for a page that `submission` has not. Nothing where the page was sent as it is."""
    step = spec_said(submission.version_id).steps_by_id.get(step_id)
    if step is None:
        return []
    wording, sent = wording_for(names_of(submission)), _sent(submission, step_id, item)
    typed = read(request.POST, step, step.question_ids)
    late = []
    for question in step.questions:
        said = as_text(question, typed.get(question.id), wording)
        if said and said != as_text(question, sent.get(question.id), wording):
            late.append(TooLate(wording(question.label), said))
        files = request.FILES.getlist(field_name(question))
        late += [TooLate(wording(question.label), shown_name(file.name or "")) for file in files]
    return late


def too_late_page(submission: Submission, late: list[TooLate]) -> dict[str, Any]:
    return {"submission": submission, "sent_text": sent_text(submission), "late": late}


def _sent(submission: Submission, step_id: str, item: str) -> Mapping[str, Raw]:
    """Question id -> what was typed on a page, as it was sent."""
    pages = submission.content.typed if hasattr(submission, "content") else []
    return next((page["answers"] for page in pages if (page["step"], page["item"]) == (step_id, item)), {})
