"""Sentences in a notebook: a paragraph each, escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import escape

from analysis.display.publish import publish
from analysis.safety import clean_text, write_atomically


def show_text(lines: str | Iterable[str], out: str | Path = "", name: str = "") -> None:
    """Display sentences, a paragraph each; with `out` and `name`, save `out`/texts/`name`.txt."""
    paragraphs = [clean_text(line) for line in ([lines] if isinstance(lines, str) else lines)]
    text = "\n\n".join(paragraphs)
    html = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    html = f'<div class="figures-text">\n{html}\n</div>'
    if out and name:
        write_atomically(Path(out) / "texts" / f"{name}.txt", f"{text}\n".encode())
    publish({"text/html": html, "text/plain": text})


def show_list(lines: Iterable[str] | Mapping[str, Iterable[str]], nothing: str = "") -> None:
    """Display short lines as a list, or as a list a subject; `nothing` where there is no line."""
    groups = dict(lines) if isinstance(lines, Mapping) else {"": list(lines)}
    html, text = [], []
    for subject, said in groups.items():
        items = [clean_text(line) for line in said]
        if subject and items:
            html.append(f'<p class="figures-subject"><b>{escape(clean_text(subject))}</b></p>')
            text.append(clean_text(subject))
        if items:
            html.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")
            text += [f"- {item}" for item in items]
    if not html:
        html, text = [f"<p>{escape(clean_text(nothing))}</p>"], [clean_text(nothing)]
    block = '<div class="figures-list">' + "\n".join(html) + "</div>"
    publish({"text/html": block, "text/plain": "\n".join(text)})
