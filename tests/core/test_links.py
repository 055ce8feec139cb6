"""What of a name a mail program would make a link of, and what is a name like any other."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.links import looks_like_link, unlinked

NAMES = [
    *(
        "Sam",
        "J",
        "J.Smith",
        "J. Smith",
        "Dr. J.Smith",
        "J.R.R.Tolkien",
        "O'Neil",
        "O’Neill-Zebrax",
        "St. John",
    ),
    *(
        "St.John",
        "Ma.Teresa",
        "Md.Rahman",
        "Sammy Davis Jr.",
        "Davis,Jr.",
        "Anna, M.Sc.",
        "Ph.D.",
        "van der Berg",
    ),
    *(
        "X Æ A-12",
        "李",
        "Нина",
        "अंजलि",
        "محمد",
        "Zoë 🙂",
        "🙂",
        "Sam/Alex",
        "Sam (Mum)",
        "Who... me?",
        "No.1 Team",
    ),
    *(
        "www",
        "Wwwinnie",
        "SEND team North",
        "St. Mary's C.E. Primary School",
        "St.Mary's",
        "J. Ly",
        "To",
        "Me",
    ),
]
LINKS = [
    *("Click https://evil.example", "HTTPS://EVIL.EXAMPLE", "evil.example", "Go to evil.com now", "Evil.Com"),
    *(
        "www.evil",
        "WWW.evil",
        "t.co",
        "T.Me",
        "x.com/a",
        "bit.ly/abc",
        "me@evil.example",
        "(evil.com)",
        "evil.com.",
    ),
    *("...evil.com", "evil\u200b.com", "evil\u3002com", "evil\uff61com", "evil\uff0ecom", "evil\u2024com"),
    *(
        "\uff45vil.\uff43om",
        "evil.xn--p1ai",
        "пример.рф",
        "उदाहरण.परीक्षा",
        "münchen.de",
        "🙂.com",
        "st.john.com",
    ),
    *("ftp://1.2.3.4", "http://[::1]/"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_link_and_stays_as_it_is(name: str) -> None:
    assert not looks_like_link(name)
    assert unlinked(name) == name


@pytest.mark.parametrize("text", LINKS)
def test_what_a_mail_program_makes_a_link_of_is_found_and_taken_apart(text: str) -> None:
    assert looks_like_link(text)
    assert not looks_like_link(unlinked(text))


PART = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


@given(st.lists(PART, min_size=1, max_size=4), st.sampled_from([" ", "-", "'", "’", ". ", ", "]))
def test_letters_with_what_stands_between_them_in_names_are_never_refused(
    parts: list[str], sign: str
) -> None:
    assert not looks_like_link(sign.join(parts))


ASCII = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=12)


@given(PART, ASCII, st.sampled_from(["com", "example", "co.uk", "CO"]), PART)
def test_an_address_is_found_wherever_it_stands(before: str, host: str, ending: str, after: str) -> None:
    assert looks_like_link(f"{before} {host}.{ending} {after}")


@given(st.text(max_size=60))
@example("www.www.a")
@example("a:://b")
def test_taken_apart_nothing_is_a_link(text: str) -> None:
    assert not looks_like_link(unlinked(text))
