"""django-formtools' wizard: six pages of four questions each, kept in the session."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from formtools.wizard.views import SessionWizardView

PAGES = 6


class PageForm(forms.Form):
    agree = forms.ChoiceField(
        choices=[("all", "I agree"), ("changes", "I want changes"), ("talk", "I want to talk first")],
        widget=forms.RadioSelect,
    )
    missing = forms.CharField(widget=forms.Textarea, max_length=5000)
    facts = forms.CharField(widget=forms.Textarea, max_length=2000)
    email = forms.EmailField()


class Wizard(SessionWizardView):
    template_name = "peers/wizard.html"

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse("sent")


wizard = csrf_exempt(login_required(Wizard.as_view([PageForm] * PAGES)))
