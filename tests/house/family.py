"""One family's papers, another's case, and the site's own things: what the access test asks for by every URL."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import wagtail_factories
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Page, Site

from accounts.models import User
from casework.actions.ask_for_form import ask_for_form
from casework.models import Action, Case, CaseAccess
from core import outbox
from core.dates import today
from core.models import CouncilSettings, OutboxItem
from forms_engine import last_copies
from forms_engine.importing import import_form
from forms_engine.models import Delivery, Draft, FormDefinition, LastCopy, Submission, SubmissionFile, Upload
from guidance.models import GuidePage
from home.models import HomePage
from tests import people
from tests.conftest import sign_in_client
from tests.factories import CaseAccessFactory, CaseFactory, ChildFactory, ChildLinkFactory, TeamFactory
from tests.forms_engine.conftest import Browser, pdf_file

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
    """What one parent has with the council: a form that she sent with a file, and one half filled in."""

    owner: str
    words: Words
    waiting: Action
    draft: Draft
    last_copy: LastCopy
    upload: Upload
    done: Action
    submission: Submission
    file: SubmissionFile
    delivery: Delivery


@dataclass(frozen=True)
class Family:
    people: dict[str, User]
    case: Case
    other_case: Case
    papers: tuple[Papers, Papers]
    dead_letter: OutboxItem
    form: FormDefinition
    other_form: FormDefinition
    home: Page
    page: Page
    document: Document
    image: Image

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
        for papers in self.papers:
            mine, ours = {papers.owner}, {papers.owner, *team}
            rows |= {
                papers.words.typed: mine,
                papers.words.draft_file: mine,
                papers.words.sent: ours,
                papers.words.sent_file: ours,
                papers.submission.reference: ours,
                self.people[papers.owner].email: ours,
            }
        return rows

    def words(self, papers: Papers) -> dict[str, str]:
        """What the table of access calls the words that an owner must see."""
        return {
            "child": self.case.child.first_name,
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
    form, other_form = (
        _published(FORM),
        _published(FORM | {"slug": "other", "title": "Other", "offered_to": "families"}),
    )
    case = CaseFactory(
        drafted=True,
        child=ChildFactory(first_name="Zebrax", last_name="Quaggafield"),
        team=TeamFactory(name="North"),
        caseworker=everybody["casey_worker"],
    )
    for name in ("sam_parent", "alex_parent"):
        CaseAccessFactory(case=case, person=everybody[name])
        ChildLinkFactory(child=case.child, person=everybody[name])
    sams = Words("okapistory", "gnureport", "tapirwish", "kudureport")
    alexs = Words("bongostory", "elandreport", "oryxwish", "sitatungareport")
    home = _home_page()
    return Family(
        people=everybody,
        case=case,
        other_case=_other_case(everybody),
        papers=(
            _papers("sam_parent", sams, case, form, everybody),
            _papers("alex_parent", alexs, case, form, everybody),
        ),
        dead_letter=_dead_letter(),
        form=form,
        other_form=other_form,
        home=home,
        page=_guide(home),
        document=Document.objects.create(title="Map", file=pdf_file("map.pdf", text="ordnance")),
        image=wagtail_factories.ImageFactory(collection=Collection.get_first_root_node()),
    )


def _published(data: dict[str, Any]) -> FormDefinition:
    import_form(data, publish=True)
    return FormDefinition.objects.get(slug=data["slug"])


def _papers(owner: str, words: Words, case: Case, form: FormDefinition, everybody: dict[str, User]) -> Papers:
    person = everybody[owner]
    client = sign_in_client(Client(), person)
    done = _ask(case, form, person, everybody["casey_worker"])
    sent = _fill_in(client, done, words.sent, words.sent_file)
    sent.post("check", {})
    submission = Submission.objects.get(draft_id=sent.draft.pk)
    client.get(reverse("forms:sent_pdf", args=[submission.pk]))
    waiting = _ask(case, form, person, everybody["casey_worker"])
    open_form = _fill_in(client, waiting, words.typed, words.draft_file)
    last_copies.leave(open_form.draft, timezone.now())
    return Papers(
        owner=owner,
        words=words,
        waiting=waiting,
        draft=open_form.draft,
        last_copy=LastCopy.objects.get(person=person),
        upload=Upload.objects.get(party__draft=open_form.draft),
        done=done,
        submission=submission,
        file=submission.files.get(role=SubmissionFile.Role.UPLOAD),
        delivery=_given_up(submission.deliveries.get()),
    )


def _given_up(delivery: Delivery) -> Delivery:
    OutboxItem.objects.filter(pk=delivery.item_id).update(state=OutboxItem.State.DEAD)
    return delivery


def _ask(case: Case, form: FormDefinition, person: User, by: User) -> Action:
    [action] = ask_for_form(case, form, [person], due=today() + dt.timedelta(6), why="", by=by, today=today())
    return action


def _fill_in(client: Client, action: Action, story: str, file: str) -> Browser:
    """A form begun, with one answer, one item of a group, and a file that holds its own name."""
    client.post(reverse("forms:assignment", args=[action.assignment_id]))
    browser = Browser(client, Draft.objects.get(assignment=action.assignment_id, submitted_at=None))
    browser.post("you", {"q-story": story, "q-reports": pdf_file(f"{file}.pdf", text=file)})
    browser.post("choices", {"q-which": story}, ITEM)
    return browser


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
