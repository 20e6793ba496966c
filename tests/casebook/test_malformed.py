"""Casebooks that are none: each fault is a line that names the file, and no command breaks."""

import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from analysis.casebook.check import check
from analysis.casualties.table import CASUALTIES
from analysis.tables import CasebookErrors, read_claims, read_references
from analysis.tables.settings import read_settings
from tests.commands import run_figures
from tests.series import SAID

Make = Callable[..., Path]

CLAIM = SAID | {
    "locator": "p. 1", "outcome": "killed", "who": "civilians", "area": "SDN",
    "as_of": "2023-05-09", "wording": "20", "standard": "declared",
}  # fmt: skip


def _change(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return write


def _be_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _be_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link_to(target: str) -> Callable[[Path], None]:
    def link(path: Path) -> None:
        path.unlink()
        path.symlink_to(target)

    return link


#: What can become of a file.
OF_A_FILE: Mapping[str, Callable[[Path], None]] = {
    "a folder": _be_folder,
    "a pipe": _be_pipe,
    "a device without an end": _link_to("/dev/zero"),
    "a link to itself": _link_to("sources.csv"),
    "zero bytes in it": _change(lambda data: data.replace(b",", b"\0,", 1)),
    "another encoding": _change(lambda data: data + "caf\xe9,“x”\n".encode("cp1252")),
    "UTF-16": _change(lambda data: data.decode().encode("utf-16")),
    "noise": _change(lambda _: random.Random(1).randbytes(5000)),
}

#: What can become of a table.
OF_A_TABLE: Mapping[str, Callable[[Path], None]] = {
    "empty": _change(lambda _: b""),
    "semicolons": _change(lambda data: data.replace(b",", b";")),
    "a row of 100,000 cells": _change(lambda data: data + b"x," * 100_000 + b"\n"),
    "a header of 100,000 cells": _change(
        lambda data: b",".join(b"c%d" % n for n in range(100_000)) + b"\n" + data
    ),
    "a cell of three million characters": _change(lambda data: data + b"x" * 3_000_000 + b"\n"),
    "a quote without an end": _change(lambda data: data + b'"abc\n' + data),
    "every row twice": _change(lambda data: data + data.split(b"\n", 1)[1]),
    "a column twice": _change(
        lambda data: b"".join(line + b",x\r\n" for line in data.splitlines()).replace(
            b",x\r", b"," + data.split(b",")[0] + b"\r", 1
        )
    ),
}

#: Settings that are wrong by themselves.
SETTINGS = [
    "x", "title = ", "title = 3", 'first_day = "soon"', "first_day = 0001-01-01",
    "report_day = 9999-12-31", "first_day = 2023-04-15T10:00:00Z", 'origin = ["SDN"]',
    'resolutions = "A"', '[colours]\nSDN = "red"', '[[headline]]\ntitle = "a"',
    "headline = [1, 2]", 'titel = "x"', "a.b.c = 1", 'title = "a"\ntitle = "b"',
    "x = " + "[" * 5000 + "]" * 5000, 'title = "' + "x" * 10_000 + '"',
]  # fmt: skip
#: Settings that no table knows, all in one file.
UNKNOWN = """\
origin = "nowhere"
[colours]
nobody = "#ff0000"
[[headline]]
title = "a"
table = "none"
[[headline]]
title = "a"
table = "sources"
[[headline]]
title = "a"
table = "casualties"
column = "x"
"""


READERS: Mapping[str, Callable[[Path], object]] = {
    "sources.csv": read_references,
    "casualties.csv": lambda folder: read_claims(CASUALTIES, folder),
    "casebook.toml": read_settings,
}


def _say(folder: Path) -> list[str]:
    return _say_of(check, folder)


def _say_of(read: Callable[[Path], object], folder: Path) -> list[str]:
    try:
        read(folder)
    except CasebookErrors as problem:
        return str(problem).splitlines()
    return []


def _is_plain(lines: list[str]) -> bool:
    return 0 < len(lines) < 25 and all(len(line) < 500 and line.isprintable() for line in lines)


def test_a_file_that_is_none_is_named_in_a_line(make_casebook: Make) -> None:
    wrong = []
    changes = {**OF_A_FILE, **OF_A_TABLE}
    for number, (what, change) in enumerate(changes.items()):
        for name in READERS:
            if name.endswith(".toml") and what in OF_A_TABLE:
                continue
            folder = make_casebook(f"book-{number}-{name}", casualties=[CLAIM])
            (folder / "casebook.toml").write_text('title = "A, b"\n', encoding="utf-8")
            change(folder / name)
            lines = _say_of(READERS[name], folder)
            if not (_is_plain(lines) and any(line.startswith(name) for line in lines)):
                wrong.append((what, name, lines[:3]))
    assert wrong == []


def test_a_mark_of_the_byte_order_is_no_fault(make_casebook: Make) -> None:
    folder = make_casebook(casualties=[CLAIM])
    (folder / "casebook.toml").write_text('title = "A"\n', encoding="utf-8")
    for path in (folder / "sources.csv", folder / "casebook.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert _say(folder) == []


def test_settings_that_are_none_are_named_in_a_line(make_casebook: Make) -> None:
    folder, wrong = make_casebook(casualties=[CLAIM]), []
    for text in SETTINGS:
        (folder / "casebook.toml").write_text(text, encoding="utf-8")
        lines = _say_of(read_settings, folder)
        if not (_is_plain(lines) and lines[0].startswith("casebook.toml")):
            wrong.append((text[:60], lines[:3]))
    assert wrong == []
    (folder / "casebook.toml").write_text(UNKNOWN, encoding="utf-8")
    lines = _say(folder)
    assert len(lines) == 5
    assert all(line.startswith("casebook.toml, column ") for line in lines)


def test_claims_that_repeat_one_another_in_a_circle_are_refused(make_casebook: Make) -> None:
    sources = [
        {
            "source_id": f"report-{number}", "publisher": "Relief Office", "title": "A report",
            "published_on": "2023-05-10", "accessed_on": "2023-05-11", "licence": "facts only",
            "method": "read by hand",
        }
        for number in (1, 2, 3, 4)
    ]  # fmt: skip
    named = {1: "2", 2: "3", 3: "1", 4: "1"}
    claims = [
        CLAIM | {"source_id": f"report-{one}", "repeats": f"report-{other}"}
        for one, other in named.items()
    ]
    lines = _say(make_casebook(sources=sources, casualties=claims))
    assert [line.partition(":")[0] for line in lines] == [
        f"casualties.csv, row {row}, column repeats" for row in (2, 3, 4)
    ]
    assert all("named in a circle" in line for line in lines)


def test_a_key_that_no_file_can_be_called_is_refused(make_casebook: Make) -> None:
    folder = make_casebook(casualties=[CLAIM])
    text = (folder / "sources.csv").read_text("utf-8")
    for key in ("<b>x</b>", "=1+1", "../../etc", "k" * 81, "ｒeport", "r\u0435port", "a b"):
        quoted = f'"{key}"'
        (folder / "sources.csv").write_text(text.replace("report-2", quoted), encoding="utf-8")
        lines = _say_of(read_references, folder)
        assert _is_plain(lines), key
        assert "a key of lower case letters" in lines[0]


COMMANDS = [
    "check --data BOOK", "trace abc --data BOOK",
    "export casualties_by_source --data BOOK --out OUT",
    "dictionary --data BOOK", "datapackage --data BOOK", "report --data BOOK --out OUT",
    "batch --as-of 2023-05-10 --data BOOK --out OUT", "pack --data BOOK --out OUT",
    "read TEXT --date 2023-05-10 --data BOOK", "verify --texts TEXTS --data BOOK",
    "backtest daily --data BOOK --out OUT", "rebuild TEXTS --data BOOK",
    "add casualties source_id=x --data BOOK",
]  # fmt: skip
#: What does not read the table in question goes on without it.
WITHOUT = {"dictionary", "datapackage", "rebuild"}


@pytest.mark.parametrize("what", ["a pipe", "zero bytes in it", "another encoding"])
def test_no_command_breaks_on_a_malformed_casebook(
    what: str, make_casebook: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, texts, out = make_casebook(casualties=[CLAIM]), tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    (texts / "a.txt").write_text("The office says 20 civilians were killed.", encoding="utf-8")
    places = {"BOOK": folder, "TEXTS": texts, "TEXT": texts / "a.txt", "OUT": out}
    (folder / "casebook.toml").write_text('origin = "SDN"\n', encoding="utf-8")
    OF_A_FILE[what](folder / "claimants.csv")
    before = sorted(path.name for path in folder.iterdir())
    for command in COMMANDS:
        status, _, told = run_figures(capsys, *(places.get(w, w) for w in command.split()))
        lines = told.splitlines()
        if command.split()[0] in WITHOUT and status == 0:
            before = sorted({*before, "datapackage.json"})
            continue
        assert status in (1, 2), command
        assert "claimants.csv" in told, command
        assert lines[0].startswith("figures: "), command
        assert len(lines) < (25 if command.startswith("add") else 4), command
        assert not out.exists() or not any(out.iterdir()), command
        assert sorted(path.name for path in folder.iterdir()) == before, command


@pytest.mark.parametrize(
    "become", [_be_folder, _be_pipe, _link_to("/dev/zero"), _link_to("groups.csv")]
)
def test_what_is_no_file_is_not_taken_for_no_file(
    make_casebook: Make, become: Callable[[Path], None]
) -> None:
    folder = make_casebook("bare", casualties=[])
    groups = folder / "groups.csv"
    groups.unlink(missing_ok=True)
    assert read_references(folder)["groups"].empty  # and what is sound is kept
    groups.touch()
    become(groups)
    with pytest.raises(CasebookErrors, match=r"^groups\.csv: expected a file that can be read \("):
        read_references(folder)
