"""Notebooks as JupyterLab opens them: with what their kernel will say of its language.

A notebook of the project names Python and no version, so that it is the same file whoever runs
it. JupyterLab writes the version in as soon as the kernel has started, takes that for a change,
and two minutes later saves a file that nobody has touched. Here the version is there already;
the file stays as it is.

Jupyter's server finds this extension by `etc/jupyter` of the environment, where installing the
package puts `jupyter_server.json`.
"""

from __future__ import annotations

from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class OpenedNotebooks(AsyncLargeFileManager):
    """The folders of a Jupyter server as they are, but for the language of Python notebooks."""

    async def get(self, *args: Any, **options: Any) -> Any:
        """Return what stands under a path: a folder, a file, or a notebook."""
        model = await super().get(*args, **options)  # type: ignore[no-untyped-call]
        if model["type"] == "notebook" and model["content"]:
            about = model["content"]["metadata"]
            if about.get("language_info") == {"name": "python"}:
                about["language_info"] = dict(IPythonKernel.language_info)
        return model


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _link_jupyter_server_extension(server: ServerApp) -> None:
    # Who has chosen another way to open files keeps it.
    if server.contents_manager_class is AsyncLargeFileManager:
        server.contents_manager_class = OpenedNotebooks


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Do nothing more; the server asks for this function."""
