"""What is there already: reports made earlier, whether they are whole, whether all are as asked.

The manifest of a batch says what was asked for, and from what its reports were made. When
both are as they were and all reports are whole, there is nothing to do. Only the standard
library and a reader of YAML are needed for this; in any doubt the batch goes its usual way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.hashes import CASEBOOK, hash_file, hash_values
from analysis.reports.folder import INDEX, MARK, load_manifest
from analysis.reports.identity import find_versions, hash_files

COMPLETE, FAILED, WAITING = "complete", "failed", "waiting"


@dataclass(frozen=True)
class Result:
    """What became of a report."""

    status: str  # complete, failed, or waiting: not made yet, or not because the batch was stopped
    folder: str = ""  # where it is in OUT; "" if it has no folder
    seconds: float = 0.0  # how long it took
    error: str = ""  # the first line of the first error, or ""
    #: The executed copy of the notebook that failed, from OUT; "" if there is none.
    executed: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)  # its files with their SHA-256
    notes: tuple[str, ...] = ()  # what is to be said of how it was made


def find_made(
    out: Path, name: str, identity: str, *, verify: bool = False
) -> tuple[Result | None, str]:
    """Return the report `name` if it is made already, whole and from the same, else None.

    `out`: the folder of the batch. `name`: the report's folder in it. `identity`: what it would be
    made from now. `verify`: hash its files again, where otherwise their sizes are compared. Returns
    the report; what a person should know: a manifest or a file that is damaged; "" otherwise.
    """
    folder = out / name
    manifest, note = load_manifest(folder / MARK)
    if manifest.get("status") != COMPLETE:
        return None, note
    if manifest.get("identity") != identity:
        return None, ""
    outputs, sizes = manifest.get("outputs"), manifest.get("bytes")
    if not isinstance(outputs, dict) or not isinstance(sizes, dict) or not outputs:
        return None, f"{folder / MARK} is not whole; the report is made again"
    for file, digest in outputs.items():
        try:
            path = folder / file
            same = path.stat().st_size == sizes.get(file)
            if not same or (verify and hash_file(path) != digest):
                return None, f"{path} has been changed; the report is made again"
        except (OSError, ValueError):
            return None, f"{path} is missing; the report is made again"
    return _result(manifest, name), ""


def read_result(out: Path, folder: str) -> Result:
    """Return what became of the report that has just been put into `folder` of OUT."""
    manifest, note = load_manifest(out / folder / MARK)
    if not manifest:
        return Result(FAILED, error=note or f"{out / folder} is gone")
    return _result(manifest, folder)


def _result(manifest: Mapping[str, Any], folder: str) -> Result:
    failed = [each for each in manifest.get("notebooks", []) if each.get("error")]
    outputs = manifest.get("outputs", {})
    error = executed = ""
    if failed:
        error = f"{failed[0]['name']}: {failed[0]['error']}"
        copy = f"notebooks/{failed[0]['name']}.ipynb"
        executed = f"{folder}/{copy}" if copy in outputs else ""
    return Result(
        str(manifest.get("status")),
        folder,
        float(manifest.get("seconds", 0)),
        error,
        executed,
        outputs,
    )


#: The project's own notebooks, as `reports.notebooks` knows them.
_NOTEBOOKS = CASEBOOK.parent / "notebooks"

#: Bytes of a plan; what is larger is something else.
_LARGEST_PLAN = 1_000_000


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    options: Mapping[str, Any]  # what was typed, as far as the reports depend on it
    plan: Path | None  # the plan, if there is one
    notebooks: Path | None  # the folder of the notebooks; None for the project's own
    out: Path  # the folder of the batch, where the plan says no other
    out_is_typed: bool = False  # whether `out` was typed, so that the plan has no say in it

    def describe(self, casebooks: Iterable[Path | None]) -> dict[str, str]:
        """Return what is asked for, and from what it would be made, as hashes.

        `casebooks`: those of all reports; None for the project's own.
        Raises `OSError`: something cannot be read.
        """
        folder = self.notebooks or _NOTEBOOKS
        paths = sorted(folder.glob("*.ipynb"))
        here = [str(Path().resolve()), str(folder.resolve())]
        asked = hash_values(dict(self.options), here, hash_file(self.plan) if self.plan else "")
        inputs = [hash_files(paths, data or CASEBOOK) for data in casebooks]
        return {"asked": asked, "inputs": hash_values(inputs, find_versions())}


def find_unchanged(request: Request, *, verify: bool = False) -> tuple[Path, int] | None:
    """Return the folder of the batch and how many reports it has, if nothing is to be done.

    None when anything has changed, is missing or cannot be read: the usual way finds out what.
    """
    try:
        out = _find_out(request)
        manifest, _ = load_manifest(out / MARK)
        if manifest["status"] != COMPLETE or not (out / INDEX).is_file():
            return None
        casebooks = [out / name if name else None for name in manifest["casebooks"]]
        if manifest["request"] != request.describe(casebooks):
            return None
        reports = manifest["reports"]
        for report in reports:
            made, _ = find_made(out, report["name"], report["identity"], verify=verify)
            if made is None or dict(made.outputs) != report["outputs"]:
                return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return out, len(reports)


def _find_out(request: Request) -> Path:
    if request.plan is None or request.out_is_typed:
        return request.out
    import yaml

    text = read_plan_bytes(request.plan).decode("utf-8-sig")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as problem:
        raise ValueError from problem
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    said = [value.value for key, value in entries if key.value == "out"]
    return request.plan.parent / Path(said[0]).expanduser() if said else request.out


def read_plan_bytes(path: Path) -> bytes:
    """Return what is in a plan file, which is a regular file of at most a megabyte.

    Raises `ParameterError`: there is none, or it is a folder, a device, a pipe, or larger;
    `OSError`: it cannot be read.
    """
    if path.is_file():
        with path.open("rb") as file:
            content = file.read(_LARGEST_PLAN + 1)
        if len(content) <= _LARGEST_PLAN:
            return content
    # Only here, for it takes long to import.
    from analysis.reports.parameters import ParameterError
    from analysis.tables import shorten

    shown = shorten(str(path), 200)
    if path.is_file():
        raise ParameterError(f"the plan {shown} is larger than a megabyte; expected a text file")
    if path.exists():
        raise ParameterError(f"{shown} is no plan; expected a text file of at most a megabyte")
    raise ParameterError(f"there is no plan {shown}")
