"""What somebody typed that can be saved no more, so it is shown to be copied.

The form had been sent by then, or is not theirs to write in any more; or its page has no place in the form now.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core.private_files import shown_name
from forms_engine import stash
from forms_engine.access import shut_questions
from forms_engine.drafts import Filling
from forms_engine.models import Party, Submission
from forms_engine.pages.conflict import as_text
from forms_engine.pages.frame import step_url
from forms_engine.pages.group import PLAIN_GROUP, full_text
from forms_engine.pages.questions import field_name, read
from forms_engine.pages.receipt import names_of, sent_text
from forms_engine.registries import Raw
from forms_engine.spec import Step
from forms_engine.versions import spec_said
from forms_engine.ways_back import WayBack, way_back_of
from forms_engine.wording import Wording, wording_for


class TooLate(NamedTuple):
    """One question, and the answer or the name of the file that was not sent."""

    asked: str
    said: str


def came_too_late(
    request: HttpRequest, party: Party, submission: Submission, step_id: str, item: str
) -> list[TooLate]:
    """What was typed on a page and `submission` has not. Nothing where the page was sent as it is.

    To a helper who may not read an answer any more it is not said either whether hers is the same: that would tell it.
    """
    sent = _sent(submission, step_id, item)
    if party.helper:
        shut = shut_questions(submission, party.helper)
        sent = {question: raw for question, raw in sent.items() if question not in shut}
    post = stash.typed_on(request, party, step_id, item)
    return _typed(request, post, submission.version_id, wording_for(names_of(submission)), step_id, sent)


def _typed(
    request: HttpRequest,
    post: QueryDict,
    version_id: UUID,
    wording: Wording,
    step_id: str,
    sent: Mapping[str, Raw],
) -> list[TooLate]:
    """What is posted for a step, where it is something else than what was `sent`."""
    step = spec_said(version_id).steps_by_id.get(step_id)
    if step is None:
        return []
    typed = read(post, step, step.question_ids)
    late = []
    for question in step.questions:
        said = as_text(question, typed.get(question.id), wording)
        if said and said != as_text(question, sent.get(question.id), wording):
            late.append(TooLate(wording(question.label), said))
        files = request.FILES.getlist(field_name(question))
        late += [TooLate(wording(question.label), shown_name(file.name or "")) for file in files]
    return late


class NotKept(NamedTuple):
    """Why a page of a form in progress cannot be shown or saved, what was typed there, and the way on."""

    title: str
    why: str
    late: list[TooLate]
    way_back: WayBack


def help_is_over(request: HttpRequest, party: Party, step_id: str, item: str) -> NotKept:
    """To staff who helped: its person goes on alone, or a colleague with her; or one of them has sent it since."""
    return NotKept(
        title=_("You cannot open this form any more"),
        why=" ".join([_goes_on(party), _("What you had saved is in it.")]),
        late=_posted(request, party, step_id, item),
        way_back=way_back_of(party),
    )


def _goes_on(party: Party) -> str:
    draft = party.draft
    if draft.is_helped:
        helper = {"helper": draft.assisted_by.full_name}
        if draft.is_open:
            return _("%(helper)s of the council goes on with it.") % helper
        return _("%(helper)s of the council has sent it.") % helper
    name = {"name": party.user.full_name if party.user else ""}
    if draft.is_open:
        return _("%(name)s goes on with it alone.") % name
    return _("%(name)s went on with it alone, and has sent it.") % name


def help_has_begun(request: HttpRequest, party: Party, step_id: str, item: str) -> NotKept:
    """To a form's person: somebody began to help with it at the same moment, before anything of hers was saved."""
    draft = party.draft
    name = {"helper": draft.assisted_by.full_name}
    return NotKept(
        title=_("This page was not saved"),
        why=_("%(helper)s of the council began to fill this form in for you at the same moment.") % name,
        late=_posted(request, party, step_id, item),
        way_back=WayBack(reverse("forms:resume", args=[draft.pk]), _("Go to the form")),
    )


def form_is_gone(request: HttpRequest, party: Party, step_id: str, item: str) -> NotKept:
    """It was deleted since the page was asked for: by its person, or since its time was over."""
    return NotKept(
        title=_("This form is not there any more"),
        why=_("It was deleted, perhaps from another window."),
        late=_posted(request, party, step_id, item),
        way_back=WayBack(reverse("forms:mine"), _("Go to your forms")),
    )


def list_is_full(request: HttpRequest, filling: Filling, step: Step, item: str) -> NotKept:
    """One more item of a repeating group that got as many as it may have, perhaps in another window."""
    return NotKept(
        title=_("This page was not saved"),
        why=full_text(step.group or PLAIN_GROUP),
        late=_posted(request, filling.party, step.id, item),
        way_back=WayBack(step_url(filling, step), _("Go to the list")),
    )


def not_asked_any_more(request: HttpRequest, filling: Filling, step: Step, item: str) -> NotKept:
    """A page that an answer took off the path since, with what was typed there when the sign-in had run out."""
    return NotKept(
        title=_("This page is not asked any more"),
        why=_("Another answer has changed since you opened it."),
        late=_posted(request, filling.party, step.id, item),
        way_back=WayBack(filling.url, _("Go to the form")),
    )


def _posted(request: HttpRequest, party: Party, step_id: str, item: str) -> list[TooLate]:
    post = stash.typed_on(request, party, step_id, item)
    return _typed(request, post, party.draft.version_id, wording_for(party.draft.wording), step_id, {})


def too_late_page(submission: Submission, late: list[TooLate]) -> dict[str, Any]:
    return {"submission": submission, "sent_text": sent_text(submission), "late": late}


def _sent(submission: Submission, step_id: str, item: str) -> Mapping[str, Raw]:
    """Question id -> what was typed on a page, as it was sent."""
    pages = submission.content.typed if hasattr(submission, "content") else []
    return next((page["answers"] for page in pages if (page["step"], page["item"]) == (step_id, item)), {})
