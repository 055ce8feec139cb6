"""Bring a form's JSON into the editor: a new revision, published where that is wanted."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db import transaction

from forms_engine.definition import build, to_json
from forms_engine.models import FormDefinition
from forms_engine.streams import fill, from_stream


class Outcome(StrEnum):
    UNCHANGED = "nothing to do"
    SAVED = "saved as a draft"
    PUBLISHED = "published"


class InTheWay(Exception):
    """Somebody is at work on the form in the editor."""


class Overtaken(Exception):
    """Somebody has saved the form since it was compared with what is brought in."""


def standing(slug: str) -> FormDefinition | None:
    """The form as it stands in the editor, with what is not published yet. None where there is no such form."""
    definition = FormDefinition.objects.filter(slug=slug).first()
    return definition.get_latest_revision_as_object() if definition else None


def newest(definition: FormDefinition | None) -> str:
    """What tells one state of a form in the editor from another: its newest revision; "" where there is none."""
    return str(definition.latest_revision_id or "") if definition else ""


def import_form(
    data: Mapping[str, Any],
    *,
    publish: bool = False,
    replace: bool = False,
    by: Any = None,
    compared: str | None = None,
) -> Outcome:
    """Make a sound form's JSON the newest state of the form with its slug.

    Repeating it changes nothing. Raises InTheWay where the form is locked, or where edits that nobody published
    would be covered and `replace` is not given; Overtaken where the form is not the one that was `compared` (`newest`)
    any more; UnsoundFormError where publishing finds something.
    """
    content = to_json(build(data))
    with transaction.atomic():
        definition = standing(content["slug"])
        if definition and to_json(build(from_stream(definition))) == content:
            return _publish_as_it_stands(definition) if publish else Outcome.UNCHANGED
        if compared is not None and newest(definition) != compared:
            raise Overtaken
        if definition:
            _refuse_to_cover(definition, replace)
        revision = _save(definition, content, by)
        if not publish:
            return Outcome.SAVED
        revision.publish()
        return Outcome.PUBLISHED


def _publish_as_it_stands(definition: FormDefinition) -> Outcome:
    if definition.live and not definition.has_unpublished_changes:
        return Outcome.UNCHANGED
    revision = definition.latest_revision or definition.save_revision()
    revision.publish()
    return Outcome.PUBLISHED


def _refuse_to_cover(definition: FormDefinition, replace: bool) -> None:
    if definition.locked:
        raise InTheWay(f"{definition.slug} is locked in the editor")
    if definition.has_unpublished_changes and not replace:
        raise InTheWay(f"{definition.slug} has edits that are not published; --replace covers them")


def _save(definition: FormDefinition | None, content: Mapping[str, Any], by: Any) -> Any:
    """A revision with `content`; `by` is the user behind it, if any."""
    if definition is None:
        definition = FormDefinition(live=False)
        fill(definition, content)
        definition.save()
    else:
        fill(definition, content)
    return definition.save_revision(user=by, log_action=by is not None)
