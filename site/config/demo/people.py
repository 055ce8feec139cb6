"""The demo's people. Made up, all of them."""

from dataclasses import dataclass

PASSWORD = "Schoolbag-demo-2026"  # noqa: S105 - the demo's, printed at every start


@dataclass(frozen=True)
class DemoPerson:
    """`standing` is what `make run` prints beside the address; `role` is a group of `accounts.roles`."""

    email: str
    first_name: str
    last_name: str
    standing: str
    role: str = ""
    is_professional: bool = False


PEOPLE = (
    DemoPerson("sam.parent@example.org", "Sam", "Parent", "mother of Ada and Ben"),
    DemoPerson("alex.parent@example.org", "Alex", "Parent", "Ada's father, another household"),
    DemoPerson("noor.stranger@example.org", "Noor", "Stranger", "parent of nobody here"),
    DemoPerson("yusuf.young@example.org", "Yusuf", "Young", "young person, 17, own case"),
    DemoPerson("pat.advocate@example.org", "Pat", "Advocate", "professional capacity", is_professional=True),
    DemoPerson(
        "casey.worker@example.org", "Casey", "Worker", "caseworker, team North: Ada's case", "Caseworkers"
    ),
    DemoPerson("robin.worker@example.org", "Robin", "Worker", "caseworker, team South", "Caseworkers"),
    DemoPerson("morgan.manager@example.org", "Morgan", "Manager", "SEND manager, all teams", "SEND managers"),
    DemoPerson("harper.head@example.org", "Harper", "Head", "supervisor at Oakfield Primary"),
    DemoPerson("sol.bursar@example.org", "Sol", "Bursar", "standard user at Oakfield Primary"),
    DemoPerson("erin.editor@example.org", "Erin", "Editor", "content editor", "Content editors"),
    DemoPerson("admin@example.org", "Ari", "Admin", "administrator", "Administrators"),
)
