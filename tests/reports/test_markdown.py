"""Markdown and HTML of a notebook: anchors, header cells, and nothing that loads or runs."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports.markdown import (
    ReportRenderer,
    as_preformatted,
    clean_html,
    make_markdown,
)


def _render(text: str) -> BeautifulSoup:
    return BeautifulSoup(make_markdown(ReportRenderer("part"))(text), "html.parser")


def test_headings_go_one_down_and_have_anchors_of_their_own() -> None:
    renderer = ReportRenderer("part")
    render = make_markdown(renderer)
    html = render("## The *claims*\n\ntext\n\n## The claims\n\n###### Deep") + render(
        "## The claims"
    )
    found = [(tag.name, tag["id"]) for tag in BeautifulSoup(html, "html.parser").find_all(id=True)]
    assert found == [
        ("h3", "part-the-claims"),
        ("h3", "part-the-claims--2"),
        ("h6", "part-deep"),
        ("h3", "part-the-claims--3"),
    ]
    assert renderer.headings[0].text == "The claims"


def test_markup_in_markdown_is_shown_as_text() -> None:
    soup = _render("a <script>alert(1)</script> & <b>b</b>\n\n<div onclick='x'>c</div>")
    assert {tag.name for tag in soup.find_all()} == {"p"}
    assert "<script>alert(1)</script>" in soup.get_text()


def test_a_picture_is_its_description_and_a_bad_link_leads_nowhere() -> None:
    soup = _render(
        "![two towers](http://evil.example/a.png) [x](javascript:alert(1)) [y](https://e.org)"
    )
    assert soup.find("img") is None
    assert "two towers" in soup.get_text()
    assert [a["href"] for a in soup.find_all("a")] == ["#harmful-link", "https://e.org"]


def test_a_table_has_header_cells_with_scope() -> None:
    heads = _render("| a | b |\n|---|--:|\n| 1 | 2 |").find_all("th")
    assert [(head["scope"], head.get_text()) for head in heads] == [("col", "a"), ("col", "b")]


def test_of_html_only_what_is_harmless_stays() -> None:
    html = (
        "<style>p{}</style><script>x</script><p onclick='x' style='color:red' id='i'>text</p>"
        "<img src='http://e.org/x'><iframe src='http://e.org'></iframe><svg><a href='x'/></svg>"
        "<form action='x'><input></form><a href='javascript:x'>j</a><a href='https://e.org'>k</a>"
        "<div class='figures-table' role='region' aria-label='c' tabindex='0'>"
        "<table><tr><th scope='col'>h</th><td colspan='2'>d</td></tr></table></div>"
    )
    soup = BeautifulSoup(clean_html(html), "html.parser")
    allowed = {"p", "a", "div", "table", "tbody", "tr", "th", "td"}
    assert {tag.name for tag in soup.find_all()} <= allowed
    assert soup.p.attrs == {}
    assert soup.get_text() == "textjkhd"
    assert [a.get("href") for a in soup.find_all("a") if a.get("href")] == ["https://e.org"]
    assert soup.div["tabindex"] == "0"
    assert soup.th["scope"] == "col"
    assert soup.td["colspan"] == "2"


@pytest.mark.parametrize("text", ["a\u202eb", "a\ud800b", "a\x00b", "a\u200bb"])
def test_deceiving_characters_are_replaced(text: str) -> None:
    for html in (clean_html(f"<p>{text}</p>"), as_preformatted(text), _render(text).get_text()):
        assert "a\ufffdb" in html


def test_plain_text_is_escaped() -> None:
    assert as_preformatted("\n<b> & 'q'\n") == "<pre>&lt;b&gt; &amp; &#39;q&#39;</pre>"


@given(st.text(alphabet="<>/=\"'&;:! abijmrsclptxonerv", max_size=80))
def test_nothing_gets_through_that_loads_or_runs(text: str) -> None:
    for html in (clean_html(text), make_markdown(ReportRenderer("p"))(text)):
        soup = BeautifulSoup(html, "html.parser")
        assert not soup.find_all(["script", "img", "iframe", "style", "link", "object", "svg"])
        assert not [tag for tag in soup.find_all() for name in tag.attrs if name.startswith("on")]
