"""Times the questions of a page, on the shipped build and on made-up events, for selections that were never asked before."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.etl.build import build
from dashboard.etl.publish import publish
from dashboard.manifest import Manifest
from dashboard.queries import actors, breakdowns, crossing, overview, timeline
from dashboard.queries import map as site_map
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, open_build
from dashboard.schema import TABLES, conform
from dashboard.settings import current

QUESTIONS: dict[str, Callable[[Store, EventFilter], object]] = {
    "summary": overview.summary,
    "by_period": lambda store, selection: timeline.by_period(store, selection, "month"),
    "sites": site_map.sites,
    "by_sector": breakdowns.by_sector,
    "types": lambda store, selection: crossing.divided(store, selection, "type", 12),
    "countries": lambda store, selection: crossing.divided(store, selection, "country", 12),
    "sector_by_type": lambda store, selection: crossing.crossed(store, selection, "main", "type", (14, 11)),
    "actor_by_quarter": lambda store, selection: crossing.crossed(store, selection, "actor", "quarter", (10, 36)),
    "who_with_whom": lambda store, selection: actors.graph(store, selection, "both", 60),
}
FIRST_DAY = date(2024, 1, 1)
RUNS = 9


def milliseconds(store: Store) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    for run in range(RUNS + 1):
        selection = EventFilter(start=FIRST_DAY + timedelta(days=run), sectors=("space", "energy", "general"))
        for name, question in QUESTIONS.items():
            started = time.perf_counter()
            question(store, selection)
            if run:
                taken[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def multiplied(tables: dict[str, pd.DataFrame], count: int) -> dict[str, pd.DataFrame]:
    """The tables with their events copied until there are `count`, each copy on other days."""
    copies = count // len(tables["events"])
    whole = dict(tables)
    for name in ("events", "event_sectors", "event_countries", "event_actors", "event_search", "evidence"):
        rows = tables[name]
        repeated = rows.loc[rows.index.repeat(copies)].reset_index(drop=True)
        number = np.tile(np.arange(copies), len(rows)).astype(str)
        whole[name] = repeated.assign(event_id=repeated["event_id"] + "-" + number)
    whole["evidence"] = whole["evidence"][whole["evidence"]["field"] == "type"]
    shift = pd.to_timedelta(np.tile(np.arange(copies) % 700, len(tables["events"])), unit="D")
    days = {column: (pd.to_datetime(whole["events"][column]) + shift).dt.date for column in ("start_date", "end_date")}
    whole["events"] = whole["events"].assign(**days).sort_values("start_date")
    return {name: conform(name, rows) for name, rows in whole.items()}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        small = replace(current(), output_dir=Path(folder) / "small")
        manifest = build(small).manifest
        tables = {name: pd.read_parquet(small.output_dir / manifest.folder / f"{name}.parquet") for name in TABLES}
        large = multiplied(tables, count)
        rows = {name: len(table) for name, table in large.items()}
        publish(large, Path(folder) / "large", Manifest("large", "", "", "", {}, rows, {}))
        few, many = milliseconds(open_build(small.output_dir)), milliseconds(open_build(Path(folder) / "large"))
    print(
        f"{'question':16s} {len(tables['events']):>10,} events {len(large['events']):>10,} events   ratio (medians, ms)"
    )
    for name in QUESTIONS:
        print(f"{name:16s} {few[name]:17.1f} {many[name]:17.1f} {many[name] / few[name]:7.1f}")


if __name__ == "__main__":
    main()
