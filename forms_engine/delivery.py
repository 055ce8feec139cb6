"""What a sent form causes outside: one outbox item, delivered by the form's handler."""

from django.utils.translation import gettext_lazy as _

from core import outbox
from core.models import OutboxItem
from forms_engine.models import Delivery, Submission
from forms_engine.registries import handlers

KIND = "form_delivery"


def ask(submission: Submission, handler: str) -> Delivery | None:
    """Have `handler` deliver `submission` once the transaction is committed. None where the form has no handler."""
    if not handler:
        return None
    item = outbox.put(KIND, {"submission": str(submission.pk), "handler": handler})
    return Delivery.objects.create(submission=submission, item=item)


def deliver(item: OutboxItem) -> None:
    """Called by the sweep, again and again until it returns. Raises what the handler raises."""
    submission = Submission.objects.select_related("assignment", "content").get(pk=item.payload["submission"])
    handlers.get(item.payload["handler"]).deliver(submission, item.pk)


kind = outbox.Kind(KIND, deliver, title=_("A form on its way"), goes_to=_("to whoever the form is for"))
