"""What a browser says of itself, in the words that its owner knows it by."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.devices import _BROWSERS, _SYSTEMS, device_of

BROWSERS = {name for name, _pattern in _BROWSERS} | {""}
SYSTEMS = {name for name, _pattern in _SYSTEMS} | {""}


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
            "Chrome",
            "Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0",
            "Edge",
            "Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1 Version/17.1 Mobile Safari/604.1",
            "Safari",
            "iPhone",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 17_1 like Mac OS X) AppleWebKit/605.1.15 CriOS/120.0 Mobile Safari/604.1",
            "Chrome",
            "iPad",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox", "Linux"),
        (
            "Mozilla/5.0 (Linux; Android 13; SM-S911B) SamsungBrowser/23.0 Chrome/115.0 Safari/537.36",
            "Samsung Internet",
            "Android",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0) Chrome/120.0 Safari/537.36", "Chrome", "Chromebook"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.1 Safari/605.1.15",
            "Safari",
            "Mac",
        ),
        ("curl/8.5.0", "", ""),
        ("", "", ""),
    ],
)
def test_a_browser_and_its_system_are_named(said: str, browser: str, system: str) -> None:
    assert device_of(said) == (browser, system)


PIECES = st.sampled_from(
    ["Chrome/", "Edg/", "Windows", "iPhone", "Version/", "Safari/", "<script>", "\r\n", "\0", " ", "%s"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=40), st.text(string.printable, max_size=40))).map("".join))
def test_whatever_a_browser_says_only_names_of_our_own_come_out(said: str) -> None:
    device = device_of(said)
    assert device.browser in BROWSERS
    assert device.system in SYSTEMS


@given(st.text(min_size=1, max_size=5), st.integers(1, 20_000))
def test_a_very_long_text_is_read_to_its_500th_character_alone(piece: str, times: int) -> None:
    said = piece * times
    assert device_of(said) == device_of(said[:500])
