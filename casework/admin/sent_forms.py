"""What the engine's pages of sent forms show and offer for a form that was asked for in a case."""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import access
from casework.models import Action, Case
from core.people import Person
from forms_engine.models import Assignment, Submission
from forms_engine.registries import Deed, Matter


def matter_of(person: Person, submission: Submission) -> Matter | None:
    """The case, with what `person` may do with the form: the same as on the page of the case."""
    action = access.staff_action(person, assignment=submission.assignment_id)
    if action is None:
        return None
    case = action.case
    may_run = case.is_open and access.may_run_case(person, case)
    return Matter(
        name=_("case %(reference)s") % {"reference": case.reference},
        url=reverse("casework_case_modeladmin_inspect", args=[case.pk]),
        deeds=tuple(_deeds(action)) if may_run else (),
    )


def _deeds(action: Action) -> Iterator[Deed]:
    if action.assignment.may_become(Assignment.State.ACCEPTED):
        yield Deed(_("Accept"), reverse("case_accept", args=[action.pk]), at_once=True)
    if action.assignment.may_become(Assignment.State.REOPENED):
        yield Deed(_("Open again…"), reverse("case_reopen", args=[action.pk]))


def names_of_children(person: Person, cases: Collection[UUID]) -> Mapping[UUID, str]:
    """The full name of the child of each of `cases` that `person` may see, by the case's id. One query."""
    visible = Case.objects.visible_to(person).filter(pk__in=cases).select_related("child")
    return {case.pk: case.child.full_name for case in visible}
