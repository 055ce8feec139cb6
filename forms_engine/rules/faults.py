"""What is wrong with a form, said in one shape by the schema, the structure's checks and the page of checks.

Said in English, not through gettext: rules know nothing of Django, and no family reads this. It is for whoever writes
JSON, and for the admin, which is in English alone; `publishing.py` puts it into an editor's words.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong: its place in the JSON ("$.sections[0].title"), and what.

    The place is a line where the text is no JSON at all.
    """

    path: str
    message: str


Faults = Iterator[Fault]
