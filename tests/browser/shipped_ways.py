"""The ways through the forms that we ship: at least two each, one of them without JavaScript."""

from typing import NamedTuple

from tests.browser.filling import OTHER, Way

SAM, ALEX, YUSUF = "sam.parent@example.org", "alex.parent@example.org", "yusuf.young@example.org"
HARPER = "harper.head@example.org"


class Shipped(NamedTuple):
    """One way through one form. `passes`: steps that it must come by; `about`: whom it is about, "" if not asked."""

    form: str
    name: str
    person: str
    way: Way
    passes: tuple[str, ...] = ()
    scripts: bool = True
    about: str = "Ada Parent"


PATHS = (
    Shipped(
        "parental-preference-form",
        "two schools and a meeting",
        SAM,
        Way(
            {
                "child-two-homes": "yes",
                "child-care": "yes",
                "want": "want-different",
                "school-name": ("Oakfield", OTHER),
                "agree": "agree-changes",
                "meet": "yes",
            },
            items={"schools": 2, "changes": 2},
        ),
        ("child-home", "schools", "living", "travel", "changes", "meeting"),
    ),
    Shipped(
        "parental-preference-form",
        "not in a school",
        ALEX,
        Way({"you-role": "role-young-person", "want": "want-eotas"}),
        ("eotas", "child-view"),
        scripts=False,
    ),
    Shipped(
        "annual-data-check",
        "all of it needs changing",
        SAM,
        Way(
            {
                "child-stage": "stage-junior",
                "child-ok": "child-ok-change",
                "you-ok": "you-ok-unseen",
                "contacts-ok": "contacts-ok-change",
                "contact-name": ("Gran Hill", "Jo Hill"),
                "contact-order": ("order-first", "order-second"),
                "court": "yes",
                "health-ok": "health-ok-change",
                "home-alone": "no",
            },
            items={"contacts": 2},
        ),
        (
            "child-change",
            "you-change",
            "contacts",
            "keeping-safe",
            "conditions",
            "allergies",
            "consents-page",
        ),
    ),
    Shipped(
        "annual-data-check",
        "all is right but who to call",
        ALEX,
        Way(
            {
                "child-stage": "stage-infant",
                "child-ok": "child-ok-right",
                "you-ok": "you-ok-right",
                "contacts-ok": "contacts-ok-change",
                "health-ok": "health-ok-right",
            },
            items={"contacts": 1},
            only_needed=True,
        ),
        ("few-contacts", "support-page", "travel"),
        scripts=False,
    ),
    Shipped(
        "trip-consent",
        "a week abroad by the sea, with medicine",
        SAM,
        Way(
            {
                "trip-kind": ["trip-night", "trip-adventure", "trip-water", "trip-abroad", "trip-meals"],
                "trip-start": "2026-01-12",
                "trip-end": "2026-01-16",
                "go": "go-but",
                "health-same": "health-change",
                "allergy": ["allergy-food", "allergy-insects"],
                "med-any": "yes",
                "emergency": "no",
                "photo": "yes",
            },
            items={"medicines": 2},
        ),
        ("conditions", "allergy-care", "medicines", "water", "adventure", "nights", "abroad", "treatment"),
    ),
    Shipped(
        "trip-consent",
        "may not go",
        ALEX,
        Way({"go": "go-no"}, only_needed=True),
        ("may-go",),
        scripts=False,
    ),
    Shipped(
        "parents-evening",
        "some teachers, in order, by phone",
        SAM,
        Way(
            {
                "come": "come-yes",
                "siblings": "yes",
                "teachers": "teachers-some",
                "teacher": ("Mr Moss", "Maths"),
                "no-time": "yes",
                "mode": "mode-phone",
                "support": ["support-interpreter", "support-quiet"],
            },
            items={"teacher-list": 2},
        ),
        ("teacher-list", "when", "meeting"),
    ),
    Shipped(
        "parents-evening",
        "cannot come",
        ALEX,
        Way({"come": "come-no", "instead": "instead-ring"}),
        ("cannot-come", "meeting"),
        scripts=False,
    ),
    Shipped(
        "change-of-contact-details",
        "a new home, and new people to call",
        SAM,
        Way(
            {
                "what": ["what-phone", "what-address", "what-emergency", "what-collect"],
                "child-moves": "moves-yes",
                "other-children": "yes",
                "address-from": "2022-03-01",
                "ec-name": ("Gran Hill", "Jo Hill"),
                "col-do": ("col-not",),
                "tell": ["tell-transport"],
                "safe": "yes",
            },
            items={"emergency": 2, "collect": 1},
        ),
        ("phone", "address-when", "moves", "school-and-travel", "emergency", "collect"),
    ),
    Shipped(
        "change-of-contact-details",
        "an email, a name and the child’s name in law",
        ALEX,
        Way(
            {
                "what": ["what-email", "what-name", "what-child-name", "what-child-address"],
                "child-name-kind": "kind-legal",
                "child-name-agreed": "agreed-court",
                "email-still": "no",
            }
        ),
        ("email", "name", "child-new-name", "child-address"),
        scripts=False,
    ),
    Shipped(
        "free-school-meals-amendment",
        "two pupils to add",
        HARPER,
        Way(
            {
                "a-type": "type-add",
                "pupil-year": ("year-1", "year-5"),
                "parent-ni": ("AB123456C", ""),
                "parent-nass": ("", "26/09/12345"),
                "parent-consent": ("yes", "no"),
            },
            items={"pupil-list": 2},
        ),
        ("pupil-list", "infants", "files"),
        about="Oakfield Primary School",
    ),
    Shipped(
        "free-school-meals-amendment",
        "wrong on the list",
        HARPER,
        Way({"a-type": "type-wrong", "pupil-year": ("year-9",)}, items={"pupil-list": 1}, only_needed=True),
        ("put-right",),
        scripts=False,
        about="Oakfield Primary School",
    ),
    Shipped(
        "free-school-meals-claim",
        "a couple who earned much in one month, two children",
        SAM,
        Way(
            {
                "claimer": "claimer-parent",
                "claim-from": "2026-06-01",
                "benefits": ["benefit-uc"],
                "earned-month": "700",
                "earned-three-months": "1900.50",
                "you-ni": "AB123456C",
                "you-nass": "",
                "partner": "yes",
                "partner-nass": "",
                "child-name": ("Ada Parent", "Ben Parent"),
                "child-year": ("year-3", "year-1"),
            },
            items={"child-list": 2},
        ),
        ("earnings", "earnings-longer", "may-be-no", "partner-about", "infants", "letters"),
    ),
    Shipped(
        "free-school-meals-claim",
        "asylum support, with the least that can be sent",
        ALEX,
        Way(
            {
                "claimer": "claimer-parent",
                "claim-from": "2026-10-01",
                "benefits": ["benefit-asylum"],
                "you-nass": "26/09/12345",
                "partner": "no",
            },
            items={"child-list": 1},
            only_needed=True,
        ),
        ("your-number", "child-list", "checking"),
        scripts=False,
    ),
    Shipped(
        "free-school-meals-claim",
        "no public funds",
        ALEX,
        Way(
            {
                "claimer": "claimer-parent",
                "claim-from": "2026-10-01",
                "benefits": ["benefit-no-funds"],
                "partner": "no",
                "check-consent": "no",
            },
            items={"child-list": 1},
            only_needed=True,
        ),
        ("no-funds", "letters"),
        scripts=False,
    ),
    Shipped(
        "unavoidable-closure-report",
        "part of the school, until a day",
        HARPER,
        Way(
            {
                "cl-about": "cl-new",
                "cl-extent": "extent-part",
                "cl-why": "why-other",
                "cl-from": "2026-01-12",
                "cl-open": "2026-01-14",
                "cl-help": ["help-none"],
            }
        ),
        ("reason", "sessions", "told"),
        about="Oakfield Primary School",
    ),
    Shipped(
        "unavoidable-closure-report",
        "open again",
        HARPER,
        Way(
            {"cl-about": "cl-again", "again-from": "2026-01-12", "again-day": "2026-01-14"}, only_needed=True
        ),
        ("open-again", "public-words"),
        scripts=False,
        about="Oakfield Primary School",
    ),
    Shipped(
        "ehc-needs-assessment-request",
        "a parent, two needs, two professionals",
        SAM,
        Way(
            {
                "ehc-who": "ehc-who-parent",
                "ehc-areas": ["ehc-areas-talk", "ehc-areas-feel"],
                "ehc-own-wanted": "yes",
            },
            items={"ehc-pros": 2},
        ),
        ("ehc-talk-needs", "ehc-feel-needs", "ehc-pros", "ehc-own-1"),
    ),
    Shipped(
        "ehc-needs-assessment-request",
        "a young person, with the least that can be sent",
        YUSUF,
        Way({"ehc-who": "ehc-who-young"}, only_needed=True),
        ("ehc-young-choices", "ehc-hard-page", "ehc-adult"),
        scripts=False,
        about="Yusuf Young",
    ),
    Shipped(
        "ehc-needs-assessment-request",
        "a school, with what it has done",
        HARPER,
        Way(
            {
                "ehc-who": "ehc-who-school",
                "ehc-child-year": "ehc-child-year-y12",
                "ehc-own-wanted": "no",
            },
            items={"ehc-cycles": 2},
        ),
        ("ehc-job", "ehc-post-16", "ehc-progress-page", "ehc-cycles"),
        scripts=False,
        about="",
    ),
    Shipped(
        "all-about-me",
        "a young person, every page",
        YUSUF,
        Way({"aam-by": "aam-by-me"}),
        ("aam-like-page", "aam-talk-page"),
        about="Yusuf Young",
    ),
    Shipped(
        "all-about-me",
        "with a parent's help, next to nothing said",
        SAM,
        Way({"aam-by": "aam-by-think"}, only_needed=True),
        ("aam-hard-page",),
        scripts=False,
    ),
    Shipped(
        "annual-review-parents-views",
        "another school, two outcomes",
        SAM,
        Way(
            {"arp-place": "arp-place-change", "arp-child-year": "arp-child-year-y2"},
            items={"arp-outcomes": 2},
        ),
        ("arp-outcomes", "arp-wishes"),
    ),
    Shipped(
        "annual-review-parents-views",
        "of somebody in Year 9, to stay",
        ALEX,
        Way({"arp-place": "arp-place-yes", "arp-child-year": "arp-child-year-y9"}),
        ("arp-adult",),
        scripts=False,
    ),
    Shipped(
        "annual-review-my-views",
        "a film for the meeting",
        YUSUF,
        Way({"ary-in": "ary-in-film"}),
        ("ary-own-1", "ary-next-page"),
        about="Yusuf Young",
    ),
    Shipped(
        "annual-review-my-views",
        "next to nothing",
        YUSUF,
        Way({"ary-in": "ary-in-say"}, only_needed=True),
        ("ary-meeting-page",),
        scripts=False,
        about="Yusuf Young",
    ),
    Shipped(
        "phase-transfer-preference",
        "to college, two choices",
        YUSUF,
        Way(
            {
                "pha-role": "pha-role-self",
                "pha-move": "pha-move-college",
                "pha-choice": ("Northgate", OTHER),
            },
            items={"pha-choices": 2},
        ),
        ("pha-choices", "pha-course"),
        about="Yusuf Young",
    ),
    Shipped(
        "phase-transfer-preference",
        "to secondary school",
        SAM,
        Way({"pha-role": "pha-role-parent", "pha-move": "pha-move-secondary"}),
        ("pha-choices", "pha-travel"),
        scripts=False,
    ),
    Shipped(
        "placing-request-scotland",
        "support needs, a sister there, moving home",
        SAM,
        Way(
            {
                "pla-role": "pla-role-parent",
                "pla-first": "Oakfield",
                "pla-second": "Northgate",
                "pla-third": OTHER,
                "pla-asked": "pla-asked-yes",
                "pla-asn": "yes",
                "pla-when-start": "pla-when-start-during",
                "pla-ticks": ["pla-ticks-family", "pla-ticks-moving"],
            }
        ),
        ("pla-support", "pla-pros", "pla-family", "pla-move", "pla-child-view"),
    ),
    Shipped(
        "placing-request-scotland",
        "a pupil of 16, no reason given",
        YUSUF,
        Way({"pla-role": "pla-role-self", "pla-when-start": "pla-when-start-august"}, only_needed=True),
        ("pla-choices", "pla-reasons"),
        scripts=False,
        about="Yusuf Young",
    ),
    Shipped(
        "complaint-or-mediation",
        "mediation, after the two months",
        SAM,
        Way({"com-what": "com-what-mediation", "com-letter": "2024-01-10", "com-wish": "com-wish-talk"}),
        ("com-late", "com-meeting", "com-right"),
    ),
    Shipped(
        "complaint-or-mediation",
        "a complaint about a school",
        ALEX,
        Way({"com-what": "com-what-school"}),
        ("com-happened-page", "com-so-far"),
        scripts=False,
    ),
)
