"""How much of what is dear is done at the same moment for one."""

import pytest

from core.at_once import AtOnce

pytestmark = pytest.mark.capability("A32")


def test_each_has_room_for_as_many_at_once_as_are_borne() -> None:
    two = AtOnce(2)
    with (
        two.room("sam") as first,
        two.room("sam") as second,
        two.room("sam") as third,
        two.room("alex") as other,
    ):
        assert (first, second, third, other) == (True, True, False, True)


def test_whoever_is_done_makes_room_and_whoever_found_none_takes_none() -> None:
    one = AtOnce(1)
    with one.room("sam"), one.room("sam") as refused:
        assert not refused
    with one.room("sam") as after:
        assert after


def test_what_fails_makes_room_too() -> None:
    one = AtOnce(1)
    with pytest.raises(ZeroDivisionError), one.room("sam"):
        raise ZeroDivisionError
    with one.room("sam") as after:
        assert after
