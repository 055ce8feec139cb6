import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.references import ALPHABET, checked, is_reference, new_reference

PREFIXES = ["PP", "EHC", "ABCD"]
BODIES = st.text(ALPHABET, min_size=7, max_size=7)


REFERENCES = st.builds(checked, st.sampled_from(PREFIXES), BODIES).filter(bool)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_fresh_reference_has_the_right_last_character(prefix: str) -> None:
    assert is_reference(new_reference(prefix))


@given(REFERENCES, st.data())
def test_no_character_can_be_mistyped_unnoticed(reference: str, data: st.DataObject) -> None:
    place = data.draw(
        st.integers(len(reference) - 9, len(reference) - 1).filter(lambda at: reference[at] != "-")
    )
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda each: each != reference[place]))

    assert not is_reference(reference[:place] + other + reference[place + 1 :])


@given(REFERENCES)
def test_no_two_neighbours_can_be_swapped_unnoticed(reference: str) -> None:
    prefix, first, second = reference.split("-")
    body = first + second
    for place in range(len(body) - 1):
        swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
        assert swapped == body or not is_reference(f"{prefix}-{swapped[:4]}-{swapped[4:]}")


@pytest.mark.parametrize(
    "text", ["", "case: read", "EHC-2222", "ehc-2222-2222", "EHC-AAAA-AAAA", "EHC-2222-22222"]
)
def test_what_is_not_written_as_a_reference_is_none(text: str) -> None:
    assert not is_reference(text)
