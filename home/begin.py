"""Which forms the home page offers to whoever reads it."""

import datetime as dt
from typing import cast

from django.http import HttpRequest

from core.access import is_signed_in
from core.people import Person
from forms_engine.models import FormDefinition
from forms_engine.registries import audiences


def to_begin(request: HttpRequest, day: dt.date) -> set[str]:
    """The slugs of those that this reader can begin: no link leads to a page that is not for her."""
    found = FormDefinition.objects.for_guests().values_list("slug", "offered_to")
    if not is_signed_in(request):
        return {slug for slug, _audience in found}
    person = cast(Person, request.user)
    return {slug for slug, audience in found if audiences.get(audience).holds(person, day)}
