"""What may become of an assignment: which state may follow which. Pure."""

from collections.abc import Mapping

# asked -> started -> submitted -> accepted. What was sent may be opened again; what waits may be withdrawn.
# Besides: where a draft was never sent and its time is over, what was started is put back (`forms_engine.expiry`).
FOLLOWS: Mapping[str, frozenset[str]] = {
    "asked": frozenset({"started", "submitted", "withdrawn"}),
    "started": frozenset({"submitted", "withdrawn"}),
    "submitted": frozenset({"accepted", "reopened"}),
    "accepted": frozenset({"reopened"}),
    "reopened": frozenset({"started", "submitted", "withdrawn"}),
    "withdrawn": frozenset(),
}


def before(then: str) -> frozenset[str]:
    """The states from which `then` may follow: what an UPDATE to it must find."""
    return frozenset(now for now, following in FOLLOWS.items() if then in following)
