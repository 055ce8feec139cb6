"""The page of a form's translations: how many are missing, out to a spreadsheet, and in from one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from core import lazily
from core.languages import Language, languages
from forms_engine.authoring.access import form_in_editor
from forms_engine.authoring.views import page
from forms_engine.definition import build, to_json
from forms_engine.models import FormDefinition
from forms_engine.rules.phrases import Phrase, State, phrases, state
from forms_engine.spec import Form, Translation
from forms_engine.streams import from_stream
from forms_engine.types import question_types

spreadsheet = lazily.module("forms_engine.authoring.spreadsheet")

PAGE = "wagtailsnippets_forms_engine_formdefinition:translations"


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """How far the translation into one language is: numbers of texts."""

    code: str
    name: str
    texts: int
    missing: int
    outdated: int


class SpreadsheetForm(forms.Form):
    language = forms.CharField(max_length=10)
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet (XLSX)"),
        error_messages={"required": gettext_lazy("Choose the spreadsheet")},
    )


@require_http_methods(["GET", "POST"])
def translations(request: HttpRequest, pk: int) -> HttpResponse:
    """How the translations stand; a spreadsheet that is sent is taken whole, or not at all."""
    definition = form_in_editor(request, pk)
    faults: list[str] = []
    if request.method == "POST":
        form = SpreadsheetForm(request.POST, request.FILES)
        faults = [str(error) for errors in form.errors.values() for error in errors]
        if not faults:
            faults = _take(request, definition, form.cleaned_data["file"], form.cleaned_data["language"])
        if not faults:
            messages.success(request, _("The translations are saved with the draft. Publish it to use them."))
            return redirect(PAGE, pk)
    context = page(definition, _("Translations")) | {
        "languages": lines(spec_of(definition)),
        "faults": faults,
    }
    return render(request, "forms_engine/admin/translations.html", context, status=422 if faults else 200)


@require_safe
def export(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The spreadsheet of one language."""
    definition = form_in_editor(request, pk)
    chosen, form = _other_language(language), spec_of(definition)
    content = spreadsheet.write(texts_of(form), form.translations.get(language, {}), chosen)
    headers = {"Content-Disposition": f'attachment; filename="{definition.slug}-{chosen.code}.xlsx"'}
    return HttpResponse(content, content_type=spreadsheet.TYPE, headers=headers)


def spec_of(definition: FormDefinition) -> Form:
    """The form as it stands in the editor."""
    return build(from_stream(definition))


def texts_of(form: Form) -> list[Phrase]:
    return phrases(form, dict(question_types.items()))


def lines(form: Form) -> list[LanguageLine]:
    """One for each language of the site but English."""
    found = texts_of(form)
    made = []
    for language in languages()[1:]:
        there = form.translations.get(language.code, {})
        states = [state(phrase, there.get(phrase.id)) for phrase in found]
        missing, outdated = states.count(State.MISSING), states.count(State.OUTDATED)
        made.append(LanguageLine(language.code, language.name, len(found), missing, outdated))
    return made


def _take(request: HttpRequest, definition: FormDefinition, file: Any, code: str) -> list[str]:
    """Keep what the spreadsheet says in a new draft; or everything that is in the way."""
    if file.size > spreadsheet.MOST_BYTES:
        return [_("This spreadsheet is too large.")]
    language = _other_language(code)
    with transaction.atomic():
        if definition.locked:
            return [_("The form is locked: nobody can change it now.")]
        form = spec_of(definition)
        found = texts_of(form)
        try:
            told = spreadsheet.read(file.read(), found, language)
        except spreadsheet.Faulty as faulty:
            return list(faulty.faults)
        definition.translations = {
            **definition.translations,
            code: _as_json({**form.translations.get(code, {}), **told}, found, code),
        }
        definition.save_revision(user=request.user, log_action=True)
    return []


def _as_json(told: dict[str, Translation | None], found: list[Phrase], code: str) -> dict[str, Any]:
    """The translations as the JSON has them; those of texts that the form has no more are left behind."""
    kept = {phrase.id: said for phrase in found if (said := told.get(phrase.id))}
    made: dict[str, Any] = to_json(Form("", "", "", "", translations={code: kept}))
    texts: dict[str, Any] = made.get("translations", {}).get(code, {})
    return texts


def _other_language(code: str) -> Language:
    found = next((each for each in languages()[1:] if each.code == code), None)
    if found is None:
        raise Http404
    return found
