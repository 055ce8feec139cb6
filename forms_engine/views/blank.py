"""The blank form on paper, for whoever was asked for it or may begin it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.access import signed_in
from core.dates import today
from forms_engine.access import offered_form, own_assignment
from forms_engine.authoring.paper import paper_response
from forms_engine.models import FormDefinition
from forms_engine.rules.seeing import seen
from forms_engine.start import names_for
from forms_engine.versions import spec_said
from forms_engine.wording import wording_for


@require_safe
@signed_in
def asked(request: HttpRequest, assignment_id: UUID, size: str) -> HttpResponse:
    found = own_assignment(request, assignment_id)
    return _paper(request, found.form, names_for(found), size)


@require_safe
@signed_in
def offered(request: HttpRequest, slug: str, size: str) -> HttpResponse:
    form, _audience = offered_form(request, slug, today())
    return _paper(request, form, {}, size)


def _paper(request: HttpRequest, form: FormDefinition, names: dict[str, str], size: str) -> HttpResponse:
    """As it is published, without what is for staff alone."""
    version = form.live_version()
    if version is None:
        raise Http404
    spec = seen(spec_said(version.pk), today(), by_staff=False)
    return paper_response(spec, wording_for(names, spec.translations), size, request)
