"""What was found, as lines for a terminal: the counts first, then the changes, then why."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from analysis.claims.prose import capitalise
from analysis.reports.difference.found import KINDS, BatchDifference, Difference
from analysis.reports.difference.found_files import TextDifference
from analysis.reports.difference.telling import (
    ARROW,
    count,
    count_claims,
    group_claims,
    say_cell,
    say_change,
    say_day,
    say_last,
)
from analysis.reports.difference.telling_files import say_chart, say_table

#: More lines than these of one kind are counted, and not printed.
_MOST = 12

#: A longer line is hard to read, however wide the terminal is.
_WIDEST = 100


def write_summary(difference: Difference | BatchDifference) -> str:
    """Return what differs as text, wrapped to the width of the terminal."""
    if isinstance(difference, BatchDifference):
        lines = list(_batch_lines(difference))
    else:
        lines = list(_report_lines(difference))
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return "\n".join(_wrap(line, max(width, 40)) for line in lines)


def list_reasons(found: Difference) -> list[str]:
    """Return why two reports may differ, a line each: days, notebooks, parameters, inputs."""
    reasons = []
    if found.a.as_of != found.b.as_of:
        days = f"{say_day(found.a.as_of)} {ARROW} {say_day(found.b.as_of)}"
        reasons.append(f"another day: as known on {days}")
    if found.a.status != found.b.status:
        reasons.append(f"the run: {found.a.status or 'unknown'} {ARROW} {found.b.status}")
    making = found.making
    for names, which in (
        (making.notebooks_only_in_a, "first"),
        (making.notebooks_only_in_b, "second"),
    ):
        if names:
            reasons.append(f"only in the {which} report: notebooks {_list(names)}")
    reasons += [f"{c.name}: {c.before} {ARROW} {c.after}" for c in making.outcomes]
    for change in making.parameters:
        values = " -> ".join(
            v if v is not None else "not given" for v in (change.before, change.after)
        )
        reasons.append(f"parameter {change.name}: {values} (in {_list(change.notebooks)})")
    changed: list[str]
    for kind, word in (("table", "tables"), ("notebook", "notebooks"), ("other", "other inputs")):
        changed = [f"{i.name} ({i.change})" for i in making.inputs if i.kind == kind]
        if changed:
            reasons.append(f"{word}: {_list(changed)}")
    code = [i.name for i in making.inputs if i.kind == "code"]
    if code:
        reasons.append(
            f"code: {count(len(code), 'file')} ({_list(code[:4])}{', …' * (len(code) > 4)})"
        )
    for version in making.versions:
        values = " -> ".join(v or "not stated" for v in (version.before, version.after))
        reasons.append(f"version of {version.name}: {values}")
    if not reasons and found.found:
        reasons.append(
            "no input, parameter or version differs: a file was changed after its report was "
            "made, or a notebook does not make the same twice"
        )
    return [say_cell(reason) for reason in reasons]


def count_parts(found: Difference) -> list[tuple[str, str]]:
    """Return each part that was looked at, and how much of it differs."""
    parts = [("Claims", count_claims(found) or "none changed")]
    for name in ("tables", "charts", "texts"):
        changed = getattr(found, name)
        of = f"{len(changed):,} of {found.compared.get(name, len(changed)):,} changed"
        if name == "charts" and changed:
            kinds = Counter(
                "drawn differently" if chart.drawn_differently
                else "in the day of the report only" if chart.is_only_the_day
                else "with other rows" if chart.rows
                else ""
                for chart in changed
            )  # fmt: skip
            told = [f"{number:,} {kind}" for kind, number in kinds.items() if kind]
            of += f" ({', '.join(told)})" if told else ""
        parts.append((capitalise(name), of))
    asked = {part.capitalize() for part in found.parts}
    return [part for part in parts if not asked or part[0] in asked]


def _batch_lines(batch: BatchDifference) -> Iterator[str]:
    yield f"{batch.name_a} {ARROW} {batch.name_b}: {count(len(batch.reports), 'report')} in both"
    for names, which in ((batch.only_in_a, "first"), (batch.only_in_b, "second")):
        if names:
            yield f"Only in the {which} batch: {_list(names)}"
    for problem in batch.problems:
        yield f"Not compared: {problem}"
    for name, one in batch.reports.items():
        yield ""
        yield f"== {say_cell(name)} =="
        yield from _report_lines(one)


def _report_lines(found: Difference) -> Iterator[str]:
    yield f"{say_cell(found.a.name)} {ARROW} {say_cell(found.b.name)}"
    if not found.found:
        yield "No difference."
        return
    for name, told in count_parts(found):
        yield f"{name}: {told}"
    yield from _claim_lines(found)
    charts = [chart for chart in found.charts if not chart.is_only_the_day]
    yield from _section("Tables", [f"{say_cell(t.name)}: {say_table(t)}" for t in found.tables])
    yield from _section("Charts", [f"{say_cell(c.name)}: {say_chart(c)}" for c in charts])
    yield from _section("Texts", [f"{say_cell(t.name)}: {_say_text(t)}" for t in found.texts])
    yield from _section("Why", list_reasons(found))


def _claim_lines(found: Difference) -> Iterator[str]:
    for kind in KINDS:
        groups = group_claims(found, kind)
        if kind in ("new", "gone"):
            lines = [
                say_change(changes[0]) if len(changes) == 1
                else f"{name}: {count(len(changes), 'claim')}, the last {say_last(changes)}."
                for name, changes in groups
            ]  # fmt: skip
        else:
            lines = [say_change(change) for _, changes in groups for change in changes]
        yield from _section(
            f"Claims {kind}" if kind != "standing" else f"Claims: {KINDS[kind]}", lines
        )


def _say_text(text: TextDifference) -> str:
    if text.problem:
        return f"could not be compared: {text.problem}"
    if text.order_changed:
        return "only the order changed"
    alone = {"a": "only in the first report; ", "b": "only in the second report; "}
    told = f"{count(len(text.new), 'sentence')} new, {len(text.gone):,} gone"
    return alone.get(text.present, "") + told


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        for line in lines[:_MOST]:
            yield f"  - {line}"
        if len(lines) > _MOST:
            yield f"  - and {len(lines) - _MOST:,} more; --html or --json FILE has all of them"


def _list(names: Iterable[str]) -> str:
    return ", ".join(say_cell(name) for name in names)


def _wrap(line: str, width: int) -> str:
    indent = "    " if line.startswith("  - ") else ""
    wrapped = textwrap.wrap(
        line, width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    )
    return "\n".join(wrapped)
