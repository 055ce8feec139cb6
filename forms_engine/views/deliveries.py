"""What staff can do about a delivery that was given up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import audit, outbox
from core.access import refuse
from forms_engine.access import signed_in_person, subject_of
from forms_engine.models import Delivery


@require_POST
def try_again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Put a dead delivery back into the queue, due now."""
    visible = Delivery.objects.visible_to(signed_in_person(request)).select_related("item", "submission")
    delivery = visible.filter(pk=delivery_id).first()
    if delivery is None or not signed_in_person(request).has_perm("forms_engine.change_delivery"):
        refuse(request, "forms_engine.delivery", delivery_id)
    if outbox.try_again(delivery.item):
        audit.record("delivery.again", request=request, obj=delivery, subject=subject_of(delivery.submission))
        messages.success(request, _("It is tried again within the next seconds."))
    return redirect("forms_engine_delivery_modeladmin_index")
