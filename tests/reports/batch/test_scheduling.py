"""Workers by cores and by memory."""

from pathlib import Path

import pytest

from analysis.reports.batch import scheduling


@pytest.mark.parametrize(
    ("free", "limit", "used", "workers"),
    [
        (10_000, None, None, 8),
        (1_000, None, None, 2),
        (100, None, None, 1),
        (10_000, 2_000, 1_000, 2),
        (10_000, "max", 1_000, 8),
        (None, None, None, 8),
    ],
)
def test_workers(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    free: int | None,
    limit: int | str | None,
    used: int | None,
    workers: int,
) -> None:
    for name, megabytes in (("_MEMORY", free), ("_LIMIT", limit), ("_USED", used)):
        path = tmp_path / name
        monkeypatch.setattr(scheduling, name, path)
        if name == "_MEMORY" and free is not None:
            path.write_text(f"MemTotal: 9 kB\nMemAvailable: {free * 1024} kB\n", encoding="ascii")
        elif isinstance(megabytes, int):
            path.write_text(f"{megabytes * 1024**2}\n", encoding="ascii")
        elif megabytes:
            path.write_text(f"{megabytes}\n", encoding="ascii")
    monkeypatch.setattr(scheduling, "_count_cores", lambda: 8)
    assert scheduling.count_workers() == workers
