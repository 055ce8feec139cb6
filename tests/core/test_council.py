import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from core import colours
from core.council import council_settings
from core.models import CouncilSettings

colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.fixture
def council(db: None) -> CouncilSettings:
    site = Site.objects.get(is_default_site=True)
    council = CouncilSettings(site=site, council_name="Ambridge Council", colour="#00703c")
    council.save()
    return council


@pytest.mark.django_db
def test_a_new_portal_has_settings_to_begin_with_and_writes_nothing() -> None:
    assert council_settings().council_name == "Example Council"
    assert not CouncilSettings.objects.exists()


def test_the_settings_are_read_once_and_then_cost_no_query(
    council: CouncilSettings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    council_settings()
    with django_assert_num_queries(0):
        assert council_settings(RequestFactory().get("/")).council_name == "Ambridge Council"


def test_what_is_saved_is_seen_at_once(council: CouncilSettings) -> None:
    council_settings()
    council.phone = "01632 960 999"
    council.save()
    assert council_settings().phone == "01632 960 999"


def test_settings_that_are_deleted_are_the_first_ones_again(council: CouncilSettings) -> None:
    council_settings()
    council.delete()
    assert council_settings().council_name == "Example Council"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        pytest.param("127.0.0.1", "Borchester Council", id="its own host name"),
        pytest.param("127.0.0.1:8000", "Borchester Council", id="its own host name at another port"),
        pytest.param("testserver", "Ambridge Council", id="a host name of nobody's"),
    ],
)
def test_each_site_has_its_own_council(council: CouncilSettings, host: str, name: str) -> None:
    other = Site.objects.create(hostname="127.0.0.1", root_page=council.site.root_page)
    CouncilSettings.objects.create(site=other, council_name="Borchester Council")
    request = RequestFactory().get("/", headers={"Host": host})
    assert council_settings(request).council_name == name
    assert Site.find_for_request(request) == council_settings(request).site


def test_the_colour_reaches_the_style_sheet(client: Client, council: CouncilSettings) -> None:
    response = client.get("/council.css")
    assert response["Content-Type"].startswith("text/css")
    assert "--portal-purple:#00703c" in response.text
    assert "--govuk-brand-colour:#00703c" in response.text


def test_another_colour_has_another_address(council: CouncilSettings) -> None:
    before = council.css_version
    council.colour = "#4c2c92"
    assert council.css_version != before


@pytest.mark.parametrize("colour", ["#ffdd00", "#ffffff", "#00a0d0"])
def test_a_colour_that_white_text_cannot_be_read_on_is_refused(colour: str) -> None:
    with pytest.raises(ValidationError, match="Choose a darker one"):
        CouncilSettings(colour=colour).clean_fields()


@pytest.mark.parametrize("colour", ["purple", "#fff", "#4c2c9", "#4c2c9g", "#4c2c92;"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValidationError, match="Enter a colour such as"):
        CouncilSettings(colour=colour).clean_fields()


@given(colour)
def test_every_colour_that_is_taken_can_be_read_under_white_text(colour: str) -> None:
    try:
        CouncilSettings(colour=colour).clean_fields()
    except ValidationError:
        assert colours.contrast_with_white(colour) < 4.5
    else:
        assert colours.contrast_with_white(colour) >= 4.5


@given(colour)
def test_the_style_sheet_of_any_colour_is_nothing_but_colours(colour: str) -> None:
    assert re.fullmatch(r":root\{(--[a-z-]+:#[0-9a-f]{6};?)+\}\n", colours.stylesheet(colour))


@pytest.mark.parametrize(
    ("colour", "contrast"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#4c2c92", 10.08)],
)
def test_contrast_is_what_wcag_says(colour: str, contrast: float) -> None:
    assert colours.contrast_with_white(colour) == pytest.approx(contrast, abs=0.01)
