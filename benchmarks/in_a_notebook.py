"""What a person waits for in a notebook: the first table, the first chart, and further charts.

    python benchmarks/in_a_notebook.py FOLDER DAY [CHARTS]

Prints JSON: seconds from before `import analysis`, each by the clock.
"""

from __future__ import annotations

import json
import sys
import time


def main(folder: str, day: str, most: str = "4") -> None:
    """Take the times of the table and of so many charts, and print them."""
    start = time.perf_counter()
    from analysis import open_casebook

    book = open_casebook(folder, as_of=day)
    claims = book.casualties.by_source()
    told = {"table": time.perf_counter() - start}

    import analysis

    charts = [
        (analysis.chart_casualties_by_source, lambda: claims.head(20)),
        (analysis.chart_casualties_over_time, book.casualties.over_time),
        (analysis.chart_refugees_by_country, book.refugees.by_country),
        (analysis.chart_refugees_over_time, book.refugees.over_time),
    ]
    seconds = []
    for chart, tabulate in charts[: int(most)]:
        rows = tabulate()  # the chart is timed, not its table
        start = time.perf_counter()
        chart(rows)._repr_mimebundle_()
        seconds.append(time.perf_counter() - start)
    told["chart"], *others = seconds
    if others:
        told["further"] = sum(others) / len(others)
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
