"""JupyterLab opens a notebook with its language in full, so that nothing is left to write in."""

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from analysis.reports import opening
from analysis.reports.notebooks import NOTEBOOKS


def test_a_notebook_is_opened_with_its_language_and_stays_as_it_is(tmp_path: Path) -> None:
    text = (NOTEBOOKS / "key_figures.ipynb").read_text(encoding="utf-8")
    other = json.loads(text)
    other["metadata"]["language_info"] = {"name": "python", "version": "3.0"}
    (tmp_path / "ours.ipynb").write_text(text, encoding="utf-8")
    (tmp_path / "other.ipynb").write_text(json.dumps(other), encoding="utf-8")
    folders = opening.OpenedNotebooks(root_dir=str(tmp_path))

    def language(name: str) -> object:
        return asyncio.run(folders.get(name))["content"]["metadata"]["language_info"]

    assert language("ours.ipynb")["version"] == ".".join(map(str, sys.version_info[:3]))
    assert language("other.ipynb") == {"name": "python", "version": "3.0"}
    assert asyncio.run(folders.get("ours.ipynb", content=False))["content"] is None
    assert asyncio.run(folders.get(""))["type"] == "directory"
    assert (tmp_path / "ours.ipynb").read_text(encoding="utf-8") == text


def test_the_server_takes_it_unless_somebody_has_chosen_another_way() -> None:
    settings = json.loads(Path(opening.__file__).with_name("jupyter_server.json").read_text())
    assert settings["ServerApp"]["jpserver_extensions"] == {opening.__name__: True}
    for chosen, then in ((AsyncLargeFileManager, opening.OpenedNotebooks), (dict, dict)):
        server = SimpleNamespace(contents_manager_class=chosen)
        opening._link_jupyter_server_extension(server)
        assert server.contents_manager_class is then
