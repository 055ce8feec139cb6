"""The page of somebody's forms: those asked for, those begun, those sent, those that can be begun."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch
from django.urls import reverse

from core.people import Person
from forms_engine.models import Assignment, Draft, FormDefinition, LastCopy, Submission
from forms_engine.registries import audiences
from forms_engine.start import names_for
from forms_engine.versions import spec_said
from forms_engine.wording import wording_for


@dataclass(frozen=True, slots=True)
class Begun:
    """A form in progress. `due` is its last day, `kept_until` the day after which it is deleted."""

    title: str
    about: str
    url: str
    due: dt.date | None
    kept_until: dt.date
    delete_url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that was asked for and is not begun. `again`: it was sent, and is wanted once more."""

    title: str
    about: str
    url: str
    due: dt.date | None
    again: bool


@dataclass(frozen=True, slots=True)
class Sent:
    title: str
    about: str
    reference: str
    at: dt.datetime
    url: str
    pdf_url: str


@dataclass(frozen=True, slots=True)
class Offered:
    title: str
    intro: str
    url: str


def mine_page(person: Person, today: dt.date) -> dict[str, Any]:
    """What the page shows. Eight queries, however many forms there are."""
    copies = LastCopy.objects.open_to(person, today)
    return {
        "asked": asked(person, today),
        "begun": begun(person, today),
        "sent": sent(person, today),
        "copies": copies,
        "offered": offered(person, today),
    }


def asked(person: Person, today: dt.date) -> list[Asked]:
    """What waits and is not begun, by its last day."""
    waiting = Assignment.objects.open_to(person, today).waiting()
    rows = waiting.exclude(drafts__in=Draft.objects.filter(submitted_at=None)).select_related("form")
    return [
        Asked(
            title=wording_for(names_for(row))(row.form.said("title")),
            about=row.about_name,
            url=reverse("forms:assignment", args=[row.pk]),
            due=row.due,
            again=row.is_wanted_again,
        )
        for row in rows.order_by(F("due").asc(nulls_last=True), "asked_at")
    ]


def begun(person: Person, today: dt.date) -> list[Begun]:
    """The newest first."""
    drafts = Draft.objects.filter(submitted_at=None).order_by("-begun_at")
    waiting = Assignment.objects.open_to(person, today).waiting().filter(drafts__in=drafts)
    rows = waiting.select_related("form").prefetch_related(Prefetch("drafts", drafts, to_attr="open_drafts"))
    return [_begun(row, row.open_drafts[0]) for row in rows.order_by("-asked_at").distinct()]  # type: ignore[attr-defined]


def _begun(asked: Assignment, draft: Draft) -> Begun:
    wording = wording_for(draft.wording)
    return Begun(
        title=wording(asked.form.said("title")),
        about=asked.about_name,
        url=reverse("forms:resume", args=[draft.pk]),
        due=asked.due,
        kept_until=draft.expires_at.date(),
        delete_url=reverse("forms:delete", args=[draft.pk]) if asked.is_own else "",
    )


def sent(person: Person, today: dt.date) -> list[Sent]:
    """The newest first."""
    rows = Submission.objects.sent_by(person, today).select_related("assignment")
    return [_sent(row) for row in rows]


def _sent(submission: Submission) -> Sent:
    about = submission.assignment.about_name if submission.assignment else ""
    return Sent(
        title=wording_for({"child": about} if about else {})(spec_said(submission.version_id).title),
        about=about,
        reference=submission.reference,
        at=submission.submitted_at,
        url=reverse("forms:sent", args=[submission.pk]),
        pdf_url=reverse("forms:sent_pdf", args=[submission.pk]),
    )


def offered(person: Person, today: dt.date) -> list[Offered]:
    """The forms that `person` may begin unasked, by title."""
    mine = [name for name, audience in audiences.items() if audience.holds(person, today)]
    forms = FormDefinition.objects.with_readers().filter(live=True, offered_to__in=mine)
    return [_offered(form) for form in forms.order_by("title")]


def _offered(form: FormDefinition) -> Offered:
    wording = wording_for({}, form.translations)
    return Offered(
        wording(form.said("title")), wording(form.said("intro")), reverse("forms:begin", args=[form.slug])
    )
