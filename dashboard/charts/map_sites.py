"""The sites of events as circles: how many by their area, of which main sector by colour and letters, how exactly by their edge.

A place whose coordinates are approximate, or which is an area, is a circle with a soft edge. Where only the country is
known, the country as a whole is shaded, and there is no circle.
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts import map as base
from dashboard.charts.legend import Entry
from dashboard.charts.outlines import Outlines
from dashboard.charts.theme import Theme, counted, readable_on, rgb

SITES_LAYER, SOFT_LAYER, SHADED_LAYER = "sites", "soft", "shaded"

SMALLEST, CROWDED, LARGEST = 9.0, 6.5, 30.0
"""Radius of a circle in pixels: one event, with room for two letters; the same among many sites, still easy to click; and the
most that covers no neighbouring country."""

MOST_ROOMY = 60
"""Sites up to which circles are drawn with room for letters."""

READABLE = 8.0
"""Radius from which on two letters have room in a circle."""

HALOS = ((1.6, 0.16), (1.3, 0.24), (1.0, 0.4))
"""A soft circle is discs over each other: how many times as wide as the circle, and how opaque."""

AREAS = frozenset({"region", "island"})
SURVEYED = "GeoNames"
"""The source whose coordinates are not marked as approximate."""

MOST_TITLES, TITLE_LENGTH, TITLE_CHARACTERS = 6, 90, 30_000
"""Titles in a tooltip, their length, and the characters that all tooltips together may send to the browser."""

SEVERAL = "="
"""In place of a sector's letters where several sectors are equally frequent."""


def sites_map(
    sites: pd.DataFrame, shaded: pd.DataFrame, shapes: Outlines, look: Theme, *, view: base.View, most: int
) -> base.MapDeck:
    """The sites over the outlines of countries.

    Shape: `sites` as `queries.map.sites`, with `titles` where they are known; `shaded` has the rows of `queries.map.not_drawn`
    of which only the country is known. Each mark has the `place_id` that a click narrows to. `most`: the count of the largest
    circle.
    """
    circles = marks(sites, look, most=most)
    exact = [_sent(circle) for circle in circles if not circle["is_soft"]]
    soft = [_sent(circle) for circle in circles if circle["is_soft"]]
    areas = shaded_countries(shaded, look)
    layers = [
        base.land(look),
        base.areas(SHADED_LAYER, rgb(look.muted)),
        *(_halo(soft, rank) for rank in range(len(HALOS))),
        _circles(exact, look),
        _signs(circles),
        base.names(base.labels(circles, view), look),
    ]
    return base.deck(layers, base.split_land(shapes, SHADED_LAYER, areas), view, look)


def points(sites: pd.DataFrame) -> list[tuple[float, float]]:
    """Where the sites are, for `fitted`."""
    return list(zip(sites["latitude"], sites["longitude"], strict=True))


def marks(sites: pd.DataFrame, look: Theme, *, most: int) -> list[dict[str, Any]]:
    """The circles: the area grows with the number of events, up to the `most` that any has."""
    smallest = SMALLEST if len(sites) <= MOST_ROOMY else CROWDED
    step, letters = min(smallest, LARGEST / sqrt(most)), initials(look)
    shown = min(MOST_TITLES, TITLE_CHARACTERS // (TITLE_LENGTH * max(len(sites), 1)))
    return [_mark(site, look, letters, step=step, shown=shown) for site in sites.itertuples(index=False, name="Site")]


def _mark(site: Any, look: Theme, letters: Mapping[str, str], *, step: float, shown: int) -> dict[str, Any]:
    sector = main_sector(site.sectors, site.sector_counts)
    color = look.blank if sector is None else look.color(sector)
    radius = max(step * sqrt(site.event_count), CROWDED * 0.7)
    is_soft = is_approximate(site.kind, site.source)
    return {
        "place_id": site.place_id, "label": f"{site.name} {site.event_count:,}", "is_soft": is_soft,
        "position": [round(site.longitude, 3), round(site.latitude, 3)], "radius": round(radius, 1), "color": rgb(color, 0.88),
        "sign": _sign(sector, letters) if radius >= READABLE else "",
        "ink": rgb(look.ink if is_soft else readable_on(color)),
        "head": f"{site.name}, {site.country}", "body": _body(site, look, shown, is_soft=is_soft),
    }  # fmt: skip


def _sent(circle: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser needs of a circle; its label and sign are layers of their own."""
    return {key: circle[key] for key in ("place_id", "position", "radius", "color", "head", "body")}


def main_sector(sectors: Sequence[str], counts: Sequence[int]) -> str | None:
    """The sector that most of a site's events have as their main one; None where several are equally frequent."""
    return None if len(counts) > 1 and counts[0] == counts[1] else str(sectors[0])


def is_approximate(kind: str, source: str) -> bool:
    """Whether a place has a soft edge: it is an area, or its coordinates were not surveyed."""
    return kind in AREAS or source != SURVEYED


def initials(look: Theme) -> dict[str, str]:
    """Two letters for each sector, no two alike: the first, and the next one that is free."""
    letters: dict[str, str] = {}
    for code, label in look.labels.items():
        free = (label[0] + letter for letter in label[1:] if label[0] + letter not in letters.values())
        letters[code] = next(free, label[:1])
    return letters


def _sign(sector: str | None, letters: Mapping[str, str]) -> str:
    return SEVERAL if sector is None else letters.get(sector, "–")


def _body(site: Any, look: Theme, shown: int, *, is_soft: bool) -> str:
    lines = [
        counted(site.event_count) + _span(site.first_date, site.last_date),
        sectors_in_words(site.sectors, site.sector_counts, look),
        "approximate: drawn with a soft edge" if is_soft else "",
        *(f"• {_cut(title)}" for title in list(getattr(site, "titles", []))[:shown]),
    ]
    return "\n".join(line for line in lines if line)


def _span(first: Any, last: Any) -> str:
    if pd.isna(first):
        return ""
    start, end = f"{first:%B} {first.year}", f"{last:%B} {last.year}"
    return f", {start}" if start == end else f", {start} to {end}"


def sectors_in_words(sectors: Sequence[str], counts: Sequence[int], look: Theme) -> str:
    """`Mainly Space (3 of 5), then Energy 2`; a tie says so."""
    named = [f"{look.label(sector)} {count:,}" for sector, count in zip(sectors, counts, strict=True)]
    if len(named) == 1:
        return f"Main sector: {look.label(sectors[0])}"
    lead = "No sector leads: " if main_sector(sectors, counts) is None else "Main sectors: "
    return lead + ", ".join(named)


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rstrip() + "…"


def shaded_countries(shaded: pd.DataFrame, look: Theme) -> dict[str, dict[str, Any]]:
    """What is said of each country of which some events name no city, by its code."""
    fill = rgb(look.accent, 0.22)
    return {
        row.place.removeprefix("country:"): {
            "place_id": row.place, "fill": fill, "head": row.label.removesuffix(", no city given"),
            "body": f"{counted(row.event_count)} of which only the country is known.\nThe country is shaded as a whole; no point stands for it.",
        }
        for row in shaded.itertuples(index=False, name="Shaded")
    }  # fmt: skip


def entries(sites: pd.DataFrame, shaded: pd.DataFrame, look: Theme) -> list[Entry]:
    """What colours, letters and edges mean; only what is there."""
    leading = [main_sector(*pair) for pair in zip(sites["sectors"], sites["sector_counts"], strict=True)]
    letters = initials(look)
    found = sorted({sector for sector in leading if sector is not None}, key=look.rank)
    listed = [Entry("day", f"{letters.get(code, '–')} {look.label(code)}", look.color(code)) for code in found]
    if None in leading:
        listed.append(Entry("day", f"{SEVERAL} no sector leads", look.blank))
    if any(is_approximate(*pair) for pair in zip(sites["kind"], sites["source"], strict=True)):
        listed.append(Entry("halo", "approximate place"))
    if len(shaded):
        listed.append(Entry("soft", "only the country known", look.accent))
    return listed


def sentence(sites: pd.DataFrame, event_count: int) -> str:
    """What the map shows, for those who do not see it."""
    drawn = int(sites["event_count"].sum()) if len(sites) else 0
    if not drawn:
        return "None of the events has a place that can be drawn."
    first = sites.iloc[0]
    where = f"{len(sites):,} {'place' if len(sites) == 1 else 'places'}"
    return f"{drawn:,} of {counted(event_count)} at {where}; most at {first['name']} ({first['event_count']:,})."


def table(sites: pd.DataFrame, look: Theme) -> pd.DataFrame:
    """The map's figures: one row a site."""
    pairs = zip(sites["sectors"], sites["sector_counts"], strict=True)
    return pd.DataFrame({
        "place": sites["name"], "country": sites["country"], "kind": sites["kind"], "events": sites["event_count"],
        "sectors": [", ".join(f"{look.label(code)} {count:,}" for code, count in zip(*pair, strict=True)) for pair in pairs],
        "latitude": sites["latitude"], "longitude": sites["longitude"], "source": sites["source"],
    })  # fmt: skip


def _circles(circles: Sequence[Mapping[str, Any]], look: Theme) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer", id=SITES_LAYER, data=list(circles), pickable=True, get_position="position", get_radius="radius",
        radius_units="'pixels'", get_fill_color="color", stroked=True, get_line_color=rgb(look.surface),
        line_width_units="'pixels'", get_line_width=1.5,
    )  # fmt: skip


def _halo(circles: Sequence[Mapping[str, Any]], rank: int) -> pdk.Layer:
    """One of the discs of the soft circles; the widest can be clicked."""
    wide, opacity = HALOS[rank]
    bare = [{key: circle[key] for key in ("position", "radius", "color")} for circle in circles]
    return pdk.Layer(
        "ScatterplotLayer", id=SOFT_LAYER if rank == 0 else f"{SOFT_LAYER}-{rank}", data=list(circles) if rank == 0 else bare,
        pickable=rank == 0, get_position="position", get_radius="radius", radius_scale=wide, radius_units="'pixels'",
        get_fill_color="color", stroked=False, opacity=opacity,
    )  # fmt: skip


def _signs(circles: Sequence[Mapping[str, Any]]) -> pdk.Layer:
    signs = [{key: circle[key] for key in ("position", "sign", "ink")} for circle in circles if circle["sign"]]
    return pdk.Layer(
        "TextLayer", id="signs", data=signs, pickable=False, get_position="position", get_text="sign", get_size=11,
        get_color="ink", character_set="'auto'", font_family=base.FONT, font_weight=700,
    )  # fmt: skip
