"""The base of every Django form on the family's side."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from core.govuk.fields import Field, Problem


class GovukForm(forms.Form):
    """A form whose page shows `error_list` on top, then each of `questions` by its template.

        {% for field in form.questions %}{% include field.template %}{% endfor %}

    A view passes `form`: the page's title then begins with "Error:" by itself. The `<form>` is `novalidate`.
    """

    # The field whose label is the page's h1.
    page_heading: ClassVar[str] = ""
    # Field -> answer -> a line under that answer, or a word ("or") above it.
    hints: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    dividers: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    # Field -> answer -> the fields that open under it.
    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {}

    def questions(self) -> list[Field]:
        """What the page asks, in order; follow-ups are inside the answers that open them."""
        inner = {name for answers in self.reveals.values() for names in answers.values() for name in names}
        return [bound.question for bound in self.visible_fields() if bound.name not in inner]  # type: ignore[attr-defined]

    def error_list(self) -> list[Problem]:
        """(id of a control, message). What concerns the whole form leads to its first box."""
        questions = self.questions()
        first = questions[0].focus_id if questions else ""
        whole = [(first, str(message)) for message in self.non_field_errors()]
        return whole + [problem for question in questions for problem in question.problems()]

    def clean(self) -> dict[str, Any]:
        """A follow-up whose answer was not chosen counts as not asked: the person did not see it."""
        for name in self._unasked():
            self.errors.pop(name, None)
            self.cleaned_data[name] = None
        return self.cleaned_data

    def _unasked(self) -> set[str]:
        asked: set[str] = set()
        inner: set[str] = set()
        for field, answers in self.reveals.items():
            given = self.cleaned_data.get(field)
            chosen = set(given) if isinstance(given, (list, set, tuple)) else {given}
            for answer, names in answers.items():
                inner.update(names)
                asked.update(names if answer in chosen else ())
        return inner - asked
