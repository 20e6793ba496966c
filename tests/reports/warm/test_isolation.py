"""What a notebook does to its kernel reaches no other kernel of the same fork server."""

# ruff: noqa: E501 - a state a line

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analysis.reports.warm.fork_server import ForkServer
from tests.reports.warm.running import run_cells

#: A state: how it is seen, and how a notebook changes it.
STATES = {
    "pandas option": ("pd.get_option('display.max_rows')", "pd.set_option('display.max_rows', 3)"),
    "rcParams": ("plt.rcParams['axes.titlesize']", "plt.rcParams['axes.titlesize'] = 'xx-large'"),
    "environment": ("os.environ.get('PLANTED')", "os.environ['PLANTED'] = 'yes'"),
    "method of pandas": ("pd.DataFrame.head.__name__", "pd.DataFrame.head = pd.DataFrame.tail"),
    "builtin": ("ascii(4)", "builtins.ascii = lambda _: 'planted'"),
    "name in builtins": ("hasattr(builtins, 'planted')", "builtins.planted = 1"),
    "working directory": ("os.path.basename(os.getcwd())", "os.chdir('/')"),
    "sys.path": ("'planted' in sys.path", "sys.path.insert(0, 'planted')"),
    "warnings filters": ("len(warnings.filters)", "warnings.simplefilter('error', ResourceWarning)"),
    "module": ("'planted' in sys.modules", "sys.modules['planted'] = sys"),
    "module replaced": ("sys.modules['csv'].__name__", "sys.modules['csv'] = sys"),
    "figures": ("plt.get_fignums()", "get_ipython().run_line_magic('config', 'InlineBackend.close_figures = False'); plt.figure()"),
    "signal handler": ("signal.getsignal(signal.SIGUSR1)", "signal.signal(signal.SIGUSR1, print)"),
    "thread": (
        "'planted' in [one.name for one in threading.enumerate()]",
        "threading.Thread(target=time.sleep, args=(60,), name='planted', daemon=True).start()",
    ),
    "logging handlers": ("logging.root.handlers", "logging.root.addHandler(logging.NullHandler())"),
    "logging level": ("logging.root.level", "logging.root.setLevel(7)"),
    "locale": ("locale.setlocale(locale.LC_NUMERIC)", "locale.setlocale(locale.LC_NUMERIC, 'C.UTF-8')"),
    "numpy errors": ("np.geterr()['over']", "np.seterr(over='raise')"),
    "numpy print options": ("np.get_printoptions()['precision']", "np.set_printoptions(precision=2)"),
    "decimal context": ("decimal.getcontext().prec", "decimal.getcontext().prec = 5"),
    "umask": ("(lambda old: (os.umask(old), old)[1])(os.umask(0o22))", "os.umask(0o77)"),
    "recursion limit": ("sys.getrecursionlimit()", "sys.setrecursionlimit(2345)"),
    "class attribute": ("pd.Series.__doc__[:20]", "pd.Series.__doc__ = 'planted'"),
    "temporary folder": ("tempfile.gettempdir()", "tempfile.tempdir = '/planted'"),
    "style": ("'planted' in matplotlib.style.library", "matplotlib.style.library['planted'] = {}"),
    "colour map": ("'planted' in matplotlib.colormaps", "matplotlib.colormaps.register(matplotlib.colormaps['jet'], name='planted')"),
    "accessor": ("hasattr(pd.DataFrame, 'planted')", "pd.api.extensions.register_dataframe_accessor('planted')(object)"),
    "hook": ("sys.unraisablehook.__name__", "sys.unraisablehook = print"),
    "garbage collection": ("gc.isenabled()", "gc.disable()"),
    "variable": ("'variable' in globals()", "variable = 1"),
    "magic": ("'planted' in get_ipython().magics_manager.magics['line']", "get_ipython().register_magic_function(print, magic_name='planted')"),
    "display formatter": ("int in get_ipython().display_formatter.formatters['text/html'].type_printers", "get_ipython().display_formatter.formatters['text/html'].for_type(int, str)"),
    "file": ("os.path.exists('planted.txt')", "open('planted.txt', 'w').close()"),
    "descriptor": ("os.path.exists('/proc/self/fd/99')", "os.dup2(1, 99)"),
    "limit": ("resource.getrlimit(resource.RLIMIT_NOFILE)[0]", "resource.setrlimit(resource.RLIMIT_NOFILE, (222, 222))"),
    "priority": ("os.nice(0)", "os.nice(1)"),
}  # fmt: skip

IMPORTS = """
import csv, decimal, gc, locale, logging, os, resource, signal, sys, tempfile, threading, time, warnings
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd, builtins
"""
RANDOM = "import random; print(np.random.rand(), random.random())"
LOOK = IMPORTS + "\n".join(f"print({name!r}, repr({how}))" for name, (how, _) in STATES.items())
PLANT = IMPORTS + "np.random.seed(1); __import__('random').seed(1)\n"
PLANT += "\n".join(plant for _, plant in STATES.values())


def _look(folder: Path, address: str) -> tuple[list[str], str]:
    run = run_cells(folder / "looks", address, LOOK, RANDOM)
    assert run.raised == ""
    return run.text(0).splitlines(), run.text(1)


def test_no_state_reaches_a_later_notebook(server: ForkServer, tmp_path: Path) -> None:
    before, one = _look(tmp_path / "before", server.address)
    planted = run_cells(tmp_path / "looks", server.address, PLANT, LOOK)
    assert planted.raised == ""
    changed = planted.text(1).splitlines()
    same = [line for line in before if line in changed]
    assert len(before) == len(changed) == len(STATES)
    assert same == [], "a plant that changes nothing proves nothing"
    after, two = _look(tmp_path / "after", server.address)
    assert after == before
    assert one != two, "each kernel draws numbers of its own"


def test_no_state_reaches_a_notebook_beside_it(server: ForkServer, tmp_path: Path) -> None:
    alone, _ = _look(tmp_path / "alone", server.address)
    planted, looked = tmp_path / "planted", tmp_path / "looked"
    meet = (
        "import os, time\n"
        "open({mine!r}, 'w').close()\n"
        "while not os.path.exists({other!r}): time.sleep(0.01)\n"
    )
    names = {"mine": str(planted), "other": str(looked)}
    with ThreadPoolExecutor(2) as pool:
        plants = pool.submit(
            run_cells, tmp_path / "plants", server.address, PLANT, meet.format(**names)
        )
        looks = pool.submit(
            run_cells, tmp_path / "looks", server.address,
            # It begins before the other has planted, and looks after that.
            f"import os, time\nwhile not os.path.exists({str(planted)!r}): time.sleep(0.01)",
            LOOK, f"open({str(looked)!r}, 'w').close()",
        )  # fmt: skip
        assert plants.result(60).raised == ""
        assert looks.result(60).text(1).splitlines() == alone


def test_eight_at_the_same_time(server: ForkServer, tmp_path: Path) -> None:
    cells = (
        "import os, pathlib, time\n"
        f"pathlib.Path({str(tmp_path)!r}, str(os.getpid())).touch()\n"
        f"while len(list(pathlib.Path({str(tmp_path)!r}).glob('[0-9]*'))) < 8: time.sleep(0.01)",
        "import random; print(random.random())",
        "import numpy as np; print(np.random.rand())",
    )
    begun = threading.active_count()
    with ThreadPoolExecutor(8) as pool:
        futures = [
            pool.submit(run_cells, tmp_path / f"folder-{number}", server.address, *cells)
            for number in range(8)
        ]
        runs = [future.result(60) for future in futures]
    assert [run.raised for run in runs] == [""] * 8
    assert len({run.text(1) for run in runs}) == len({run.text(2) for run in runs}) == 8
    assert threading.active_count() == begun
