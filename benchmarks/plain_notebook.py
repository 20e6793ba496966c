"""A notebook of somebody else's: pandas and matplotlib alone, three charts and two tables."""

from __future__ import annotations

from pathlib import Path

import nbformat

_PARAMETERS = 'seed: int = 1\nout: str = "."'

_START = """
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

folder = Path(out)
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(seed)
days = pd.date_range("2022-02-24", periods=60)
frame = pd.DataFrame({name: random.integers(0, 1000, 60).cumsum() for name in "abcdef"}, index=days)
"""

_TABLE = 'frame.to_csv(folder / "table.csv")\nframe.tail(20)'

_LINES = """
figure, axes = plt.subplots(figsize=(9, 5))
for name in frame:
    axes.plot(frame.index, frame[name], marker="o", label=f"Series {name}")
axes.set(title=f"Six series, run {seed}", xlabel="Day", ylabel="Persons")
axes.legend()
figure.savefig(folder / "lines.png", dpi=150, bbox_inches="tight")
figure.savefig(folder / "lines.svg", bbox_inches="tight")
plt.show()
"""

_BARS = """
figure, axes = plt.subplots(figsize=(9, 5))
axes.barh(frame.columns, frame.iloc[-1], color="tab:blue")
for name, value in frame.iloc[-1].items():
    axes.text(value, name, f" {value:,}", va="center")
axes.set_title("The last day")
figure.savefig(folder / "bars.png", dpi=150, bbox_inches="tight")
figure.savefig(folder / "bars.svg", bbox_inches="tight")
plt.show()
"""

_GRID = """
figure, grid = plt.subplots(2, 3, figsize=(9, 5), layout="tight")
for axes, name in zip(grid.flat, frame, strict=True):
    axes.hist(frame[name].diff().dropna(), bins=12)
    axes.set_title(name)
figure.savefig(folder / "grid.png", dpi=150, bbox_inches="tight")
figure.savefig(folder / "grid.svg", bbox_inches="tight")
plt.show()
"""

_SUMMARY = "frame.describe().round(1)"


def write_plain_notebook(path: Path) -> Path:
    """Write the notebook to `path` and return it."""
    cells = [nbformat.v4.new_markdown_cell("# Six series")]
    cells.append(nbformat.v4.new_code_cell(_PARAMETERS, metadata={"tags": ["parameters"]}))
    cells += [
        nbformat.v4.new_code_cell(source.strip())
        for source in (_START, _TABLE, _LINES, _BARS, _GRID, _SUMMARY)
    ]
    return _write(path, cells)


def write_trivial_notebook(path: Path, cells: int) -> Path:
    """Write a notebook of so many cells that do nothing but say a number."""
    return _write(path, [nbformat.v4.new_code_cell(str(n)) for n in range(cells)])


def _write(path: Path, cells: list[nbformat.NotebookNode]) -> Path:
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(notebook, path)
    return path
