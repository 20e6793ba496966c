"""The pages of reports: templates that stand beside the code that fills them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import jinja2


@cache
def read_template(package: str, name: str, **filters: Callable[..., Any]) -> jinja2.Template:
    """Return the template `name` of `package`; what is put into it is escaped, and must be there.

    It is read and compiled once a process.

    `package`: the package in whose folder it stands. `name`: its file. `**filters`: what the
    template can do with a text, by name.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(package, "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= filters
    return environment.get_template(name)
