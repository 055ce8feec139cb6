import logging
import sys

import pytest

from core.logs import NoPersonalData

pytestmark = pytest.mark.capability("A32")


def logged(message: str, *args: object) -> str:
    record = logging.LogRecord("name", logging.INFO, "path", 1, message, args, sys.exc_info())
    assert NoPersonalData().filter(record)
    return logging.Formatter().format(record)


@pytest.mark.parametrize(
    "line",
    [
        ("Sent to sam.parent@example.org",),
        ("Sent to %s", "sam.parent@example.org"),
        ("Refused: %s", {"email": "sam.parent@example.org"}),
    ],
)
def test_no_email_address_reaches_the_log(line: tuple[str, ...]) -> None:
    assert "sam.parent" not in logged(*line)


def test_a_link_that_opens_something_does_not_reach_the_log() -> None:
    line = logged("Gone: %s", "/forgotten-password/choose/GqYG4PWImTT_4tmFniirFkxDTaJwuDDcAiqZSzhXY6E/")
    assert line.splitlines()[0] == "Gone: /forgotten-password/choose/(token)/"


@pytest.mark.parametrize(
    "path",
    ["/forms/begin/ehc-needs-assessment-request/", "/forms/2bde0579-6968-4d2f-92e3-68c6f0a7ea4b/check/"],
)
def test_other_addresses_can_be_read(path: str) -> None:
    assert path in logged("Not Found: %s", path)


@pytest.mark.parametrize("piece", ["a", "a.", "a@", "@", "a@a.", "/A", "DETAIL:\n", "LINE 1:"])
def test_a_line_that_is_made_to_be_long_takes_as_long_as_it_is(piece: str) -> None:
    """A filter of twice the work for each character would be busy for minutes."""
    logged("Not Found: /%s", piece * 100_000)


def test_nor_does_one_that_an_error_quotes() -> None:
    try:
        raise ValueError("Key (email_key)=(sam.parent@example.org) already exists.")
    except ValueError:
        line = logged("Failed")
    assert "already exists" in line
    assert "sam.parent" not in line


def test_what_a_database_quotes_of_somebodys_answers_stays_out_of_the_log() -> None:
    quoting = (
        "unsupported Unicode escape sequence\n"
        """LINE 1: ...('{"story": "She cries at school", "more": ...\n"""
        "DETAIL:  \\u0000 cannot be converted to text.\n"
        """CONTEXT:  JSON data, line 1: {"story": "She cries at school\n\nand at home"""
    )
    try:
        try:
            raise ValueError(quoting)
        except ValueError as error:
            raise RuntimeError("Saving failed") from error
    except RuntimeError:
        line = logged("Internal Server Error: %s", quoting)
    assert "unsupported Unicode escape sequence" in line
    assert "Saving failed" in line
    assert "cries" not in line
    assert "at home" not in line


def test_other_lines_stay_as_they_are() -> None:
    assert logged("Seal %s %s", "audit", 3).startswith("Seal audit 3")
