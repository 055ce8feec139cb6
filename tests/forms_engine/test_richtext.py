"""The editor's rich text: only known blocks, plain runs and checked links come out."""

from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.richtext import Block, Run, parse, plain


def test_the_editors_blocks_and_styles_come_through() -> None:
    html = (
        "<h3>What <b>you</b> can ask</h3><p>One <i>or</i> <b><i>two</i></b><br/>lines.</p>"
        '<ul><li>first</li><li><a href="/help/">second</a></li></ul><ol><li>one</li></ol><h4>End</h4>'
    )
    assert parse(html) == (
        Block("heading", (Run("What "), Run("you", bold=True), Run(" can ask")), level=3),
        Block(
            "paragraph",
            (
                Run("One "),
                Run("or", italic=True),
                Run(" "),
                Run("two", bold=True, italic=True),
                Run("\n"),
                Run("lines."),
            ),
        ),
        Block("list", items=((Run("first"),), (Run("second", href="/help/"),))),
        Block("list", items=((Run("one"),),), ordered=True),
        Block("heading", (Run("End"),), level=4),
    )


@pytest.mark.parametrize(
    "href",
    [
        "https://www.gov.uk/a?b=c#d",
        "http://example.org",
        "mailto:send@example.org",
        "tel:+441632960001",
        "/help/",
        "/",
    ],
)
def test_ordinary_links_stay_links(href: str) -> None:
    assert parse(f'<p><a href="{href}">x</a></p>')[0].runs == (Run("x", href=href),)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " \x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil",
        "#here",
        "page",
        "",
    ],
)
def test_every_other_link_becomes_plain_text(href: str) -> None:
    assert parse(f'<p><a href="{href}">x</a></p>')[0].runs == (Run("x"),)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<p></p><p> </p><ul><li></li></ul>",
        "<!-- no -->",
        '<img src="x" onerror="alert(1)">',
        "<iframe src=x></iframe>",
    ],
)
def test_what_nobody_should_see_leaves_nothing(html: str) -> None:
    assert parse(html) == ()


def test_unknown_tags_are_dropped_and_their_text_is_kept() -> None:
    assert parse('<h1>A</h1><p onclick="x">b <u>c</u></p>loose') == (
        Block("paragraph", (Run("A"),)),
        Block("paragraph", (Run("b "), Run("c"))),
        Block("paragraph", (Run("loose"),)),
    )


def test_a_name_put_in_is_text_whatever_it_looks_like() -> None:
    blocks = parse("<p>{child} learns</p>", lambda text: text.replace("{child}", "<b>Ada</b>&amp;"))
    assert blocks[0].runs == (Run("<b>Ada</b>&amp; learns"),)


def test_lists_within_lists_become_one() -> None:
    assert parse("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>") == (
        Block("list", items=((Run("a"),), (Run("b"),), (Run("c"),))),
    )


def test_plain_text_has_a_line_a_block_and_marks_its_lists() -> None:
    html = "<h3>T</h3><p>a<br>b</p><ul><li>c</li></ul><ol><li>d</li><li>e</li></ol>"
    assert plain(html) == ["T", "a", "b", "• c", "1. d", "2. e"]


PIECES = [
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<ul>",
        "<li>",
        "</ul>",
        "<h3>",
        "<",
        ">",
        '"',
        "'",
        "&lt;",
        "&",
        "text ",
        "<!--",
    ),
    *(
        "<script>",
        "</script>",
        '<a href="javascript:x">',
        '<a href="/x">',
        "</a>",
        '<img onerror="x">',
        "<svg/onload=x>",
    ),
]


class Tags(HTMLParser):
    """Notes the tags and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, *(name for name, _value in attrs)))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_page_never_gets_a_tag_from_an_editor(html: str) -> None:
    shown = render_to_string("components/rich_text.html", {"nodes": parse(html)})
    known = {"p", "h3", "ul", "ol", "li", "strong", "em", "br", "a"}
    assert {tag for tag, *_attributes in Tags(shown).found} <= known
    assert {name for _tag, *attributes in Tags(shown).found for name in attributes} <= {"class", "href"}
    assert "javascript:" not in "".join(run.href for block in parse(html) for run in block.runs)


def test_a_script_in_an_attribute_or_text_is_escaped_on_the_page() -> None:
    html = "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    shown = render_to_string("components/rich_text.html", {"nodes": parse(html)})
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_a_long_text_is_read_whole() -> None:
    (block,) = parse("<p>" + "word " * 100_000 + "</p>" + "<b>" * 2_000)
    assert len(block.runs[0].text.split()) == 100_000
