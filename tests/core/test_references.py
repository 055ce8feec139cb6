import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.references import ALPHABET, checked, new_reference

PREFIXES = ["PP", "EHC", "ABCD"]
BODIES = st.text(ALPHABET, min_size=7, max_size=7)


def is_right(reference: str) -> bool:
    """Whether the last character is the one that the others call for."""
    prefix, first, second = reference.split("-")
    return checked(prefix, first + second[:-1]) == reference


REFERENCES = st.builds(checked, st.sampled_from(PREFIXES), BODIES).filter(bool)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_fresh_reference_has_the_right_last_character(prefix: str) -> None:
    assert is_right(new_reference(prefix))


@given(REFERENCES, st.data())
def test_no_character_can_be_mistyped_unnoticed(reference: str, data: st.DataObject) -> None:
    place = data.draw(
        st.integers(len(reference) - 9, len(reference) - 1).filter(lambda at: reference[at] != "-")
    )
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda each: each != reference[place]))

    assert not is_right(reference[:place] + other + reference[place + 1 :])


@given(REFERENCES)
def test_no_two_neighbours_can_be_swapped_unnoticed(reference: str) -> None:
    prefix, first, second = reference.split("-")
    body = first + second
    for place in range(len(body) - 1):
        swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
        assert swapped == body or not is_right(f"{prefix}-{swapped[:4]}-{swapped[4:]}")
