"""The documents for people are true: the paths, commands, options and imports they name exist."""

import ast
import importlib
import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer.main

from analysis import command_line

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]

# What comes into being on a reader's machine, and so is in no checkout.
MADE = {"reports", "exports", "site", ".venv", "build", "dist"}
SUFFIXES = {".py", ".md", ".csv", ".toml", ".yml", ".txt", ".json", ".ipynb", ".png", ".svg"}

FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def _read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def _blocks(document: str, *languages: str) -> list[str]:
    return [body for language, body in FENCE.findall(_read(document)) if language in languages]


def _spans(document: str) -> list[str]:
    """What stands between single backticks."""
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", FENCE.sub("", _read(document)))


def _commands(document: str, program: str) -> list[list[str]]:
    """The words of each command line that calls a program, in a block or in the text."""
    blocks = _blocks(document, "", "sh", "bash", "console", "shell", "text")
    blocks = [block.replace("\\\n", " ") for block in blocks]
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    lines += _spans(document)
    wanted = [line for line in lines if re.match(rf"(\S*/)?{program} ", line)]
    return [shlex.split(line.replace("[", "").replace("]", ""), comments=True) for line in wanted]


def _is_placeholder(text: str) -> bool:
    """SUBJECT in `data/SUBJECT.csv`, or a sign that there are several."""
    return bool(re.search(r"[*…<>{}]|(?<![A-Za-z])[A-Z]{3,}(?![A-Za-z])", text))


# Paths


def _paths(document: str) -> set[str]:
    spans = {span.rstrip("/") for span in _spans(document) if re.fullmatch(r"[\w.*…<>/-]+", span)}
    return {span for span in spans if "/" in span or Path(span).suffix in SUFFIXES}


def _bare_names() -> set[str]:
    """File names that need no folder: those of files there are, and those that the code writes."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    written = {name for text in sources for name in re.findall(r'"([\w-]+\.\w+)"', text)}
    folders = ("data", "notebooks", "src", "tests")
    return written | {path.name for folder in folders for path in (ROOT / folder).rglob("*.*")}


def _exists(path: str) -> bool:
    if "/" not in path and path in _bare_names():
        return True
    return (ROOT / path).exists() or path.split("/")[0] in MADE


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_path_in_the_text_exists(document: str) -> None:
    gone = {path for path in _paths(document) if not _exists(path) and not _is_placeholder(path)}
    assert gone == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_link_leads_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", _read(document)):
        if "://" in target:
            continue
        path, _, heading = target.partition("#")
        linked = ROOT / document if not path else (ROOT / document).parent / path
        assert linked.exists(), target
        assert not heading or heading in _anchors(linked), target


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _tree() -> list[str]:
    """The paths in the README's drawing of the layout: an indented line lies in the one above."""
    drawings = [body for body in _blocks("README.md", "", "text") if re.search(r"\bdata/ ", body)]
    assert len(drawings) == 1, "README.md draws the layout once, with `data/` in it"
    paths: list[str] = []
    above: list[tuple[int, str]] = []
    for line in drawings[0].splitlines():
        match = re.match(r"([\s│├└─]*)(\S+)", line)
        if not match:
            continue
        depth, name = len(match[1]), match[2]
        above = [(d, folder) for d, folder in above if d < depth]
        path = (above[-1][1] if above else "") + name
        paths.append(path)
        if name.endswith("/"):
            above.append((depth, path))
    return paths


def test_the_tree_of_the_readme_is_true_both_ways() -> None:
    drawn = [path for path in _tree() if path.split("/")[0] not in MADE]
    assert [path for path in drawn if not (ROOT / path).exists()] == []
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False
    ).stdout
    # What is not under version control may be a reader's own.
    folders = {name.split("/")[0] for name in listed.split("\0") if "/" in name}
    drawn_folders = {path.split("/")[0] for path in drawn}
    assert {name for name in folders if not name.startswith(".")} - drawn_folders == set()


# Commands


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_make_target_exists(document: str) -> None:
    makefile = _read("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    variables = set(re.findall(r"^([A-Z_]+) \?=", makefile, flags=re.MULTILINE))
    for words in _commands(document, "make"):
        for word in words[1:]:
            name, sign, _ = word.partition("=")
            assert name in (variables if sign else targets), " ".join(words)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_figures_command_and_its_options_exist(document: str) -> None:
    group = typer.main.get_command(command_line.app)
    for words in _commands(document, "figures"):
        if words[1] == "…" or words[1].startswith("-"):
            continue
        assert words[1] in group.commands, " ".join(words)
        parameters = group.commands[words[1]].params
        known = {option for parameter in parameters for option in parameter.opts} | {"--help"}
        options = {word.partition("=")[0] for word in words[2:] if re.match(r"--?[a-z]", word)}
        assert options <= known, " ".join(words)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_export_names_a_chart_or_table(document: str) -> None:
    from analysis.casebook.subjects import EXPORTS

    known = set(EXPORTS)
    exports = [w for w in _commands(document, "figures") if w[1] == "export" and len(w) > 2]
    exports = [words for words in exports if not words[2].startswith("-")]
    named = {words[2] for words in exports if not _is_placeholder(words[2])}
    assert named <= known


@pytest.mark.parametrize("document", DOCUMENTS)
def test_papermill_is_told_parameters_that_the_notebook_has(document: str) -> None:
    for words in _commands(document, "papermill"):
        notebook = next(word for word in words if word.endswith(".ipynb"))
        cells = json.loads(_read(notebook))["cells"]
        tagged = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
        tree = ast.parse("".join(tagged[0]["source"]))
        names = {n.target.id for n in tree.body if isinstance(n, ast.AnnAssign)}  # type: ignore[union-attr]
        told = {words[i + 1] for i, word in enumerate(words) if word in ("-p", "-r")}
        assert told <= names, " ".join(words)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_python_in_the_text_imports_what_exists(document: str) -> None:
    for block in _blocks(document, "python", "py"):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and node.module:
                module = importlib.import_module(node.module)
                assert [a.name for a in node.names if not hasattr(module, a.name)] == []
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    importlib.import_module(alias.name)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_dotted_names_of_the_package_exist(document: str) -> None:
    for span in _spans(document):
        if re.fullmatch(r"analysis(\.\w+)+", span) and not _is_placeholder(span):
            head, _, tail = span.rpartition(".")
            assert hasattr(importlib.import_module(head), tail) or importlib.import_module(span)


def test_the_chart_of_the_readme_is_the_chart_of_today() -> None:
    from html import unescape

    from analysis import chart_casualties_by_source, open_casebook

    claims = open_casebook(as_of="2022-03-03").casualties.by_source()
    chart = chart_casualties_by_source(claims)
    drawn = (ROOT / "docs" / "casualties_by_source.svg").read_text(encoding="utf-8")
    said = re.search(r"<desc[^>]*>(.*?)</desc>", drawn, re.DOTALL)
    assert said is not None
    assert " ".join(unescape(said[1]).split()) == " ".join(chart.alt.split())
