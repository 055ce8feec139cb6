from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class PeerField(AbstractFormField):
    page = ParentalKey("PeerFormPage", related_name="form_fields")


class PeerFormPage(AbstractForm):
    """Wagtail's own form page, as its documentation has it."""

    template = "peers/form_page.html"
