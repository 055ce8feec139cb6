"""The base of every Django form on the family's side."""

from django import forms

from core.govuk.fields import Field, Problem


class GovukForm(forms.Form):
    """A form whose page shows `error_list` on top, then each of `questions` by its template.

        {% for field in form.questions %}{% include field.template %}{% endfor %}

    A view passes `form`: the page's title then begins with "Error:" by itself. The `<form>` is `novalidate`.
    """

    def questions(self) -> list[Field]:
        """What the page asks, in order."""
        return [bound.question for bound in self.visible_fields()]  # type: ignore[attr-defined]

    def error_list(self) -> list[Problem]:
        """(id of a control, message). What concerns the whole form leads to its first box."""
        questions = self.questions()
        first = questions[0].focus_id if questions else ""
        whole = [(first, str(message)) for message in self.non_field_errors()]
        return whole + [problem for question in questions for problem in question.problems()]
