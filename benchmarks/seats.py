"""Who stands where when a measurement begins: signed-in people, and the addresses that they open and post to."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

COUNT = 16


@dataclass(frozen=True)
class Seat:
    """One person with her session; `draft` is the form that she fills in (product only)."""

    session: str
    draft: str = ""
    cookie: str = "sessionid"

    @property
    def cookies(self) -> dict[str, str]:
        return {self.cookie: self.session}


def keep(name: str, seats: list[Seat]) -> None:
    _file(name).write_text(json.dumps([asdict(seat) for seat in seats]))


def taken(name: str, folder: str = "") -> list[Seat]:
    return [Seat(**row) for row in json.loads(_file(name, folder).read_text())]


def _file(name: str, folder: str = "") -> Path:
    return Path(folder or os.environ["SCHOOLBAG_VAR"]) / f"seats-{name}.json"
