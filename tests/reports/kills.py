"""Kill batches at chosen moments, and count what is damaged or left behind.

    python -m tests.reports.kills 200

Each round starts a batch of toy notebooks in a folder for temporary files of its own, waits until
it is seen to be at a certain point, sends a signal to one of its processes, lets the same command
go on where it was, and looks. A round is known by its number: `python -m tests.reports.kills 1
--first 17` is round 17 once more.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from analysis.hashes import hash_file
from analysis.reports.build import PAGE
from analysis.reports.folder import MARK
from analysis.reports.temporary import sweep_folders
from tests.reports.batch.scenes import Scene, start_command

ROOT = Path(__file__).parents[2]

DAYS = "2022-03-01..2022-03-02"
COUNT = 2

#: The variable by which the processes of a round are known.
ROUND = "KILLS_ROUND"

#: Where a batch may be when it is hit, and which of its processes there are then.
MOMENTS = {
    "before a report": ("command", "fork server", "all"),
    "in a draft": ("command", "worker", "fork server", "all"),
    "in a cell": ("command", "worker", "fork server", "kernel", "all"),
    "between files": ("command", "worker", "fork server", "all"),
    "between reports": ("command", "worker", "fork server", "kernel", "all"),
}
SIGNALS = ("SIGKILL", "SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1")

#: Seconds until a process that has something to put in order must be gone.
PATIENCE = 30.0


@dataclass(frozen=True)
class Round:
    """A kill: which signal goes to what, and where the batch is then."""

    moment: str
    target: str
    signal: str
    workers: int = 2

    @classmethod
    def draw(cls, number: int) -> Round:
        """Return the round of a number."""
        chance = random.Random(number)
        moment = chance.choice(list(MOMENTS))
        # With one worker the second report begins when the first is in its place.
        workers = 1 if moment == "between reports" else 2
        return cls(moment, chance.choice(MOMENTS[moment]), chance.choice(SIGNALS), workers)

    def __str__(self) -> str:
        return f"{self.signal} to {self.target} {self.moment}"


def find_processes(mark: str) -> dict[int, list[str]]:
    """Return the living processes of a round with their commands."""
    found = {}
    wanted = f"{ROUND}={mark}".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                state = (entry / "stat").read_text("utf-8").rpartition(")")[2].split()[0]
                words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                if state not in "ZX":
                    found[int(entry.name)] = words
        except OSError:
            continue
    return found


def choose(processes: dict[int, list[str]], command: int, target: str) -> list[int]:
    """Return the processes that a kill is for."""
    others = {pid: words for pid, words in processes.items() if pid != command}
    of = {
        "command": [command],
        "all": list(processes),
        # A kernel has the words of the server that it was forked from.
        "fork server": [pid for pid, words in others.items() if _serves(words)][:1],
        "kernel": [pid for pid, words in others.items() if _serves(words)][1:],
        "worker": [pid for pid, words in others.items() if not _serves(words)],
    }[target]
    return of if target == "all" else of[:1]


def _serves(words: list[str]) -> bool:
    return any(word.endswith("warm/server.py") for word in words)


def find_damaged(out: Path) -> Iterator[str]:
    """Yield what of the reports in `out` is not as its manifest says."""
    for mark in sorted(out.glob(f"*/{MARK}")):
        manifest = json.loads(mark.read_bytes())
        for file, digest in manifest["outputs"].items():
            path = mark.parent / file
            if not path.is_file() or hash_file(path) != digest:
                yield f"{mark.parent.name}/{file}"
        for path in mark.parent.rglob("*"):
            name = path.relative_to(mark.parent).as_posix()
            if path.is_file() and name != MARK and name not in manifest["outputs"]:
                yield f"{mark.parent.name}/{name} is in no manifest"


def is_at(moment: str, scene: Scene) -> bool:
    """Whether the files of a batch show that it has come to `moment`."""
    drafts = list(scene.out.glob(".2*"))
    if moment == "before a report":
        return (scene.out / MARK).exists()
    if moment == "in a draft":
        return bool(drafts)
    if moment == "in a cell":
        return bool(scene.ran())
    if moment == "between files":
        return any((draft / PAGE).exists() for draft in drafts)
    return any(scene.out.glob(f"2*/{MARK}"))


def hit(round_: Round, scene: Scene, running: subprocess.Popen[bytes], mark: str) -> bool:
    """Send the signal at its moment; return whether a process was there to get it."""
    until = time.monotonic() + PATIENCE
    while not is_at(round_.moment, scene):
        if running.poll() is not None or time.monotonic() > until:
            return False
        time.sleep(0.0005)
    victims: list[int] = []
    while not victims and running.poll() is None and time.monotonic() < until:
        # A process that is just starting (a worker's, a kernel's) is waited for.
        victims = choose(find_processes(mark), running.pid, round_.target)
    for pid in victims:
        with suppress(ProcessLookupError):
            os.kill(pid, getattr(signal, round_.signal))
    return bool(victims)


def play(round_: Round, place: Path) -> tuple[bool, list[str]]:
    """Play a round; return whether the signal met a batch at work, and what is wrong after it."""
    scene = Scene(place)
    if round_.moment in ("in a cell", "between reports"):
        for day in DAYS.split(".."):  # the cell goes on when the signal has been sent
            if round_.moment == "in a cell" or not DAYS.startswith(day):
                scene.behave(day, "wait")
    temporary, mark = place / "tmp", f"{os.getpid()}-{place.name}"
    temporary.mkdir()
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "TMPDIR": str(temporary),
        ROUND: mark,
    }
    words = start_command(scene.words(DAYS, "--workers", str(round_.workers)))

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            words, env=environment, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=(place / "told").open("ab"),
        )  # fmt: skip

    running = start()
    has_hit = hit(round_, scene, running, mark)
    (place / "go").touch()
    wrong = []
    status = running.wait(10 * PATIENCE)
    if status != 0 and (not has_hit or round_.target not in ("command", "all")):
        wrong.append(f"the batch did not go on (status {status})")
    gone = time.monotonic() + PATIENCE
    while find_processes(mark) and time.monotonic() < gone:
        time.sleep(0.05)
    left = find_processes(mark)
    wrong += [f"process {' '.join(line)[:80]}" for line in left.values()]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    wrong += [f"damaged: {name}" for name in find_damaged(scene.out)]
    again = start()
    if (status := again.wait(10 * PATIENCE)) != 0:
        wrong.append(f"the same command did not go on (status {status})")
    wrong += [f"damaged after it: {name}" for name in find_damaged(scene.out)]
    made = sorted(path.name for path in scene.out.iterdir() if path.is_dir())
    if len(made) != COUNT or any(name.startswith(".") for name in made):
        wrong.append(f"in the folder of the batch: {made}")
    for folder in temporary.iterdir():  # as if some time had passed
        os.utime(folder, (0, 0))
    sweep_folders(temporary)
    wrong += [f"folder {path.name} was left" for path in temporary.iterdir()]
    told = (place / "told").read_text("utf-8", "replace")
    if "Traceback" in told:
        wrong.append(f"told: {told[-300:]}")
    return has_hit, wrong


def main() -> int:
    """Play rounds and print what they came to; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rounds", type=int, nargs="?", default=200)
    parser.add_argument("--first", type=int, default=0, help="the number of the first round")
    given = parser.parse_args()
    # A shell that runs this in the background has all that it starts ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    kinds: Counter[str] = Counter()
    bad = 0
    for number in range(given.first, given.first + given.rounds):
        round_ = Round.draw(number)
        with tempfile.TemporaryDirectory(prefix="kills-", ignore_cleanup_errors=True) as place:
            has_hit, wrong = play(round_, Path(place))
        kinds[str(round_) if has_hit else "missed"] += 1
        bad += bool(wrong)
        what = str(round_) + ("" if has_hit else ": missed, the batch had ended")
        print(f"round {number}: {what}", *wrong, sep="\n    ", flush=True)
    for what, count in sorted(kinds.items()):
        print(f"{count:4} {what}")
    landed = given.rounds - kinds["missed"]
    print(f"{landed} of {given.rounds} rounds hit a batch at work; {bad} left something wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
