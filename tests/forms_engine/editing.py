"""Forms as the editor holds them, and what its page posts."""

import copy
import json
from typing import Any

from wagtail.blocks import StructBlock
from wagtail.blocks.stream_block import BaseStreamBlock, StreamValue
from wagtail.models import Revision

from forms_engine import streams
from forms_engine.models import FormDefinition

Posted = dict[str, str | list[str]]

# One question, one that depends on it, and a page to send the form from.
SMALL: dict[str, Any] = {
    "slug": "small",
    "title": "Small form",
    "reference_prefix": "SML",
    "handler": "",
    "lifetime_days": 90,
    "sections": [
        {
            "id": "about",
            "title": "About {child}",
            "steps": [
                {
                    "id": "place",
                    "kind": "questions",
                    "title": "The place",
                    "questions": [
                        {
                            "id": "where",
                            "type": "one_of",
                            "label": "Where should {child} learn?",
                            "level": "required",
                            "options": [
                                {"id": "at-school", "label": "At a school"},
                                {"id": "at-home", "label": "At home", "reveals": ["why-home"]},
                            ],
                        },
                        {"id": "why-home", "type": "long_text", "label": "Why at home?", "level": "advised"},
                    ],
                },
                {
                    "id": "visits",
                    "kind": "questions",
                    "title": "Visits",
                    "show_if": {"question": "where", "op": "is", "value": "at-school"},
                    "questions": [
                        {"id": "seen", "type": "yes_no", "label": "Have you seen it?", "level": "optional"}
                    ],
                },
                {"id": "send", "kind": "check", "title": "Check your answers"},
            ],
        }
    ],
}


def small() -> dict[str, Any]:
    """The small form's JSON, to change at will."""
    return copy.deepcopy(SMALL)


def question(data: dict[str, Any], id: str) -> dict[str, Any]:
    """One question of a form's JSON."""
    steps = [step for section in data["sections"] for step in section["steps"]]
    return next(one for step in steps for one in step.get("questions", ()) if one["id"] == id)


def form_of(data: dict[str, Any]) -> FormDefinition:
    """A form in the editor that was never published, with `data` as its newest draft."""
    form, _made = FormDefinition.objects.get_or_create(slug=data["slug"], defaults={"live": False})
    draft(form, data)
    return FormDefinition.objects.get(pk=form.pk)


def draft(form: FormDefinition, data: dict[str, Any], **fields: Any) -> Revision:
    """`data` saved as a draft of `form`. `fields`: what else the editor set, such as `go_live_at`."""
    edited = FormDefinition.objects.get(pk=form.pk).get_latest_revision_as_object()
    streams.fill(edited, data)
    for name, value in fields.items():
        setattr(edited, name, value)
    if not edited.first_published_at:
        edited.save()
    return edited.save_revision()


def published(data: dict[str, Any]) -> FormDefinition:
    """`data`, published now."""
    form = form_of(data)
    form.get_latest_revision().publish()
    return FormDefinition.objects.get(pk=form.pk)


def posted(data: dict[str, Any]) -> Posted:
    """What the editor's page posts for a form with this JSON."""
    form = FormDefinition()
    streams.fill(form, data)
    own = {
        name: str(data.get(name, "")) for name in ("title", "slug", "reference_prefix", "handler", "intro")
    }
    boxes: Posted = {"lifetime_days": "90", "submitted": "null", "go_live_at": "", "expire_at": ""}
    return own | boxes | _stream(form.body.stream_block, form.body, "body")


def _stream(block: BaseStreamBlock, value: StreamValue, prefix: str) -> Posted:
    fields: Posted = {f"{prefix}-count": str(len(value))}
    for index, child in enumerate(value):
        name = f"{prefix}-{index}"
        fields |= {f"{name}-deleted": "", f"{name}-order": str(index), f"{name}-type": child.block_type}
        fields |= {f"{name}-id": child.id, **_struct(child.block, child.value, f"{name}-value")}
    return fields


def _struct(block: StructBlock, value: Any, prefix: str) -> Posted:
    fields: Posted = {}
    for name, child in block.child_blocks.items():
        if isinstance(child, BaseStreamBlock):
            fields |= _stream(child, value[name], f"{prefix}-{name}")
        else:
            fields |= _field(child.get_form_state(value[name]), f"{prefix}-{name}")
    return fields


def _field(state: Any, name: str) -> Posted:
    """A select's state is a list of what is chosen."""
    if state in (None, False, []):
        return {}
    return {name: state if isinstance(state, str | list) else json.dumps(state)}
