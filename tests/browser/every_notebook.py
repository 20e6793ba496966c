"""Runs every notebook in JupyterLab and saves a picture of each, to be looked at by a person.

python tests/browser/every_notebook.py FOLDER [NOTEBOOK...]
"""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser.lab import ROOT, open_lab


def main(pictures: Path, names: list[str]) -> None:
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            if not names or path.stem in names:
                shutil.copy(path, folder)
        with open_lab(Path(folder)) as lab:
            for path in sorted(Path(folder).glob("*.ipynb")):
                marked = lab.open(path.name)
                seen = lab.run_all()
                lab.picture(pictures / f"{path.stem}.png")
                lab.close()
                faults = {
                    "marked unsaved when opened": [path.name] * marked,
                    "errors": seen["errors"],
                    "warnings": seen["warnings"],
                    "wider than its place": seen["wide"],
                    "pictures without words": [p for p in seen["pictures"] if not p["alt"]],
                }
                said = "; ".join(f"{name}: {what}" for name, what in faults.items() if what)
                print(
                    f"{path.stem}: {len(seen['pictures'])} pictures; {said or 'nothing amiss'}",
                    flush=True,
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
