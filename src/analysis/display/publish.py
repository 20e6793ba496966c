"""The one way out to the notebook: data by MIME type, with metadata, as they are."""

from __future__ import annotations

from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display


def publish(data: dict[str, str], metadata: dict[str, object] | None = None) -> None:
    """Display `data` in the notebook; outside one, print its plain text.

    Parameters
    ----------
    data : dict
        MIME type to content; pictures as base64. "text/plain" is always among them.
    metadata : dict, optional
        Kept with the output in the notebook.
    """
    if InteractiveShell.initialized():
        display(data, raw=True, metadata=metadata or {})  # type: ignore[no-untyped-call]
    else:
        print(data["text/plain"])
