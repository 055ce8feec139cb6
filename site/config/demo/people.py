"""The demo's people. Made up, all of them."""

import datetime as dt
from dataclasses import dataclass

PASSWORD = "Schoolbag-demo-2026"  # noqa: S105 - the demo's, printed at every start


@dataclass(frozen=True)
class DemoDetails:
    """What somebody told us of herself: it gets her back in. These phone numbers belong to nobody."""

    born: dt.date
    house: str
    street: str
    postcode: str
    phone: str


@dataclass(frozen=True)
class DemoPerson:
    """`standing` is what `make run` prints beside the address; `role` is a group of `accounts.roles`."""

    email: str
    first_name: str
    last_name: str
    standing: str
    role: str = ""
    is_professional: bool = False
    details: DemoDetails | None = None


PEOPLE = (
    DemoPerson(
        "sam.parent@example.org",
        "Sam",
        "Parent",
        "mother of Ada and Ben",
        details=DemoDetails(dt.date(1988, 3, 27), "7", "Mill Lane", "MB1 4QT", "07700 900101"),
    ),
    DemoPerson(
        "alex.parent@example.org",
        "Alex",
        "Parent",
        "Ada's father, another household",
        details=DemoDetails(dt.date(1986, 11, 3), "16", "High Street", "MB2 7HD", "07700 900102"),
    ),
    DemoPerson(
        "noor.stranger@example.org",
        "Noor",
        "Stranger",
        "parent of nobody here",
        details=DemoDetails(dt.date(1991, 6, 9), "12", "Mill Lane", "MB1 4QX", "07700 900103"),
    ),
    DemoPerson(
        "yusuf.young@example.org",
        "Yusuf",
        "Young",
        "young person, 17, own case",
        details=DemoDetails(dt.date(2009, 2, 14), "20", "High Street", "MB2 7HD", "07700 900104"),
    ),
    DemoPerson(
        "pat.advocate@example.org",
        "Pat",
        "Advocate",
        "professional capacity",
        is_professional=True,
        details=DemoDetails(dt.date(1975, 9, 30), "Station House", "Station Road", "MB3 1AB", "07700 900105"),
    ),
    DemoPerson(
        "casey.worker@example.org", "Casey", "Worker", "caseworker, team North: Ada's case", "Caseworkers"
    ),
    DemoPerson("robin.worker@example.org", "Robin", "Worker", "caseworker, team South", "Caseworkers"),
    DemoPerson("morgan.manager@example.org", "Morgan", "Manager", "SEND manager, all teams", "SEND managers"),
    DemoPerson("harper.head@example.org", "Harper", "Head", "supervisor at Oakfield Primary"),
    DemoPerson("sol.bursar@example.org", "Sol", "Bursar", "standard user at Oakfield Primary"),
    DemoPerson("sunny.support@example.org", "Sunny", "Support", "support staff", "Support staff"),
    DemoPerson("erin.editor@example.org", "Erin", "Editor", "content editor", "Content editors"),
    DemoPerson("admin@example.org", "Ari", "Admin", "administrator", "Administrators"),
)
