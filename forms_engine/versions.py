"""The published versions of forms, parsed: what families' pages work on."""

from functools import lru_cache
from uuid import UUID

from forms_engine.definition import build
from forms_engine.models import FormVersion
from forms_engine.spec import Form


def spec_of(version: FormVersion) -> Form:
    """The form that `version` holds. Parsed once in the life of a process: a version never changes."""
    return _spec(version.pk)


@lru_cache(maxsize=256)
def _spec(version_id: UUID) -> Form:
    return build(FormVersion.objects.values_list("content", flat=True).get(pk=version_id))
