""" "Why do I see this page?", in plain words made from the rule that opened a page or a question."""

from django.utils.translation import gettext as _

from forms_engine.drafts import Filling
from forms_engine.rules.conditions import Condition, Count, Items, Leaf
from forms_engine.rules.explain import reasons
from forms_engine.spec import EVERYONE, Question, Step
from forms_engine.types import asking


def why_page(filling: Filling, step: Step) -> str:
    """Why this page is on the path; "" where everybody meets it."""
    section = filling.form.section_of[step.id]
    return _sentences(filling, [section.show_if, filling.form.steps_by_id[step.id].show_if])


def why_question(filling: Filling, question: Question) -> str:
    """Why this question is on its page; "" where it always is."""
    return _sentences(filling, [question.show_if]) if question.show_if else ""


def _sentences(filling: Filling, conditions: list[Condition | None]) -> str:
    """A sentence for each answer that counted, a line each."""
    journey = filling.journey
    found = (
        leaf
        for condition in conditions
        if condition
        for leaf in reasons(condition, journey.values, journey.day)
    )
    return "\n".join(dict.fromkeys(_sentence(filling, leaf) for leaf in found))


def _sentence(filling: Filling, leaf: Leaf) -> str:
    if isinstance(leaf, Items):
        return _("Because of what you added on “%(page)s”.") % {"page": _title(filling, leaf.group)}
    if isinstance(leaf, Count):
        return _added(len(filling.journey.values[leaf.group]), _title(filling, leaf.group))
    return _because(filling, leaf.question)


def _title(filling: Filling, step_id: str) -> str:
    on_path = filling.journey.at(step_id)
    return filling.wording(on_path.step.title if on_path else filling.form.steps_by_id[step_id].title)


def _added(number: int, page: str) -> str:
    if not number:
        return _("Because you added nothing on “%(page)s”.") % {"page": page}
    return _("Because you added %(number)s on “%(page)s”.") % {"page": page, "number": number}


def _because(filling: Filling, question_id: str) -> str:
    """Names the answer, but for one that not everybody may read: somebody may look over a shoulder."""
    on_path = filling.journey.at(filling.form.step_of[question_id].id)
    question = (on_path.step if on_path else filling.form.step_of[question_id]).questions_by_id[question_id]
    if question.readers or question.audience != EVERYONE:
        return _("Because of an answer that you gave earlier in this form.")
    words = {"question": filling.wording(question.label)}
    value = filling.journey.values.get(question_id)
    said = asking.nodes(question, value, filling.wording) if value is not None else []
    if not said:
        return _("Because you have not answered “%(question)s”.") % words
    return _("Because you answered “%(answer)s” to “%(question)s”.") % {**words, "answer": ", ".join(said)}
