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
from dashboard.queries import (
    actors,
    breakdowns,
    crossing,
    facets,
    map_countries,
    map_hexagons,
    overview,
    search,
    timeline,
)
from dashboard.queries import map as site_map
from dashboard.queries.facets import MOST_VALUES
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store, open_build
from dashboard.schema import TABLES, conform
from dashboard.settings import current

QUESTIONS: dict[str, Callable[[Store, EventFilter], object]] = {
    "summary": overview.summary,
    "by_period": lambda store, selection: timeline.by_period(store, selection, "month"),
    "sites": site_map.sites,
    "hexagons": lambda store, selection: map_hexagons.hexagons(store, selection, 5),
    "countries_with": lambda store, selection: map_countries.by_country(store, selection, "with"),
    "countries_held": lambda store, selection: map_countries.by_country(store, selection, "held"),
    "country_pairs": map_countries.country_pairs,
    "by_sector": breakdowns.by_sector,
    "event_count": overview.event_count,
    "facets: one scan": facets.counts,
    "facets: one": lambda store, selection: facets.counts_of(store, selection.without("sectors"), "sectors"),
    "facets: countries": lambda store, selection: facets.linked_counts(store, selection, "countries", MOST_VALUES),
    "facets: actors": lambda store, selection: facets.linked_counts(store, selection, "actors", MOST_VALUES),
    "facets: documents": lambda store, selection: facets.linked_counts(store, selection, "documents", MOST_VALUES),
    "types": lambda store, selection: crossing.divided(store, selection, "type", 12),
    "countries": lambda store, selection: crossing.divided(store, selection, "country", 12),
    "sector_by_type": lambda store, selection: crossing.crossed(store, selection, "main", "type", (14, 11)),
    "actor_by_quarter": lambda store, selection: crossing.crossed(store, selection, "actor", "quarter", (10, 36)),
    "who_with_whom": lambda store, selection: actors.graph(store, selection, "both", 60),
}
SEARCHES = (
    "laboratory",
    "zzzz",
    "china pakistan",
    '"joint laboratory"',
    "iqbal",
    "中国",
    "energy cooperation",
    "memorandum",
    "beijing",
)
FIRST_DAY = date(2024, 1, 1)
RUNS = 9
ACTORS = 50_000
OF_AN_EVENT = (
    "events",
    "event_sectors",
    "event_countries",
    "event_actors",
    "event_sources",
    "event_search",
    "evidence",
)
LEFT_EMPTY = ("proposals", "disagreements", "chain_links", "event_chains")
"""Tables about single events that no question here asks for."""


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


def search_milliseconds(store: Store) -> dict[str, float]:
    """What a search costs that nobody made before: the count of its events, then the list of its hits."""
    taken: dict[str, list[float]] = {"search": [], "hits": []}
    for text in SEARCHES:
        for name, question in (("search", overview.summary), ("hits", _hits)):
            started = time.perf_counter()
            question(store, EventFilter(text=text))
            taken[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def _hits(store: Store, selection: EventFilter) -> object:
    return search.hits(store, selection, 20)


def multiplied(tables: dict[str, pd.DataFrame], count: int) -> dict[str, pd.DataFrame]:
    """The tables with their events copied until there are `count`, each copy on other days; of actors there are `ACTORS`."""
    copies = count // len(tables["events"])
    whole = dict(tables) | {name: tables[name].iloc[:0] for name in LEFT_EMPTY}
    whole |= {name: _copied(tables[name], copies, "event_id") for name in OF_AN_EVENT}
    whole["evidence"] = whole["evidence"][whole["evidence"]["field"] == "type"]
    whole["event_sources"] = whole["event_sources"].assign(
        telling_id=[str(row) for row in range(len(whole["event_sources"]))]
    )
    namesakes = ACTORS // len(tables["actors"])
    for name in ("actors", "actor_aliases"):
        whole[name] = _copied(tables[name], namesakes, "actor_id")
    namesake = np.tile(np.arange(copies) % namesakes, len(tables["event_actors"])).astype(str)
    whole["event_actors"] = whole["event_actors"].assign(actor_id=whole["event_actors"]["actor_id"] + "-" + namesake)
    shift = pd.to_timedelta(np.tile(np.arange(copies) % 700, len(tables["events"])), unit="D")
    days = {column: (pd.to_datetime(whole["events"][column]) + shift).dt.date for column in ("start_date", "end_date")}
    whole["events"] = whole["events"].assign(**days).sort_values("start_date")
    return {name: conform(name, rows) for name, rows in whole.items()}


def _copied(rows: pd.DataFrame, copies: int, key: str) -> pd.DataFrame:
    repeated = rows.loc[rows.index.repeat(copies)].reset_index(drop=True)
    return repeated.assign(**{key: repeated[key] + "-" + np.tile(np.arange(copies), len(rows)).astype(str)})


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        small = replace(current(), output_dir=Path(folder) / "small")
        manifest = build(small).manifest
        tables = {name: pd.read_parquet(small.output_dir / manifest.folder / f"{name}.parquet") for name in TABLES}
        large = multiplied(tables, count)
        rows = {name: len(table) for name, table in large.items()}
        publish(large, Path(folder) / "large", Manifest("large", "", "", "", {}, rows, {}))
        stores = [open_build(small.output_dir), open_build(Path(folder) / "large")]
        few, many = ({**milliseconds(store), **search_milliseconds(store)} for store in stores)
    print(
        f"{'question':16s} {len(tables['events']):>10,} events {len(large['events']):>10,} events   ratio (medians, ms)"
    )
    for name in few:
        print(f"{name:16s} {few[name]:17.1f} {many[name]:17.1f} {many[name] / few[name]:7.1f}")


if __name__ == "__main__":
    main()
