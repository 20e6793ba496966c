"""JupyterLab as a person sees it: one server, one headless Chromium, notebooks opened in it.

The notebooks are copies in a temporary folder; the settings of whoever runs the tests are
neither read nor written. Everything waits for what it waits for, and for no number of seconds.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: All cells are in the page, so that all can be looked at; no news, no tips.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
}

#: Longer than anything here takes on a machine with much else to do (milliseconds).
PATIENCE = 180_000

#: The width of a usual laptop.
WIDTH, SCREEN = 1440, 900

OPEN = """async path => {
  const app = window.jupyterapp;
  await app.restored;
  const widget = await app.commands.execute('docmanager:open', {path, factory: 'Notebook'});
  await widget.context.ready;
  await widget.sessionContext.ready;
  await widget.sessionContext.session.kernel.info;
  return widget.context.model.dirty;
}"""

#: What is seen of the outputs: errors, warnings, pictures, and what is wider than its place.
LOOK = """() => {
  const panel = window.jupyterapp.shell.currentWidget, node = panel.node;
  const all = (words) => [...node.querySelectorAll(words)];
  all('details').forEach(each => { each.open = true; });  // a long table is folded
  const wide = all('.jp-OutputArea-output, .jp-OutputArea-output *')
    .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0
      && ['auto', 'scroll'].includes(getComputedStyle(each).overflowX));
  return {
    errors: all('[data-mime-type="application/vnd.jupyter.error"]').map(e => e.innerText),
    warnings: all('[data-mime-type="application/vnd.jupyter.stderr"]').map(e => e.innerText),
    pictures: all('.jp-OutputArea-output img').map(image => ({
      alt: image.alt, width: image.getBoundingClientRect().width,
      natural: image.naturalWidth, place: image.closest('.jp-OutputArea-output').clientWidth})),
    wide: wide.map(each => `${each.className}: ${each.scrollWidth} > ${each.clientWidth} ` +
      (each.getAttribute('aria-label') || each.innerText.slice(0, 60))),
    run: panel.content.widgets.filter(c => c.model.type == 'code').map(c => c.model.executionCount),
  };
}"""


HEIGHT = """() => [...window.jupyterapp.shell.currentWidget.node.querySelectorAll('.jp-Cell')]
  .reduce((sum, cell) => sum + cell.getBoundingClientRect().height + 8, 0)"""

TOP = """() => new Promise(done => {
  const panel = window.jupyterapp.shell.currentWidget.node;
  panel.querySelectorAll('.jp-WindowedPanel-outer').forEach(each => { each.scrollTop = 0; });
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""

CLOSE = """async () => {
  const app = window.jupyterapp, widget = app.shell.currentWidget;
  await widget.sessionContext.shutdown();
  widget.context.model.dirty = false;
  widget.close();
}"""


@dataclass(frozen=True)
class Lab:
    """JupyterLab in a browser.

    Attributes
    ----------
    folder : Path
        Whose notebooks it shows.
    page : Page
        What the browser shows.
    """

    folder: Path
    page: Page

    def open(self, name: str) -> bool:
        """Open a notebook, wait for its kernel, and return whether it is marked unsaved."""
        return bool(self.page.evaluate(OPEN, name))

    def run_all(self) -> dict[str, Any]:
        """Run all cells of the notebook in front, and return what is seen then (see LOOK)."""
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        return dict(self.page.evaluate(LOOK))

    def picture(self, path: Path) -> None:
        """Save a picture of the whole notebook in front."""
        before = self.page.viewport_size
        height = int(self.page.evaluate(HEIGHT))
        self.page.set_viewport_size({"width": WIDTH, "height": min(height + 300, 16_000)})
        self.page.evaluate(TOP)
        self.page.screenshot(path=path)
        if before is not None:
            self.page.set_viewport_size(before)

    def close(self) -> None:
        """End the kernel of the notebook in front, and close it as it was."""
        self.page.evaluate(CLOSE)


def find_browser() -> str:
    """The path of a Chromium on this machine; "" if there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


@contextmanager
def open_lab(folder: Path) -> Iterator[Lab]:
    """JupyterLab over `folder`, open in a browser that can reach this machine only."""
    with _serve(folder) as address, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=find_browser(),
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        try:
            page = browser.new_page(viewport={"width": WIDTH, "height": SCREEN})
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            page.wait_for_function("window.jupyterapp !== undefined")
            yield Lab(folder, page)
        finally:
            browser.close()


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    own = folder / ".jupyter"
    for name, values in SETTINGS.items():
        file = own / "lab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    places = {
        "JUPYTER_CONFIG_DIR": own / "config",
        "JUPYTER_DATA_DIR": own / "data",
        "JUPYTER_RUNTIME_DIR": own / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": own / "lab",
        "JUPYTERLAB_WORKSPACES_DIR": own / "workspaces",
        "IPYTHONDIR": own / "ipython",
        "PYTHONPATH": ROOT / "src",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--expose-app-in-browser", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.root_dir={folder}", "--LabApp.extension_manager=readonly"]
    server = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **{name: str(place) for name, place in places.items()}},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert server.stderr is not None
    said = []
    try:
        for line in server.stderr:
            said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", line):
                break
        else:
            raise RuntimeError(f"JupyterLab did not start:\n{''.join(said)}")
        # Nobody reads what it says later; unread, it would fill the pipe and wait.
        Thread(target=server.stderr.read, daemon=True).start()
        yield found[0]
    finally:
        server.terminate()
        server.wait(60)
