"""Notebooks that ask much of whoever runs them; a cell that begins with `#!` is to fail."""

# ruff: noqa: E501 - a cell on a line is easier to find than one on three

from pathlib import Path

import nbformat
from nbformat import v4

#: What stands beside each notebook.
BESIDE = {
    "beside.py": (
        "import os\n"
        "LOG = open('module.log', 'w')\n"
        "LOG.write('written by a module')\n"
        "def double(number):\n"
        "    return 2 * number\n"
    ),
    "script.py": "import sys\nanswer = 6 * 7\nprint(__name__, sys.argv, answer)\n",
}

#: Cells that tell something else each time.
DIFFERS = ("%timeit", "%%time", "# differs")

OUTPUTS = [
    """
import sys
print("out one")
print("error one", file=sys.stderr)
print("out two", end="", flush=True)
sys.stdout.write("unfinished")
""",
    "1 + 1",
    "_ + 40, __, In[2], Out[2], _i",
    "'no output';",
    "",
    """
from IPython.display import HTML, Image, Markdown, display, update_display, clear_output
display("first", 2, {"three": 3})
display({"text/plain": "plain", "text/html": "<b>rich</b>", "application/json": {"a": [1]}}, raw=True)
handle = display("to be updated", display_id="one")
HTML("<i>last</i>")
""",
    """
handle.update("updated later")
display("second", display_id="two")
update_display(Markdown("*updated*"), display_id="two")
update_display("of an id that is not there", display_id="nine")
""",
    """
print("gone"); clear_output(); print("stays")
for number in range(3):
    clear_output(wait=True); print(number)
""",
    "print('gone at last'); display(1); clear_output(wait=False)",
    "!echo from the shell; echo its error >&2; exit 3",
    "listed = !ls *.py\nlisted, _exit_code",
    "%%bash\necho one\necho two >&2\n",
    "#! a shell that fails\n%%bash\nexit 4",
    "%%bash --out taken --err lost\necho taken; echo lost >&2",
    "taken, lost",
    "%%capture kept\nprint('kept'); display('shown'); print('error', file=sys.stderr); 5",
    "kept.stdout, kept.stderr, kept.outputs",
    "kept.show()",
    """
import asyncio
async def say(word):
    await asyncio.sleep(0.001)
    print(word)
    return word
await asyncio.gather(say("a"), say("b")), type(asyncio.get_running_loop()).__name__
""",
    "waiting = asyncio.create_task(say('later'))",
    "await waiting",
    "async with asyncio.timeout(1):\n    print('in time')",
    "#! nobody answers\ninput('name? ')",
    "#! nobody answers\nimport getpass\ngetpass.getpass()",
    "#! with a long way\ndef inner(x):\n    return 1 / x\ndef outer(x):\n    return inner(x)\nouter(0)",
    "#! for two reasons\ntry:\n    {}['key']\nexcept KeyError as problem:\n    raise ValueError('second') from problem",
    "#! no Python\nif True\n    pass",
    "#! no Python\n  x = 1\n y = 2",
    "def deeper():\n    return deeper()\ntry:\n    deeper()\nexcept RecursionError as problem:\n    print(problem)",
    "#! an error with notes\nproblem = TypeError('noted')\nproblem.add_note('look here')\nraise problem",
    "#! a group\nraise ExceptionGroup('many', [ValueError(1), TypeError(2)])",
    "#! interrupted\nraise KeyboardInterrupt('by itself')",
    "#! interrupted\nimport os, signal, time\nos.kill(os.getpid(), signal.SIGINT); time.sleep(5)",
    "#! leaves with a status\nsys.exit(3)",
    "#! leaves with words\nraise SystemExit('words')",
    "#! in a file of its own\nimport json\njson.loads('{')",
    "print('still here')",
    """
import warnings
for number in range(3):
    warnings.warn("once a place")
warnings.warn("another", FutureWarning)
""",
    "def warn():\n    warnings.warn('out of date', DeprecationWarning, stacklevel=2)\nwarn(); warn()",
    """
import logging
logging.warning("to the root")
logging.getLogger("mine").error("to a logger"); logging.getLogger("mine").info("not shown")
""",
    "logging.basicConfig(level='INFO', force=True, format='%(name)s %(message)s')\nlogging.info('shown now')",
    """
import threading
go_on = threading.Event()
def wait():
    go_on.wait(5)
    print("from a thread")
thread = threading.Thread(target=wait)
thread.start()
""",
    "go_on.set(); thread.join(); print('joined')",
    "#! in a thread\nthreading.Thread(target=lambda: 1 / 0).start(); time.sleep(0.1); 1 / 0",
    """
import multiprocessing, concurrent.futures
def square(number):
    return number ** 2
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(square, range(5)))
with concurrent.futures.ProcessPoolExecutor(1) as pool:
    print(list(pool.map(square, range(3))))
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    print(list(pool.map(square, range(3))))
""",
    "import beside\nbeside.double(21)",
    "#! in another process\nwith multiprocessing.get_context('fork').Pool(1) as pool:\n    pool.map(len, [1])",
    "import subprocess\nsubprocess.run(['echo', 'inherited']); time.sleep(0.5)",
    "os.write(1, b'to the descriptor\\n'); time.sleep(0.5)",
    "print('x' * 1_000_000)",
    "for number in range(3000):\n    print(number)",
    "list(range(2000))",
    "Image(data=bytes.fromhex('89504e470d0a1a0a') + bytes(range(256)), format='png')",
    """
from tqdm import tqdm
import tqdm.auto
for _ in tqdm.tqdm(range(3), bar_format="{l_bar}{bar}{n_fmt}/{total_fmt}", mininterval=0):
    pass
for _ in tqdm.auto.tqdm(range(3), bar_format="{l_bar}{bar}{n_fmt}/{total_fmt}"):
    pass
""",
    "import ipywidgets\nslider = ipywidgets.IntSlider(3, description='how many')\nslider",
    """
box = ipywidgets.Output()
with box:
    print("in the box")
slider.value = 5
box
""",
    "%load_ext autoreload\n%autoreload 2",
    "%timeit -n1 -r1 pass",
    "%%time\nprint('timed')",
    "%run script.py one two\nanswer",
    "%env PLANTED=yes",
    "!echo $PLANTED",
    "%who_ls",
    "%pwd",
    "%xmode Minimal",
    "#! shortly\n1 / 0",
    "%xmode Context",
    "%%html\n<b>of a magic</b>",
    "%%writefile written.txt\nby a magic",
    "print?",
    "#! unknown magic\n%unheard_of",
    "from IPython import get_ipython\nget_ipython().run_cell('7 * 6')\nget_ipython().execution_count",
    "#! cannot be shown\nclass Odd:\n    def _repr_html_(self):\n        raise ValueError('cannot be shown')\n    def __repr__(self):\n        return 'odd'\nOdd()",
    """
import atexit, gzip, io, tempfile, zipfile
atexit.register(lambda: open("at_exit.txt", "w").write("done"))
unclosed = open("unclosed.txt", "w"); unclosed.write("waits in memory")
packed = io.TextIOWrapper(gzip.GzipFile("packed.gz", "w", mtime=0)); packed.write("packed")
archive = zipfile.ZipFile("archive.zip", "w"); archive.writestr(zipfile.ZipInfo("name"), "content")
temporary = tempfile.NamedTemporaryFile(dir=".", prefix="temporary-")
folder = tempfile.TemporaryDirectory(dir=".", prefix="folder-")
class Farewell:
    def __del__(self):
        with open("farewell.txt", "a") as file:
            file.write("good bye")
farewell = Farewell(); farewell.myself = farewell
another = Farewell()
""",
]

CHARTS = [
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])",
    "%matplotlib inline\nfigure, axes = plt.subplots()\naxes.bar(['a', 'b'], [1, 2])\nfigure",
    "%config InlineBackend.figure_format = 'retina'\nplt.plot([3, 1])\nplt.show()\nprint('after')",
    "%config InlineBackend.figure_formats = ['svg']\nplt.rcParams['svg.hashsalt'] = 'x'\nplt.plot([0, 1]);",
    "%config InlineBackend.figure_format = 'png'\nplt.figure(); plt.plot([1]); plt.figure(); plt.plot([2]);",
    "plt.title('\\u4e2d'); plt.get_fignums()",
    "%config InlineBackend.close_figures = False\nkept = plt.figure()",
    "plt.get_fignums()",
    "plt.close('all')\nimport matplotlib\nmatplotlib.get_backend(), plt.isinteractive(), matplotlib.matplotlib_fname()",
    "for name in sorted(plt.rcParams):\n    print(name, plt.rcParams[name])",
    "plt._REPL_DISPLAYHOOK, sorted(matplotlib.style.available)",
    """
import pandas as pd
def options(tree, path=""):
    for name in dir(tree):
        part = getattr(tree, name)
        if type(part).__name__ == "DictWrapper":
            options(part, f"{path}{name}.")
        else:
            print(path + name, part)
options(pd.options)
""",
    "wide = pd.DataFrame({f'column {number}': [number / 7] * 3 for number in range(40)})\nwide",
    "print(wide)",
    "pd.DataFrame({'long': range(100), 'text': ['y' * 70] * 100})",
    "wide.iloc[:, :3].style.format(precision=2).set_uuid('u')",
    "wide.plot(y='column 3');",
    "wide['column 1'].describe()",
    "#! of pandas\nwide['not there']",
    "wide[wide['column 1'] > 0]['column 2'] = 3",
    "import numpy as np\nnp.arange(2000).reshape(20, 100) / 3",
    "np.float64(1) / 0, np.geterr()",
    "import warnings\nprint(*sorted(map(str, warnings.filters)), sep='\\n')",
    "import tqdm.notebook\nfor _ in tqdm.notebook.tqdm(range(2), bar_format='{n_fmt}'): pass",
]

FACTS = [
    "import os, sys, signal, threading, json, builtins, locale, gc, warnings, logging, resource",
    "sys.argv[1:-1], sys.argv[0].split('/')[-1], len(sys.argv)",
    "sys.path",
    "sys.flags, sys._xoptions, sys.executable, sys.warnoptions, sys.prefix",
    "'__file__' in globals(), __name__, sys.modules['__main__'] is __import__('__main__')",
    "sorted(vars(sys.modules['__main__']))",
    "getattr(sys.modules['__main__'], '__spec__', 0), getattr(sys.modules['__main__'], '__file__', 0)",
    "sorted(set(dir(builtins)))",
    "[(number.name, str(signal.getsignal(number))) for number in sorted(signal.valid_signals()) if hasattr(number, 'name')]",
    "signal.pthread_sigmask(signal.SIG_BLOCK, [])",
    "sorted((name, value) for name, value in os.environ.items() if not name.startswith('JPY_'))",
    "import subprocess\nsorted(line for line in subprocess.run(['env'], capture_output=True, text=True).stdout.splitlines() if not line.startswith(('JPY_', '_=')))",
    "os.environ['JPY_PARENT_PID'] == str(os.getppid())",
    "locale.setlocale(locale.LC_ALL), locale.getpreferredencoding(), sys.getfilesystemencoding(), sys.stdout.encoding",
    "old = os.umask(0); os.umask(old); old",
    "os.getcwd(), os.path.abspath(''), os.curdir",
    "os.getpgid(0) == os.getpid() == os.getsid(0), os.getppid() == os.getpid()",
    """
def kind(number):
    try:
        target = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        return None
    return target.split(":")[0] if ":" in target else target
print(*filter(None, (kind(number) for number in os.listdir("/proc/self/fd") if int(number) > 2)))
# differs
""",
    "sorted((name, str(handler)) for name, handler in [('root', logging.root.handlers)]), logging.root.level",
    "sys.getrecursionlimit(), sys.getswitchinterval(), sys.gettrace(), sys.getprofile(), gc.get_threshold(), gc.isenabled()",
    "sorted(thread.name for thread in threading.enumerate()), threading.current_thread() is threading.main_thread()",
    "threading.current_thread().native_id == os.getpid(), threading.main_thread().ident == threading.get_ident()",
    "[resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith('RLIMIT')]",
    "str(sys.excepthook), str(sys.displayhook), str(sys.unraisablehook), str(threading.excepthook)",
    "import tempfile\ntempfile.gettempdir(), tempfile.tempdir",
    "import decimal\ndecimal.getcontext()",
    "import multiprocessing, multiprocessing.process\nmultiprocessing.get_start_method(), multiprocessing.process.ORIGINAL_DIR, multiprocessing.current_process()",
    "import faulthandler\nfaulthandler.is_enabled(), sys.breakpointhook, os.getpriority(os.PRIO_PROCESS, 0), sorted(os.sched_getaffinity(0))",
    "import asyncio\nstr(asyncio.get_event_loop_policy()).split(' at ')[0]",
    "warnings.showwarning, warnings.warn",
    "get_ipython().config, get_ipython().profile_dir.location, get_ipython().history_manager.enabled",
    "def depth():\n    frame, count = sys._getframe(), 0\n    while frame := frame.f_back:\n        count += 1\n    return count\ndepth()",
    "import numpy as np\nnp.geterr(), np.get_printoptions()",
    "import random, uuid, secrets\nstr([np.random.rand(), np.random.default_rng().random(), random.random(), uuid.uuid4().hex, uuid.uuid1().hex, secrets.token_hex(8), tempfile.mktemp(), bytes(multiprocessing.current_process().authkey).hex()])\n# differs",
    "exit()",
]

STOPS = [
    """
import multiprocessing.resource_tracker, beside
with multiprocessing.get_context("spawn").Pool(1) as pool:
    print(pool.map(beside.double, [1, 2]))
# It hears no signal, and ipykernel takes seconds to end it.
multiprocessing.resource_tracker._resource_tracker._stop()
""",
    "1 / 0",
    "print('after')",
]
LEAVES = [
    "print('before')",
    # Without last words: whether they arrive is a race, in papermill's own engine too.
    "import os; os._exit(3)",
    "print('after')",
]
KILLED = ["import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "print('after')"]
HANGS = ["print('before')", "import time\nprint('begun')\ntime.sleep(60)", "print('after')"]

NOTEBOOKS = {
    "outputs": OUTPUTS,
    "charts": CHARTS,
    "facts": FACTS,
    "stops": STOPS,
    "leaves": LEAVES,
    "killed": KILLED,
    "hangs": HANGS,
}


def write(folder: Path, name: str) -> Path:
    """Write the notebook `name` into `folder`, with what stands beside it."""
    folder.mkdir(parents=True)
    for file, text in BESIDE.items():
        (folder / file).write_text(text, encoding="utf-8")
    notebook = v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "x"}})
    notebook.metadata.kernelspec.language = "python"
    notebook.cells = [v4.new_markdown_cell(f"# {name}"), *map(_cell, NOTEBOOKS[name])]
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


def _cell(text: str) -> nbformat.NotebookNode:
    tags = ["raises-exception"] if text.startswith("#!") else []
    if text.startswith("#!") and "\n%%" in text:
        text = text.partition("\n")[2]
    return v4.new_code_cell(text.strip(), metadata={"tags": tags})
