import csv
import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from analysis.reading import make_document, read_candidates
from analysis.reading.accepting import NotAccepted, Source, accept, undo
from analysis.reading.scope import propose, read_names
from analysis.tables import find_casebook, together
from analysis.tables.together import FOLDER, NotReplaced

CASUALTIES = (
    "source_id,locator,claimant,since,as_of,who,side,area,outcome,wording,low,best,high,"
    "standard,status,repeats,published_on,note\n"
)
SOURCES = "source_id,publisher,title,published_on,accessed_on,url,licence,method,known_limits\n"
SOURCE = Source("kesh-1", "Kesh News", "Floods", "2031-06-14", "2031-06-15")
TEXT = "The Kesh Network said at least 27 civilians were killed and 19 wounded in Doma."


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    (tmp_path / "casualties.csv").write_text(CASUALTIES, encoding="utf-8")
    (tmp_path / "sources.csv").write_text(SOURCES.rstrip("\n"), encoding="utf-8")
    (tmp_path / "claimants.csv").write_text(
        "claimant,name,short_name,kind,side,note\nkesh-network,Kesh Network,Network,ngo,,\n",
        encoding="utf-8",
    )
    (tmp_path / "areas.csv").write_text(
        "area,name,within,iso3,note\ndoma,Doma,,,\n", encoding="utf-8"
    )
    (tmp_path / "groups.csv").write_text(
        "who,singular,plural,part_of,note\ncivilians,civilian,civilians,,\n", encoding="utf-8"
    )
    return tmp_path


def candidates(casebook, **changes):
    found = [one for one in read_candidates(make_document(TEXT)) if one.kind == "figure"]
    proposed = propose(found, read_names(casebook))
    changes = {"decision": "accept", "standard": "declared", "as_of": "2031-06-12", **changes}
    return [replace(one, **changes) for one in proposed]


def rows(casebook, table):
    with (casebook / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables(casebook):
    return {path.name: path.read_bytes() for path in casebook.glob("*.csv")}


def test_accepted_rows_and_their_document_land_in_the_casebook(casebook):
    assert accept(candidates(casebook), casebook, SOURCE).rows == {"casualties": 2}
    killed, wounded = rows(casebook, "casualties.csv")
    assert killed["wording"] == "at least 27"
    assert wounded["wording"] == "at least 19"  # the qualifier that it shares
    assert (killed["claimant"], killed["area"], killed["who"]) == (
        "kesh-network",
        "doma",
        "civilians",
    )
    start = TEXT.index("at least 27")
    assert killed["locator"] == f"paragraph 1, characters {start}-{start + len('at least 27')}"
    assert [row["source_id"] for row in rows(casebook, "sources.csv")] == ["kesh-1"]


def test_only_what_is_accepted_is_taken(casebook):
    killed, wounded = candidates(casebook)
    accept([killed, replace(wounded, decision="refuse")], casebook, SOURCE)
    assert [row["outcome"] for row in rows(casebook, "casualties.csv")] == ["killed"]


def test_the_same_claim_is_refused_and_a_repeat_is_not(casebook):
    accept(candidates(casebook), casebook, SOURCE)
    other = replace(SOURCE, source_id="other")
    before = tables(casebook)
    with pytest.raises(NotAccepted, match=r"row 2: this claim is there already \(source kesh-1\)"):
        accept(candidates(casebook), casebook, other)
    assert tables(casebook) == before
    accept(candidates(casebook, repeats="kesh-1"), casebook, other)
    assert len(rows(casebook, "casualties.csv")) == 4


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"claimant_key": "kesh-netwrk"},
            'claimant_key: "kesh-netwrk" is not in claimants.csv.*kesh-network',
        ),
        ({"area": ""}, "area: expected a value; it is empty"),
        ({"who": "civilian"}, 'who: "civilian" is not in groups.csv.*civilians'),
        ({"status": "predicted"}, "a forecast belongs into projections.csv"),
        ({"as_of": "12 June"}, 'as_of: expected a day, YYYY-MM-DD, found "12 June"'),
        ({"surface": "at lest 27"}, "surface: cannot read"),
        ({"table": "casualtys"}, "table: expected casualties, displaced, refugees"),
    ],
)
def test_a_row_that_is_not_whole_changes_nothing(casebook, changes, message):
    before = tables(casebook)
    with pytest.raises(NotAccepted, match=message):
        accept(candidates(casebook, **changes), casebook, SOURCE)
    assert tables(casebook) == before


def test_what_was_accepted_last_can_be_undone(casebook):
    before = tables(casebook)
    accept(candidates(casebook), casebook, SOURCE)
    assert undo(casebook) == ["casualties.csv", "sources.csv"]
    assert tables(casebook) == before
    with pytest.raises(NotAccepted, match="nothing to undo"):
        undo(casebook)


def test_a_table_that_was_changed_since_is_not_undone(casebook):
    accept(candidates(casebook), casebook, SOURCE)
    with (casebook / "casualties.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(NotAccepted, match="changed since"):
        undo(casebook)


def test_a_check_that_fails_changes_nothing(casebook):
    def refuse(folder):
        assert len(rows(folder, "casualties.csv")) == 2
        raise NotAccepted("the casebook says no")

    before = tables(casebook)
    with pytest.raises(NotAccepted, match="says no"):
        accept(candidates(casebook), casebook, SOURCE, refuse)
    assert tables(casebook) == before


def killed_at(step: int, do: Callable[[], object]) -> bool:
    """Do it in a process that is gone before the n-th thing it does to the disk: was it?"""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    done = 0

    def counting(original):
        def wrapped(*arguments, **named):
            nonlocal done
            if done == step:
                os._exit(9)  # nothing is cleared away
            done += 1
            return original(*arguments, **named)

        return wrapped

    try:
        together._write = counting(together._write)
        os.fsync = counting(os.fsync)
        Path.replace = counting(Path.replace)
        Path.unlink = counting(Path.unlink)
        do()
    except BaseException:
        os._exit(1)
    os._exit(0)


def test_killing_it_at_any_moment_leaves_the_tables_as_they_were_or_complete(
    casebook: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chosen = candidates(casebook)
    steps: tuple[tuple[str, Callable[[Path], object]], ...] = (
        ("accept", lambda folder: accept(chosen, folder, SOURCE)),
        ("undo", undo),
    )
    untouched = tables(casebook)
    for what, do in steps:
        before, seen = tables(casebook), set()
        done = tmp_path_factory.mktemp("whole") / what
        shutil.copytree(casebook, done)
        do(done)
        complete = tables(done)
        for step in range(60):
            folder = tmp_path_factory.mktemp("killed") / what
            shutil.copytree(casebook, folder)
            was_killed = killed_at(step, partial(do, folder))
            # Whoever opens the casebook next finds it whole.
            after = tables(find_casebook(folder))
            assert after in (before, complete), (what, step)
            assert not (folder / FOLDER / "journal.json").exists()
            seen.add((was_killed, after == complete))
            if (after == complete) == (what == "accept"):  # it can still be undone
                assert undo(folder) == ["casualties.csv", "sources.csv"]
                assert tables(folder) == untouched
            if not was_killed:
                break
        assert seen == {(True, False), (True, True), (False, True)}, what
        do(casebook)


def test_what_was_interrupted_and_changed_since_is_named(casebook: Path) -> None:
    chosen = candidates(casebook)
    for step in range(60):
        killed_at(step, lambda: accept(chosen, casebook, SOURCE))
        if (casebook / FOLDER / "journal.json").exists():
            break
    with (casebook / "casualties.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(NotReplaced, match=r"casualties\.csv: changed while rows were being"):
        find_casebook(casebook)


def test_a_table_that_a_spreadsheet_has_saved_keeps_its_line_ends(casebook: Path) -> None:
    path = casebook / "casualties.csv"
    path.write_bytes(b"\xef\xbb\xbf" + CASUALTIES.replace("\n", "\r\n").encode())
    accept(candidates(casebook), casebook, SOURCE)
    saved = path.read_bytes()
    assert saved.count(b"\r\n") == saved.count(b"\n") == 3
    assert saved.splitlines()[1].startswith(b"kesh-1,")


def test_two_do_not_accept_at_once(casebook):
    (casebook / FOLDER).mkdir()
    with (casebook / FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NotAccepted, match="somebody else"):
            accept(candidates(casebook), casebook, SOURCE)
    assert rows(casebook, "casualties.csv") == []


def test_a_cell_that_a_spreadsheet_would_run_is_guarded(casebook):
    accept(candidates(casebook), casebook, replace(SOURCE, title="=1+1"))
    assert rows(casebook, "sources.csv")[0]["title"] == "'=1+1"


def test_an_ambiguous_name_is_left_open(casebook):
    with (casebook / "claimants.csv").open("a", encoding="utf-8") as file:
        file.write("other,The Kesh Network,Other,ngo,,\n")
    assert read_names(casebook).key_of("claimant_key", "Kesh Network") == ""
