"""Sentences in a notebook: a paragraph each, escaped."""

from __future__ import annotations

from collections.abc import Iterable
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
