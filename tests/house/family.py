"""One family's papers, another's case, and the site's own things: what the access test asks for by every URL."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any

import wagtail_factories
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Page, Site

from accounts.limits import PAIR
from accounts.models import DisabledAccount, Invitation, PersonalDetails, User
from casework.actions.ask_for_form import ask_for_form
from casework.models import Action, Case, CaseAccess
from core import outbox
from core.dates import today
from core.models import CouncilSettings, LimitReached, OutboxItem
from families.models import ChildLink
from forms_engine import last_copies
from forms_engine.importing import import_form
from forms_engine.models import (
    Assignment,
    Delivery,
    Draft,
    FormDefinition,
    LastCopy,
    PrivacyNotice,
    Submission,
    SubmissionFile,
    Upload,
)
from guidance.models import GuidePage
from home.models import HomePage
from schools.models import Child, DetailsAsked, Membership, School
from tests import people
from tests.conftest import sign_in_client
from tests.factories import (
    CaseAccessFactory,
    CaseFactory,
    ChildFactory,
    ChildLinkFactory,
    SchoolFactory,
    TeamFactory,
    UserFactory,
)
from tests.forms_engine.conftest import Browser, pdf_file
from tests.house.access_rules import FAMILY_SIDE

ITEM = "aaaa0001"
FORM: dict[str, Any] = {
    "slug": "wishes",
    "title": "Wishes",
    "reference_prefix": "WSH",
    "handler": "casework.action",
    "lifetime_days": 90,
    "sections": [
        {
            "id": "wishes",
            "title": "What you wish for {child}",
            "steps": [
                {
                    "id": "you",
                    "kind": "questions",
                    "title": "About you",
                    "questions": [
                        {"id": "story", "type": "long_text", "label": "What should we know?"},
                        {"id": "reports", "type": "file", "label": "Add a report"},
                    ],
                },
                {
                    "id": "choices",
                    "kind": "group",
                    "title": "The schools you want",
                    "group": {"least": 0, "most": 3, "item_name": "school", "title_question": "which"},
                    "questions": [{"id": "which", "type": "short_text", "label": "Which school?"}],
                },
                {"id": "check", "kind": "check", "title": "Check your answers"},
            ],
        }
    ],
}


@dataclass(frozen=True)
class Words:
    """What one parent alone has written, as words that stand nowhere else."""

    typed: str
    draft_file: str
    sent: str
    sent_file: str


@dataclass(frozen=True)
class Papers:
    """What one parent has with the council: a form that she sent with a file, and one half filled in.

    `helper` of the staff fills that one in for her; `team` of the staff reads what was sent. `is_shut`: what they are
    about is open to her no more. `waiting` and `done` are the actions of a case, if they are about one.
    """

    owner: str
    words: Words
    child: Child
    team: frozenset[str]
    asked: Assignment
    draft: Draft
    last_copy: LastCopy
    upload: Upload
    submission: Submission
    file: SubmissionFile
    delivery: Delivery
    waiting: Action | None = None
    done: Action | None = None
    helper: str = ""
    is_shut: bool = False


@dataclass(frozen=True)
class Family:
    people: dict[str, User]
    case: Case
    other_case: Case
    papers: tuple[Papers, Papers]
    # Asked for by the URLs of papers alone, for they are no part of the case, or not any more.
    others: tuple[Papers, ...]
    dead_letter: OutboxItem
    wait: LimitReached
    form: FormDefinition
    other_form: FormDefinition
    unpublished_form: FormDefinition
    notice: PrivacyNotice
    home: Page
    page: Page
    alias: Page
    document: Document
    image: Image
    school: School

    @property
    def secrets(self) -> dict[str, set[str]]:
        """Every word that is private -> who may read it, on whatever page it stands."""
        team = {"casey_worker", "morgan_manager"}
        rows = {
            self.case.child.first_name: {"sam_parent", "alex_parent", *team},
            self.case.child.last_name: {"sam_parent", "alex_parent", *team},
            self.case.reference: {"sam_parent", "alex_parent", *team},
            self.other_case.child.first_name: {"yusuf_young", "robin_worker", "morgan_manager"},
            self.other_case.reference: {"yusuf_young", "robin_worker", "morgan_manager"},
        }
        for papers in (*self.papers, *self.others):
            own = set[str]() if papers.is_shut else {papers.owner}
            mine, ours = own | {papers.helper}, own | papers.team
            rows |= {
                papers.words.typed: mine,
                papers.words.draft_file: mine,
                papers.words.sent: ours,
                papers.words.sent_file: ours,
                papers.submission.reference: ours,
                self.people[papers.owner].email: {papers.owner, *team},
            }
        for papers in self.others:
            if papers.child != self.case.child:
                own = {each.owner for each in self.others if each.child == papers.child and not each.is_shut}
                rows[papers.child.first_name] = own | papers.team
        return rows

    def words(self, papers: Papers) -> dict[str, str]:
        """What the table of access calls the words that an owner must see."""
        return {
            "child": papers.child.first_name,
            "form": papers.submission.version.form.title,
            "case": self.case.reference,
            "typed": papers.words.typed,
            "draft file": papers.words.draft_file,
            "sent": papers.words.sent,
            "sent file": papers.words.sent_file,
            "reference": papers.submission.reference,
            "dead letter": str(self.dead_letter.pk)[:8],
            "page": self.page.title,
            "document": "ordnance",
        }


def build() -> Family:
    """All of it, made as the site makes it. In the caller's transaction."""
    everybody = {name: people.make(name) for name in people.MAKERS}
    for name in FAMILY_SIDE:
        # Nobody has made sure yet who they are.
        details = {"identity": PersonalDetails.Identity.NOT_MATCHED, "identity_at": timezone.now()}
        PersonalDetails.objects.update_or_create(user=everybody[name], defaults=details)
    form, other_form = _form(FORM), _form(FORM | {"slug": "other", "title": "Other"})
    forms = (form, _form(FORM | {"slug": "wishes-again"}))
    case = CaseFactory(
        drafted=True,
        child=ChildFactory(first_name="Zebrax", last_name="Quaggafield"),
        team=TeamFactory(name="North"),
        caseworker=everybody["casey_worker"],
    )
    for name in ("sam_parent", "alex_parent"):
        ChildLinkFactory(child=case.child, person=everybody[name])
    for name in ("sam_parent", "alex_parent", "pat_advocate"):
        CaseAccessFactory(case=case, person=everybody[name])
    sams = Words("okapistory", "gnureport", "tapirwish", "kudureport")
    alexs = Words("bongostory", "elandreport", "oryxwish", "sitatungareport")
    _invited(everybody["morgan_manager"], "council", "Caseworkers")
    school = _school(everybody)
    home = _home_page()
    page = _guide(home)
    return Family(
        people=everybody,
        case=case,
        other_case=_other_case(everybody),
        papers=(
            _papers_of_case("sam_parent", sams, case, forms, everybody),
            _papers_of_case("alex_parent", alexs, case, forms, everybody, helper="casey_worker"),
        ),
        others=(*_papers_of_team(everybody), _papers_after_access(case, forms, everybody)),
        dead_letter=_dead_letter(),
        wait=_wait(everybody["sam_parent"]),
        form=form,
        other_form=other_form,
        unpublished_form=_form(FORM | {"slug": "later", "title": "Later"}, publish=False),
        notice=PrivacyNotice.objects.create(title="Your data", slug="your-data", text="<p>Kept safe.</p>"),
        home=home,
        page=page,
        alias=page.create_alias(parent=home, update_slug="how-to-sign-in-too"),
        document=Document.objects.create(title="Map", file=pdf_file("map.pdf", text="ordnance")),
        school=school,
        image=wagtail_factories.ImageFactory(collection=Collection.get_first_root_node()),
    )


def _invited(by: User, kind: str, what: str, place: uuid.UUID | None = None) -> None:
    """Somebody was asked to work here, and has not come yet."""
    made = Invitation(name="Kim New", email="kim.new@example.org", kind=kind, what=what, place=place)
    made.invited_by = by
    made.issue()
    made.save()


def _school(everybody: dict[str, User]) -> School:
    """With a supervisor, a standard user, and one whose account nobody has used for long."""
    school: School = SchoolFactory(name="Oakfield")
    unused = UserFactory(first_name="Uma", disabled=True)
    DisabledAccount.objects.create(user=unused, why=DisabledAccount.Why.UNUSED)
    for person, standing in (
        (everybody["harper_head"], Membership.Standing.SUPERVISOR),
        (everybody["sol_bursar"], Membership.Standing.STANDARD),
        (unused, Membership.Standing.STANDARD),
    ):
        held = Membership.objects.create(
            person=person, school=school, standing=standing, since=dt.date(2024, 9, 1)
        )
        right = {"first_name": "Charlie", "last_name": person.last_name, "email": person.email}
        DetailsAsked.objects.create(membership=held, asked_at=timezone.now(), **right)
    _invited(everybody["harper_head"], "school", Membership.Standing.STANDARD, school.pk)
    return school


def _form(data: dict[str, Any], *, publish: bool = True) -> FormDefinition:
    import_form(data, publish=publish)
    return FormDefinition.objects.get(slug=data["slug"])


def _papers_of_case(
    owner: str,
    words: Words,
    case: Case,
    forms: tuple[FormDefinition, FormDefinition],
    everybody: dict[str, User],
    helper: str = "",
) -> Papers:
    """The first of `forms` sent, and the second in progress: what waits already is not opened again.

    That one is begun and filled in by `helper` of the staff, if one is named.
    """
    sent, begun = forms
    person, casey = everybody[owner], everybody["casey_worker"]
    client = sign_in_client(Client(), person)
    done = _ask(case, sent, person, casey)
    submission = _send(_begin(client, done), words)
    waiting = _ask(case, begun, person, casey)
    if helper:
        at_desk = sign_in_client(Client(), everybody[helper])
        told = {"person": person.pk, "form": begun.pk, "how": "phone", "on": today()}
        at_desk.post(reverse("case_fill_in", args=[case.pk]), told)
        in_progress = Browser(at_desk, _draft_of(waiting.assignment))
    else:
        in_progress = _begin(client, waiting)
    return _papers(
        owner,
        words,
        case.child,
        submission,
        in_progress,
        team=frozenset({"casey_worker", "morgan_manager"}),
        waiting=waiting,
        done=done,
        helper=helper,
    )


def _papers_after_access(
    case: Case, forms: tuple[FormDefinition, FormDefinition], everybody: dict[str, User]
) -> Papers:
    """Of somebody whose access to the case ended yesterday, with a form sent and one half filled in."""
    words = Words("nyalastory", "topireport", "bontebokwish", "lechwereport")
    papers = _papers_of_case("pat_advocate", words, case, forms, everybody)
    CaseAccess.objects.filter(person=everybody["pat_advocate"]).update(until=today() - dt.timedelta(1))
    return replace(papers, is_shut=True)


def _papers_of_team(everybody: dict[str, User]) -> tuple[Papers, Papers]:
    """A form that a team reads, about a linked child without a case: of a parent, and of one whose link has ended."""
    form = _form(FORM | {"slug": "to-a-team", "handler": "accounts.team", "offered_to": "families"})
    everybody["robin_worker"].teams.get().forms.add(form)
    child = ChildFactory(first_name="Quokkalina", last_name="Tahrfield")
    sams = Words("chitalstory", "nilgaireport", "sambarwish", "muntjacreport")
    pats = Words("pudustory", "brocketreport", "guanacowish", "vicunareport")
    mine, shut = (
        _paper_of_team(owner, words, child, form, everybody)
        for owner, words in (("sam_parent", sams), ("pat_advocate", pats))
    )
    ChildLink.objects.filter(person=everybody["pat_advocate"]).update(until=today() - dt.timedelta(1))
    return mine, replace(shut, is_shut=True)


def _paper_of_team(
    owner: str, words: Words, child: Child, form: FormDefinition, everybody: dict[str, User]
) -> Papers:
    ChildLinkFactory(child=child, person=everybody[owner])
    client = sign_in_client(Client(), everybody[owner])
    submission = _send(_begin_unasked(client, form, child), words)
    in_progress = _begin_unasked(client, form, child)
    return _papers(owner, words, child, submission, in_progress, team=frozenset({"robin_worker"}))


def _papers(
    owner: str, words: Words, child: Child, submission: Submission, in_progress: Browser, **more: Any
) -> Papers:
    """Fills in the one in progress, and leaves what would be left of it."""
    _fill_in(in_progress, words.typed, words.draft_file)
    last_copies.leave(in_progress.draft, timezone.now())
    return Papers(
        owner=owner,
        words=words,
        child=child,
        asked=in_progress.draft.assignment,
        draft=in_progress.draft,
        last_copy=LastCopy.objects.latest("added_at"),
        upload=Upload.objects.get(party__draft=in_progress.draft),
        submission=submission,
        file=submission.files.get(role=SubmissionFile.Role.UPLOAD),
        delivery=_given_up(submission.deliveries.get()),
        **more,
    )


def _given_up(delivery: Delivery) -> Delivery:
    OutboxItem.objects.filter(pk=delivery.item_id).update(state=OutboxItem.State.DEAD)
    return delivery


def _ask(case: Case, form: FormDefinition, person: User, by: User) -> Action:
    [action] = ask_for_form(case, form, [person], due=today() + dt.timedelta(6), why="", by=by, today=today())
    return action


def _begin(client: Client, action: Action) -> Browser:
    client.post(reverse("forms:assignment", args=[action.assignment_id]))
    return Browser(client, _draft_of(action.assignment))


def _begin_unasked(client: Client, form: FormDefinition, child: Child) -> Browser:
    client.post(reverse("forms:begin", args=[form.slug]), {"about": str(child.pk)})
    asked = Assignment.objects.filter(form=form, state=Assignment.State.STARTED)
    return Browser(client, _draft_of(asked.latest("asked_at")))


def _send(browser: Browser, words: Words) -> Submission:
    """The form that was filled in and sent, its PDF made."""
    _fill_in(browser, words.sent, words.sent_file)
    browser.post("check", {})
    submission = Submission.objects.get(draft_id=browser.draft.pk)
    browser.client.get(reverse("forms:sent_pdf", args=[submission.pk]))
    return submission


def _draft_of(asked: Assignment) -> Draft:
    return Draft.objects.get(assignment=asked, submitted_at=None)


def _fill_in(browser: Browser, story: str, file: str) -> None:
    """One answer, one item of a group, and a file that holds its own name."""
    browser.post("you", {"q-story": story, "q-reports": pdf_file(f"{file}.pdf", text=file)})
    browser.post("choices", {"q-which": story}, ITEM)


def _other_case(everybody: dict[str, User]) -> Case:
    """Another family's case, with the other team."""
    case = CaseFactory(
        drafted=True,
        child=ChildFactory(first_name="Narwhalis", last_name="Young"),
        team=TeamFactory(name="South"),
        caseworker=everybody["robin_worker"],
    )
    young = CaseAccess.Capacity.YOUNG_PERSON
    CaseAccessFactory(case=case, person=everybody["yusuf_young"], capacity=young)
    return case


def _wait(person: User) -> LimitReached:
    """Somebody guesses at her password."""
    since = timezone.now()
    return LimitReached.objects.create(
        key="k", scope=PAIR.scope, person_id=person.pk, since=since, until=since + dt.timedelta(days=1)
    )


def _dead_letter() -> OutboxItem:
    item = outbox.put("email_person", {"person": str(uuid.uuid4()), "template": "case-news", "context": {}})
    item.state = OutboxItem.State.DEAD
    item.save(update_fields=["state"])
    return item


def _home_page() -> Page:
    site = Site.objects.get(is_default_site=True)
    home: Page = site.root_page.add_sibling(instance=HomePage(title="Home", slug="the-home"), pos="right")
    site.root_page = home
    site.save()
    CouncilSettings.objects.get_or_create(site=site)
    return home


def _guide(home: Page) -> Page:
    """A page with something unpublished."""
    page: Page = home.add_child(instance=GuidePage(title="How to sign in", slug="how-to-sign-in"))
    page.save_revision()
    return page
