"""References: how each is written, and whether its check digit or letter agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.registries import reference_shapes
from forms_engine.rules.identifiers import (
    Wrong,
    example_of,
    is_chi_number,
    is_nhs_number,
    is_ni_number,
    is_pattern,
    is_upn,
    laid,
    of_pattern,
)

FIGURES = st.text("0123456789", min_size=9, max_size=9)
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@pytest.mark.parametrize("number", ["9434765919", "9990000018", "4010232137"])
def test_nhs_numbers_that_are_given_out_as_examples_add_up(number: str) -> None:
    assert is_nhs_number(number)


@given(FIGURES)
def test_at_most_one_last_figure_makes_an_nhs_number(nine: str) -> None:
    assert sum(is_nhs_number(f"{nine}{last}") for last in range(10)) == nhs_numbers_of(nine)


def nhs_numbers_of(nine: str) -> int:
    """How many NHS numbers begin so, worked out the long way: none where the check digit would be 10."""
    total = sum(int(nine[place]) * (10 - place) for place in range(9))
    remainder = total - 11 * (total // 11)
    return 0 if 11 - remainder == 10 else 1


@given(FIGURES, st.integers(0, 8), st.integers(1, 9))
def test_one_figure_mistyped_is_noticed_in_an_nhs_number(nine: str, place: int, by: int) -> None:
    for last in range(10):
        number = f"{nine}{last}"
        other = f"{number[:place]}{(int(number[place]) + by) % 10}{number[place + 1 :]}"
        assert not (is_nhs_number(number) and is_nhs_number(other))


def test_a_chi_number_begins_with_a_day() -> None:
    assert is_chi_number("0101900007")
    assert is_nhs_number("9990000018")
    assert not is_chi_number("9990000018")


@pytest.mark.parametrize("number", ["B801200005001", "F999999999999", "P207000016049"])
def test_unique_pupil_numbers_add_up(number: str) -> None:
    assert is_upn(number)


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("0123456789" + UPN_LETTERS))
def test_exactly_one_letter_checks_a_unique_pupil_number(eleven: str, last: str) -> None:
    right = [letter for letter in UPN_LETTERS if is_upn(f"{letter}{eleven}{last}")]
    total = sum(int(figure) * weight for figure, weight in zip(eleven, range(2, 13), strict=True))
    total += 13 * (UPN_LETTERS.index(last) if last in UPN_LETTERS else int(last))
    while total >= 23:
        total -= 23
    assert right == [UPN_LETTERS[total]]


@pytest.mark.parametrize("last", ["I", "O", "S"])
def test_a_temporary_pupil_number_does_not_end_with_a_letter_like_a_figure(last: str) -> None:
    assert not any(is_upn(f"{letter}80120000500{last}") for letter in UPN_LETTERS)


@pytest.mark.parametrize("number", ["AB123456C", "JG103759A", "ZY123456D"])
def test_national_insurance_numbers_are_taken(number: str) -> None:
    assert is_ni_number(number)


@pytest.mark.parametrize("prefix", ["DA", "QQ", "VA", "AO", "BG", "GB", "KN", "NK", "NT", "TN", "ZZ", "AD"])
def test_prefixes_that_are_never_given_out_are_noticed(prefix: str) -> None:
    assert not is_ni_number(f"{prefix}123456A")


def test_a_national_insurance_number_ends_with_a_to_d() -> None:
    assert not is_ni_number("AB123456E")


@pytest.mark.parametrize(
    ("pattern", "typed", "read"),
    [
        ("999 999 9999", " 943-476.5919", "943 476 5919"),
        ("AA 99 99 99 A", "ab123456c", "AB 12 34 56 C"),
        ("EHC-9999/AA", "ehc 1234 xy", "EHC-1234/XY"),
        ("XX-9", "a1-2", "A1-2"),
        ("999", "\uff11\uff12\uff13", "123"),
    ],
)
def test_what_was_typed_is_laid_into_the_pattern(pattern: str, typed: str, read: str) -> None:
    assert laid(pattern, typed) == read


@pytest.mark.parametrize(
    ("pattern", "typed"),
    [
        ("999", "12"),
        ("999", "1234"),
        ("999", "12a"),
        ("A9", "11"),
        ("EHC-9", "ABC-1"),
        ("9", "\u0663"),
        ("A", "é"),
    ],
)
def test_what_does_not_fit_the_pattern_is_none_of_it(pattern: str, typed: str) -> None:
    assert laid(pattern, typed) is None


@given(st.text("A9X -/EHC", min_size=1, max_size=40).filter(is_pattern))
def test_the_example_of_every_pattern_fits_it(pattern: str) -> None:
    example = example_of(pattern)
    shape = of_pattern(pattern)
    assert laid(pattern, example) == example
    value = shape.read(example)
    assert isinstance(value, str)
    assert shape.show(value) == example
    assert shape.read(value) == value


@given(st.sampled_from(sorted(reference_shapes)), st.text())
def test_no_text_breaks_a_shape(name: str, text: str) -> None:
    shape = reference_shapes.get(name)
    found = shape.read(text)
    assert found in (Wrong.SHAPE, Wrong.CHECK) or shape.read(str(found)) == found


@pytest.mark.parametrize("name", sorted(reference_shapes))
def test_the_example_of_every_registered_shape_has_it(name: str) -> None:
    shape = reference_shapes.get(name)
    assert laid(shape.pattern, shape.example) == shape.example


@pytest.mark.parametrize("text", ["", "EHC", "é9", "9\n", "9" * 41])
def test_what_can_be_no_pattern(text: str) -> None:
    assert not is_pattern(text)
