"""The one way out to the notebook: data by MIME type, with metadata, as they are."""

from __future__ import annotations

from functools import cache

import jinja2


@cache
def read_template(name: str) -> jinja2.Template:
    """Return a template of this room; what it is given is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("analysis.display", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def publish(data: dict[str, str], metadata: dict[str, object] | None = None) -> None:
    """Display `data`, by MIME type, in the notebook; outside one, print its plain text."""
    # Only here: who puts a report together needs other things of this room.
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.display import display

    if InteractiveShell.initialized():
        display(data, raw=True, metadata=metadata or {})  # type: ignore[no-untyped-call]
    else:
        print(data["text/plain"])
