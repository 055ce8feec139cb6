"""Who can come to a form once it is published, as its editor reads it: what no check of the form itself tells."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms_engine.models import FormDefinition
from forms_engine.registries import handlers


@dataclass(frozen=True, slots=True)
class Reach:
    """`words`: what to say. `is_shut`: families cannot open it as it stands, though it was made for them."""

    words: str
    is_shut: bool = False


def usual_handler() -> str:
    """What becomes of a new form that is sent, unless its editor says otherwise: somebody reads it unasked."""
    return next((name for name, handler in handlers.items() if handler.takes_unasked), "")


def reach_of(form: FormDefinition) -> Reach | None:
    """None where people come to it by themselves, and somebody reads it. One query at most."""
    handler = handlers.get(form.handler) if form.handler in handlers else None
    if form.offered_to:
        return None if handler is None or _has_readers(form) else _without_team()
    if handler is None:
        return Reach(_("Nobody fills in this form: other forms copy its sections."))
    if handler.takes_unasked:
        return _without_door()
    return Reach(
        _(
            "Nobody can begin this form by themselves: people get it when you ask them for it. You can change that in "
            "the tab “Settings”, under “Who may begin it by themselves”."
        )
    )


def _has_readers(form: FormDefinition) -> bool:
    ready = handlers.get(form.handler).ready()
    return bool(form.pk) and FormDefinition.objects.filter(ready, pk=form.pk).exists()


def _without_team() -> Reach:
    return Reach(
        _(
            "Nobody can open this form yet, because no team is named to read it. Ask an administrator to name one, "
            "under “Teams”. Once it is published, it opens as soon as a team is named."
        ),
        is_shut=True,
    )


def _without_door() -> Reach:
    return Reach(
        _(
            "Nobody can open this form yet. In the tab “Settings”, under “Who may begin it by themselves”, choose "
            "who may."
        ),
        is_shut=True,
    )
