"""A folder that appears whole or not at all, and takes the place of an earlier one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: The file by which a folder is known as one of ours, and may be replaced.
MARK = "manifest.json"


class FolderError(ValueError):
    """A folder stands in the way; the message is one line."""


@contextmanager
def draft_beside(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target` to work in; it is gone at the end unless moved."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    draft.chmod(0o755)  # mkdtemp makes it for the owner alone
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def refuse_foreign(target: Path) -> None:
    """Raise FolderError if `target` holds something else than an earlier report."""
    if not target.exists():
        return
    if not target.is_dir() or (any(target.iterdir()) and not (target / MARK).exists()):
        message = f"{target} is there and is no report (it has no {MARK}); move it away first"
        raise FolderError(message)


def put_in_place(draft: Path, target: Path) -> None:
    """Move `draft` to `target`; what stood there goes only when the new one is in its place."""
    refuse_foreign(target)
    if not target.exists():
        draft.rename(target)
        return
    with draft_beside(target) as aside:
        earlier = aside / "earlier"
        target.rename(earlier)
        try:
            draft.rename(target)
        except BaseException:
            earlier.rename(target)
            raise


def remove_report(target: Path) -> None:
    """Remove the report at `target`, if there is one."""
    if (target / MARK).exists():
        shutil.rmtree(target, ignore_errors=True)
