"""The demo's schools, children and cases. Days are counted back from the day that the demo is loaded."""

from dataclasses import dataclass

SCHOOLS = (("Oakfield Primary School", "Milton Cross"), ("Northgate Secondary School", "Milton Cross"))


@dataclass(frozen=True)
class DemoChild:
    first_name: str
    last_name: str
    age: int  # years
    school: str
    parents: tuple[str, ...] = ()  # email addresses of those linked


@dataclass(frozen=True)
class DemoCase:
    """`events`: (event id, days ago), as `casework/rules/timetable.py` names them."""

    child: str  # full name
    team: str
    caseworker: str
    requested_by: str
    events: tuple[tuple[str, int], ...]
    access: tuple[tuple[str, str], ...] = ()  # (email address, capacity)
    asks: tuple[str, ...] = ()  # email addresses of those asked for the Parental Preference Form


OAKFIELD, NORTHGATE = (name for name, town in SCHOOLS)
SAM, ALEX, YUSUF = "sam.parent@example.org", "alex.parent@example.org", "yusuf.young@example.org"
NORTH, SOUTH = "SEND team North", "SEND team South"
# Forms that team South is told of; team North is told of all others.
FORMS_OF_SOUTH = ("complaint-or-mediation", "placing-request-scotland")
CASEY, ROBIN = "casey.worker@example.org", "robin.worker@example.org"

CHILDREN = (
    DemoChild("Ada", "Parent", 7, OAKFIELD, (SAM, ALEX)),
    DemoChild("Ben", "Parent", 5, OAKFIELD, (SAM,)),
    DemoChild("Yusuf", "Young", 17, NORTHGATE, (YUSUF,)),
    DemoChild("Chidi", "Okafor", 9, OAKFIELD),
    DemoChild("Maya", "Lindqvist", 10, OAKFIELD),
    DemoChild("Tom", "Ashworth", 6, OAKFIELD),
    DemoChild("Leila", "Haddad", 8, OAKFIELD),
    DemoChild("Rhys", "Pritchard", 12, NORTHGATE),
    DemoChild("Zofia", "Nowak", 13, NORTHGATE),
    DemoChild("Dev", "Raman", 14, NORTHGATE),
    DemoChild("Ruby", "O’Hara", 11, NORTHGATE),
    DemoChild("Kofi", "Mensah-Adeyemi", 15, NORTHGATE),
)

CASES = (
    # The draft has just gone out: both parents are asked for their preference, each in a form of their own.
    DemoCase(
        "Ada Parent",
        NORTH,
        CASEY,
        "Sam Parent",
        (("request-received", 106), ("assessment-agreed", 70), ("plan-agreed", 18), ("draft-served", 8)),
        ((SAM, "parent"), (ALEX, "parent")),
        (SAM, ALEX),
    ),
    DemoCase(
        "Ben Parent", NORTH, CASEY, "Oakfield Primary School", (("request-received", 12),), ((SAM, "parent"),)
    ),
    DemoCase(
        "Yusuf Young",
        SOUTH,
        ROBIN,
        "Yusuf Young",
        (("request-received", 80), ("assessment-agreed", 45)),
        ((YUSUF, "young-person"),),
    ),
    # Late: six weeks have passed without a decision.
    DemoCase("Chidi Okafor", NORTH, CASEY, "Oakfield Primary School", (("request-received", 55),)),
    DemoCase(
        "Maya Lindqvist", NORTH, CASEY, "Ines Lindqvist", (("request-received", 30), ("assessment-agreed", 4))
    ),
    DemoCase(
        "Tom Ashworth",
        SOUTH,
        ROBIN,
        "Oakfield Primary School",
        (("request-received", 60), ("assessment-refused", 22)),
    ),
    DemoCase(
        "Rhys Pritchard",
        SOUTH,
        ROBIN,
        "Northgate Secondary School",
        (
            ("request-received", 150),
            ("assessment-agreed", 112),
            ("plan-agreed", 45),
            ("draft-served", 42),
            ("comments-received", 30),
            ("final-issued", 12),
        ),
    ),
    DemoCase(
        "Zofia Nowak",
        NORTH,
        CASEY,
        "Marta Nowak",
        (("request-received", 118), ("assessment-agreed", 80), ("plan-agreed", 20)),
    ),
)
