"""A batch in which nothing has changed is known quickly, and a change is never missed."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from analysis.casebook import check as casebook_check
from analysis.reports.batch import running, worker
from analysis.reports.batch.earlier import Request, find_unchanged
from analysis.reports.batch.running import run_batch
from analysis.reports.folder import INDEX, MARK
from tests.commands import find_imported
from tests.reports.batch.scenes import NoServer, Scene, pretend_report

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the pretence reaches only forks")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    scene = Scene(tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "make_report", pretend_report)
        patch.setattr(running, "open_project_server", lambda: nullcontext(NoServer()))
        patch.setattr(casebook_check, "check", lambda _: None)
        text = "out: out\ndata: data\nmatrix: {as_of: 2022-03-01..2022-03-02}\n"
        plan = scene.plan_file(text)
        run_batch(plan, Console(file=StringIO()), request=_request(scene))
    return scene


def _request(scene: Scene) -> Request:
    return Request({"as_of": ""}, scene.root / "plan.yml", scene.notebooks, Path("reports"))


@pytest.fixture
def scene(made: Scene, tmp_path: Path) -> Scene:
    """A copy to change: what a request describes is where it was made."""
    kept = tmp_path / "kept"
    shutil.copytree(made.root, kept)
    yield made
    shutil.rmtree(made.root)
    shutil.copytree(kept, made.root)


def test_nothing_to_do(scene: Scene) -> None:
    found = find_unchanged(_request(scene))
    assert found == (scene.out, 2)
    assert find_unchanged(_request(scene), verify=True) == found


def _append(name: str) -> Callable[[Scene], None]:
    def change(scene: Scene) -> None:
        with (scene.root / name).open("a", encoding="utf-8") as file:
            file.write("\n")

    return change


def _edit(change: Callable[[dict[str, object]], object]) -> Callable[[Scene], None]:
    def edit(scene: Scene) -> None:
        path = scene.out / MARK
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    return edit


@pytest.mark.parametrize(
    "change",
    [
        _append("plan.yml"),
        _append("data/sources.csv"),
        _append("notebooks/toy.ipynb"),
        _append("out/2022-03-02/report.html"),
        lambda scene: shutil.copy(scene.notebooks / "toy.ipynb", scene.notebooks / "two.ipynb"),
        lambda scene: shutil.rmtree(scene.out / "2022-03-01"),
        lambda scene: (scene.out / "2022-03-01" / MARK).write_text("{", "utf-8"),
        lambda scene: (scene.out / INDEX).unlink(),
        lambda scene: (scene.out / MARK).write_text("{", "utf-8"),
        lambda scene: (scene.out / MARK).write_text("[]", "utf-8"),
        lambda scene: (scene.root / "plan.yml").write_text("[", "utf-8"),
        lambda scene: (scene.root / "plan.yml").unlink(),
        _edit(lambda content: content.update(status="failed")),
        _edit(lambda content: content.update(reports=7)),
        _edit(lambda content: content.update(casebooks=[["x"]])),
        _edit(lambda content: content.pop("request")),
    ],
)
def test_any_change_goes_the_usual_way(scene: Scene, change: Callable[[Scene], object]) -> None:
    change(scene)
    assert find_unchanged(_request(scene)) is None


def test_another_request_goes_the_usual_way(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = _request(scene)
    assert find_unchanged(replace(request, options={"as_of": "x"})) is None
    assert find_unchanged(replace(request, out=tmp_path, out_is_typed=True)) is None
    monkeypatch.chdir(tmp_path)
    assert find_unchanged(request) is None


def test_nothing_heavy_is_imported() -> None:
    heavy = {"pandas", "numpy", "yaml", "rich", "papermill"}
    assert not heavy & find_imported("analysis.reports.batch.earlier")
