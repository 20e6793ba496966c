"""The words of a notebook as HTML: headings with anchors, and nothing that loads or runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import mistune
import nh3
from markupsafe import Markup, escape

from analysis.safety import clean_text, slug

#: What an output may hold as HTML; anything else in it is dropped, its text is kept.
_TAGS = (
    {"a", "abbr", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "pre", "small"}
    | {"span", "strong", "sub", "sup", "ul", "dl", "dt", "dd", "div", "h3", "h4", "h5", "h6"}
    | {"details", "summary"}
    | {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
)
_ATTRIBUTES = {
    "*": {"class", "dir", "lang"},
    "a": {"href"},
    "div": {"aria-label", "role", "tabindex"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True)
class Heading:
    """A heading that the contents point to."""

    level: int
    anchor: str
    text: str


class ReportRenderer(mistune.HTMLRenderer):
    """Renders the markdown of one notebook, one level down: its title is a heading 2.

    Raw HTML is shown as text, and a picture as its description, because a picture would be
    loaded from elsewhere.
    """

    def __init__(self, anchor: str) -> None:
        super().__init__(escape=True)
        self.anchor = anchor
        self.headings: list[Heading] = []

    def heading(self, text: str, level: int, **attrs: Any) -> str:  # noqa: ARG002
        """Return a heading with an anchor of its own."""
        words = Markup(text).striptags()
        stem = f"{self.anchor}-{slug(words)}"
        same = sum(h.anchor == stem or h.anchor.startswith(f"{stem}--") for h in self.headings)
        anchor = f"{stem}--{same + 1}" if same else stem
        level = min(level + 1, 6)
        self.headings.append(Heading(level, anchor, words))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """Return the description of a picture, without the picture."""
        return f"<em>{text}</em>"


def make_markdown(renderer: ReportRenderer) -> Callable[[str], Markup]:
    """Return the function that turns markdown into HTML with `renderer`."""
    markdown = mistune.create_markdown(
        renderer=renderer, plugins=["table", "strikethrough", "footnotes", "def_list"]
    )

    def render(text: str) -> Markup:
        html = cast("str", markdown(clean_text(text)))
        return Markup(html.replace("<th>", '<th scope="col">').replace("<th ", '<th scope="col" '))

    return render


def clean_html(html: str) -> Markup:
    """Return the HTML of an output without anything that runs, loads or hides."""
    return Markup(
        nh3.clean(
            clean_text_of_html(html),
            tags=_TAGS,
            clean_content_tags={"script", "style"},
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel=None,
        )
    )


def clean_text_of_html(html: str) -> str:
    """Return `html` without deceiving characters; it may be longer than a cell."""
    return "\n".join(clean_text(line) for line in html.split("\n"))


def as_preformatted(text: str) -> Markup:
    """Return plain text as it stands, in a block of its own."""
    return Markup("<pre>{}</pre>").format(escape(clean_text(text.strip("\n"))))
