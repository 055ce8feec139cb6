"""What the audit calls what is done with forms."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Mapping[str, Promise] = {
    "draft.read": _("Unfinished form opened by whoever helps"),
    "draft.assisted": _("Began to fill in a form for somebody"),
    "draft.alone": _("Went on alone: nobody helps any more"),
    "draft.download": _("Unfinished form downloaded (PDF)"),
    "draft.deleted": _("Unfinished form deleted by its person"),
    "draft.expired": _("Unfinished form deleted: its time was over"),
    "lastcopy.download": _("Copy of a deleted form downloaded"),
    "upload.read": _("File of an unfinished form opened"),
    "submission.assisted": _("Form sent for somebody"),
    "submission.read": _("Sent form opened"),
    "submission.download": _("Sent form downloaded (PDF)"),
    "submission.file": _("File of a sent form opened"),
    "delivery.again": _("Form on its way tried again"),
}
