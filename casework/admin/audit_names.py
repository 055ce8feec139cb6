"""What the audit calls what cases are made of, to those who may see the cases, and what is done with them."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.admin.words import EVENT_NAMES
from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import Event
from core.names import Finds, Names, by_reference
from core.people import Person
from core.registry import Registry
from schools.models import Child

DEEDS: Mapping[str, Promise | str] = {
    "case.read": _("Case opened"),
    "case.handed-on": _("Case handed on to a colleague"),
    "case.corrected": _("Case corrected"),
    **{
        f"case.{event.value}": format_lazy(_("Recorded: {event}"), event=EVENT_NAMES[event])
        for event in Event
    },
    "action.asked": _("Form asked for"),
    "action.read": _("Form asked for: looked at"),
    "action.done": _("Form came back"),
    "action.accepted": _("Form accepted"),
    "action.reopened": _("Form opened again"),
    "action.withdrawn": _("Form withdrawn"),
}


def children(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Full names of children who have a case that `person` may see."""
    found = Child.objects.filter(pk__in=ids, cases__in=Case.objects.visible_to(person))
    return {child.pk: child.full_name for child in found}


def events(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """ "Draft plan sent to the family, EHC-7K3M-9QX2" """
    found = CaseEvent.objects.filter(pk__in=ids, case__in=Case.objects.visible_to(person))
    rows = found.values_list("pk", "event", "case__reference")
    return {pk: f"{EVENT_NAMES[Event(event)]}, {reference}" for pk, event, reference in rows}


def forms_asked_for(path: str) -> Names:
    """ "Parental Preference Form, EHC-7K3M-9QX2", for what stands at `path` from an action of a case."""

    def found(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
        actions = Action.objects.filter(case__in=Case.objects.visible_to(person), **{f"{path}__in": ids})
        rows = actions.values_list(path, "assignment__form__title", "case__reference")
        return {pk: f"{form}, {reference}" for pk, form, reference in rows}

    return found


def of_reference(person: Person, reference: str) -> Iterable[UUID]:
    """The case with this reference, its events, and the forms asked for in it, where `person` may see the case."""
    case = Case.objects.visible_to(person).filter(reference=reference).first()
    if case is None:
        return ()
    forms = case.actions.values_list("pk", "assignment", "assignment__drafts")
    return (pk for row in ((case.pk,), case.events.values_list("pk", flat=True), *forms) for pk in row if pk)


def register(names: Registry[Names], finds: Registry[Finds]) -> None:
    names.register("casework.case", by_reference(Case.objects))
    names.register("casework.caseevent", events)
    names.register("casework.action", forms_asked_for("pk"))
    names.register("forms_engine.assignment", forms_asked_for("assignment"))
    names.register("forms_engine.draft", forms_asked_for("assignment__drafts"))
    names.register("schools.child", children)
    finds.register("casework.case", of_reference)
