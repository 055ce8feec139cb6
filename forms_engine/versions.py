"""The published versions of forms, parsed: what families' pages work on."""

import datetime as dt
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language

from forms_engine.definition import build
from forms_engine.models import Draft, FormVersion
from forms_engine.rules.phrases import in_language
from forms_engine.rules.seeing import seen
from forms_engine.spec import Form
from forms_engine.types import question_types


@lru_cache(maxsize=256)
def spec_of(version_id: UUID) -> Form:
    """The form that a `FormVersion` holds. Parsed once in the life of a process: a version never changes."""
    return build(FormVersion.objects.values_list("content", flat=True).get(pk=version_id))


def spec_said(version_id: UUID) -> Form:
    """The same in the language of the request."""
    return _said(version_id, get_language() or "")


@lru_cache(maxsize=256)
def _said(version_id: UUID, language: str) -> Form:
    return in_language(spec_of(version_id), language, dict(question_types.items()))


def spec_for(draft: Draft, today: dt.date, *, by_staff: bool) -> Form:
    """The form of `draft` as it is filled in on the day `today`, in the request's language.

    `by_staff`: with the parts that staff answer, who fill it in for its person.
    """
    version_id = draft.version_id
    # Most forms are the same on every day.
    on = today if spec_of(version_id).thresholds else dt.date.min
    return _seen(version_id, get_language() or "", on, by_staff)


@lru_cache(maxsize=512)
def _seen(version_id: UUID, language: str, today: dt.date, by_staff: bool) -> Form:
    return seen(_said(version_id, language), today, by_staff=by_staff)
