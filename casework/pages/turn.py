"""The panel that says whose turn it is, until when, and what to do."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import wording
from casework.models import Action, CaseAccess
from casework.rules.stages import Task, Whose
from casework.selectors import CaseReading, answers_draft, council_counting, own_case
from core.closed_days import reach_us_by, we_aim_for
from core.council import council_settings
from core.dates import today
from core.models import CouncilSettings
from core.people import Person
from forms_engine import progress
from forms_engine.models import Assignment


@dataclass(frozen=True, slots=True)
class Panel:
    """For `components/turn.html`. kind: "you", "council", "late", or "over" where nobody has a turn."""

    kind: str
    who: str
    what: str
    before: str = ""
    day: dt.date | None = None
    after: str = ""
    said: list[str] = field(default_factory=list)
    # After the button.
    also: list[str] = field(default_factory=list)
    url: str = ""
    button: str = ""
    more: "More | None" = None


@dataclass(frozen=True, slots=True)
class More:
    """For `components/details.html`."""

    summary: str
    text: str


def own_panel(reading: CaseReading, council: CouncilSettings) -> Panel:
    """The panel for the person who is to act: with how far she is with a form that she has begun."""
    shown = panel(reading, council)
    if reading.turn.task is not Task.FILL_IN_FORM:
        return shown
    done = progress.of(reading.waiting[0].assignment, reading.today)
    return replace(shown, said=[*shown.said, done]) if done else shown


def panel(reading: CaseReading, council: CouncilSettings) -> Panel:
    """The one panel of a case's page. A family's last day that has passed is never shown as a fault of hers."""
    turn = reading.turn
    if turn.task is Task.FILL_IN_FORM:
        return _form(reading, reading.waiting[0], council)
    if turn.whose is Whose.FAMILY:
        return _comment(reading, council)
    if turn.whose is Whose.COUNCIL_LATE:
        return _late(reading, council)
    return _ended(reading, council) if turn.whose is Whose.NOBODY else _council(reading)


def turn_after(person: Person, asked: Assignment) -> Panel | None:
    """Whose turn it is once `person` has sent the form `asked` of a case. None where the case is hers no more."""
    day = today()
    access = CaseAccess.objects.holding(day).filter(case=asked.about_id, person=person.pk)
    opened = access.select_related("case__child", "case__team").first()
    if opened is None:
        return None
    return panel(own_case(person, opened, today=day, counting=council_counting()), council_settings())


def form_url(action: Action) -> str:
    """Its first page; the page where it waits for whoever has begun it."""
    begun = action.assignment.state == Assignment.State.STARTED
    return reverse("forms:carry_on" if begun else "forms:assignment", args=[action.assignment_id])


def form_button(action: Action) -> str:
    words = {
        Assignment.State.STARTED: _("Carry on with the form"),
        Assignment.State.REOPENED: _("Change your answers"),
    }
    return words.get(Assignment.State(action.assignment.state), _("Start the form"))


def how_far(days: int) -> str:
    """ "That is 6 days from now." """
    if days == 0:
        return _("That is today.")
    if days == 1:
        return _("That is tomorrow.")
    return _("That is %(days)s days from now.") % {"days": days}


def _form(reading: CaseReading, action: Action, council: CouncilSettings) -> Panel:
    due, late = action.assignment.due, action.assignment.is_late(reading.today)
    if due is None:
        before, after, said = "", "", []
    elif late:
        days = (reading.today - due).days
        before = _("The last day was")
        after = ngettext(", %(days)s day ago.", ", %(days)s days ago.", days) % {"days": days}
        said = [_sent_late(action)]
    else:
        before, after = _("By"), ". " + how_far((due - reading.today).days)
        said = reach_us_by(due, reading.today)
    return Panel(
        kind="you",
        who=_("Your turn"),
        what=_what(action, reading, late=late),
        before=before,
        day=due,
        after=after,
        said=said,
        also=[*_too_much(reading, council, late=late), *_more_to_do(reading), *_council_owes(reading)],
        url=form_url(action),
        button=form_button(action),
    )


def _what(action: Action, reading: CaseReading, *, late: bool) -> str:
    """With the child's name: on the family home the panel is about one of several children."""
    if action.assignment.is_wanted_again:
        spoken = wording.CHANGE_ANSWERS
    elif answers_draft(action):
        spoken = wording.COMMENT_LATE if late else wording.COMMENT
    else:
        spoken = wording.SEND_LATE if late else wording.FILL_IN
    return spoken.said(reading, form=action.assignment.form.title)


def _sent_late(action: Action) -> str:
    silence = [_("We have not taken your silence as a yes.")] if answers_draft(action) else []
    return " ".join([*silence, _("Send the form and we read it; we mark it as late.")])


def _too_much(reading: CaseReading, council: CouncilSettings, *, late: bool) -> list[str]:
    if not late:
        return []
    return [_("Too much right now? Call us on %(phone)s.") % {"phone": _phone(reading, council)}]


def _more_to_do(reading: CaseReading) -> list[str]:
    others = len(reading.waiting) - 1
    if not others:
        return []
    return [
        ngettext(
            "There is %(count)s more thing to do after this one.",
            "There are %(count)s more things to do after this one.",
            others,
        )
        % {"count": others}
    ]


def _council_owes(reading: CaseReading) -> list[str]:
    """What the council is late with while it is the family's turn: not hidden behind it."""
    owed = reading.turn.council_owes
    if owed is None:
        return []
    days = wording.days_late(owed.days_late(reading.today))
    return [_("We owe you something too: our own step is %(late)s, and we are sorry.") % {"late": days}]


def _comment(reading: CaseReading, council: CouncilSettings) -> Panel:
    turn = reading.turn
    return Panel(
        kind="you",
        who=_("Your turn"),
        what=wording.COMMENT.said(reading),
        before=_("By"),
        day=turn.until,
        after=". " + how_far(turn.days),
        said=[
            *(reach_us_by(turn.until, reading.today) if turn.until else []),
            _("Write to your caseworker, or call %(phone)s.") % {"phone": _phone(reading, council)},
        ],
    )


def _council(reading: CaseReading) -> Panel:
    turn = reading.turn
    # Once the aim for the draft is past, the day is the law's for the final plan.
    draft = _("We aim to send it by") if reading.is_aim else _("You will have the final plan by")
    before = {Task.WRITE_DRAFT: draft, Task.FINISH_PLAN: _("You will have it by")}
    nothing = _("You do not need to do anything now.")
    return Panel(
        kind="council",
        who=_("The council’s turn"),
        what=wording.COUNCIL_TASKS[turn.task].said(reading),
        before=before.get(turn.task, _("You will know by")) if turn.until else "",
        day=turn.until,
        after=_(" at the latest. You do not need to do anything now.") if turn.until else "",
        said=we_aim_for(turn.until, reading.today) if turn.until else [nothing],
    )


def _late(reading: CaseReading, council: CouncilSettings) -> Panel:
    turn, days = reading.turn, -reading.turn.days
    late = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return Panel(
        kind="late",
        who=_("The council is late"),
        what=wording.COUNCIL_LATE[turn.task].said(reading),
        before=_("It was due by"),
        day=turn.until,
        after=_(". We are %(days)s late, and we are sorry.") % {"days": late},
        said=[_("You do not need to do anything now.")],
        more=More(_("What you can do about it"), _rights(_phone(reading, council))),
    )


def _rights(phone: str) -> str:
    paragraphs = [
        _("Ask us what is happening: call %(phone)s.") % {"phone": phone},
        _("Complain to the council. Call the same number and say that you want to complain."),
        _(
            "Not happy with our answer? Go to the Local Government and Social Care Ombudsman, lgo.org.uk. "
            "It is free."
        ),
        _("Get free advice that is not from us: ask your local SENDIASS."),
    ]
    return "\n\n".join(paragraphs)


def _ended(reading: CaseReading, council: CouncilSettings) -> Panel:
    turn = reading.turn
    if turn.task is Task.CASE_CLOSED:
        who, before = _("Closed"), _("We closed it on")
        said = [
            _("Do you think that it should be open? Call us on %(phone)s.")
            % {"phone": _phone(reading, council)}
        ]
    elif turn.task is Task.PLAN_FINISHED:
        who, before = _("Finished"), _("We sent you the plan on")
        said = [_("We look at the plan again with you at least once a year.")]
    else:
        who, before = _("Decided"), _("We decided this on")
        said = [
            _("Our letter says why. It also says how to ask for mediation, how to appeal, and by which day."),
            _("You do not need to do anything if you agree."),
        ]
    return Panel(
        kind="over",
        who=who,
        what=wording.ENDINGS[turn.task].said(reading),
        before=before,
        day=turn.until,
        after=".",
        said=said,
    )


def _phone(reading: CaseReading, council: CouncilSettings) -> str:
    return (reading.case.team.phone or council.phone).replace(" ", "\N{NO-BREAK SPACE}")
