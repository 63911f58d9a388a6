"""Where: the sites of events as circles on a map without a map service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, log2, radians, sinh, sqrt, tan
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts.theme import Theme, counted, rgb

SITES_LAYER = "sites"
SHAPES = "the outlines of countries"
"""Stands in the deck where the outlines go."""

SMALLEST, LARGEST = 7.0, 30.0
"""Radius of a circle in pixels: one event, still easy to click; and the most that covers no neighbouring country."""

FIT = (282.0, 220.0)
"""Room for the sites at the start, in pixels: the width of a phone, since the browser's own width is not known here."""

CLOSEST, FARTHEST = 5.0, 0.6
WORLD_PIXELS = 512.0
"""Width of the world at zoom 0. Source: deck.gl, Web Mercator viewport."""

LABEL_HEIGHT, LETTER_WIDTH = 15.0, 6.9
"""Pixels, at a font size of 13; enough for wide letters."""

PHONE = (358.0, 330.0)
"""Pixels that the map has on a phone; labels stay within them."""

MOST_LABELS, MOST_TITLES = 60, 6
ATTRIBUTION = "Borders: Natural Earth 1:110m, as they are de facto; drawing them implies no position on any claim."


@dataclass(frozen=True)
class View:
    """What the map shows at the start: its centre in degrees, and the zoom (each step doubles the scale)."""

    latitude: float
    longitude: float
    zoom: float

    def pixels(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a place lies, right of and below the centre."""
        scale = WORLD_PIXELS * 2**self.zoom / 360
        return (longitude - self.longitude) * scale, (_northing(self.latitude) - _northing(latitude)) * scale


@dataclass(frozen=True)
class Box:
    """A rectangle on the screen, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any pixel."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Side:
    """Where a label stands: as deck.gl says it, and as steps from the circle's edge."""

    anchor: str
    baseline: str
    right: int
    down: int


SIDES = (
    Side("start", "center", 1, 0),
    Side("end", "center", -1, 0),
    Side("middle", "bottom", 0, -1),
    Side("middle", "top", 0, 1),
)


class SitesMap(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck over the outlines of countries, which are put into its JSON as the text that they are.

    Rules: pydeck would parse and indent them at every run: 75 ms and 1.1 MB, where this takes 2 ms and 0.2 MB.
    """

    __slots__ = ("_outlines",)  # pydeck writes all of an object's own dictionary into the JSON

    def over(self, shapes: str) -> "SitesMap":
        """The same deck over these outlines."""
        self._outlines = shapes
        return self

    def to_json(self) -> str:
        """The deck with the outlines in their place."""
        whole: str = super().to_json()
        return whole.replace(f'"{SHAPES}"', self._outlines)


def sites_map(sites: pd.DataFrame, shapes: str, look: Theme) -> SitesMap:
    """The sites as circles whose area says how many events they have, over the outlines of countries.

    Shape: `sites` as `queries.map.sites`, at least one; each circle carries its `place_id`. `shapes` is GeoJSON.
    Rules: no map service is asked for anything. The tooltip is a template, whose values the browser escapes.
    """
    view = fitted(sites)
    circles = marks(sites)
    tooltip = {
        "html": "<b>{name}</b>, {country}\n{counted}\n{listed}",
        "style": {
            "backgroundColor": look.surface, "color": look.ink, "border": f"1px solid {look.muted}", "borderRadius": "4px",
            "fontSize": "13px", "lineHeight": "1.4", "maxWidth": "22rem", "padding": "0.5rem 0.7rem", "whiteSpace": "pre-line", "zIndex": "10",
        },
    }  # fmt: skip
    return SitesMap(
        layers=[_land(look), _circles(circles, look), _labels(labels(circles, view), look)],
        initial_view_state=pdk.ViewState(
            latitude=view.latitude, longitude=view.longitude, zoom=view.zoom, min_zoom=FARTHEST, max_zoom=8
        ),
        map_provider=None,
        tooltip=tooltip,
    ).over(shapes)


def fitted(sites: pd.DataFrame) -> View:
    """The view in which all sites are seen."""
    west, east = sites["longitude"].min(), sites["longitude"].max()
    south, north = (_northing(sites["latitude"].min()), _northing(sites["latitude"].max()))
    wide, high = (
        log2(room * 360 / WORLD_PIXELS / max(span, 1e-6))
        for room, span in zip(FIT, (east - west, north - south), strict=True)
    )
    zoom = min(max(min(wide, high), FARTHEST), CLOSEST)
    return View(_latitude((south + north) / 2), float(west + east) / 2, zoom)


def marks(sites: pd.DataFrame) -> list[dict[str, Any]]:
    """The circles: the area grows with the number of events."""
    step = min(SMALLEST, LARGEST / sqrt(sites["event_count"].max()))
    return [
        {
            "place_id": site.place_id, "name": site.name, "country": site.country, "label": f"{site.name} {site.event_count:,}",
            "position": [site.longitude, site.latitude], "radius": max(step * sqrt(site.event_count), SMALLEST * 0.6),
            "counted": counted(site.event_count), "listed": _listed(site.titles),
        }
        for site in sites.itertuples(index=False, name="Site")
    ]  # fmt: skip


def labels(circles: Sequence[Mapping[str, Any]], view: View) -> list[dict[str, Any]]:
    """The names that fit, the busiest site first; each on the first side of its circle where it meets nothing."""
    spots = [view.pixels(circle["position"][1], circle["position"][0]) for circle in circles]
    taken = [_around(x, y, circle["radius"]) for (x, y), circle in zip(spots, circles, strict=True)]
    placed: list[dict[str, Any]] = []
    for (x, y), circle in list(zip(spots, circles, strict=True))[:MOST_LABELS]:
        for side in SIDES:
            box = _label_box(x, y, circle, side)
            if _is_inside(box) and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                placed.append(_label(circle, side))
                break
    return placed


def sentence(sites: pd.DataFrame, event_count: int) -> str:
    """What the map shows, for those who do not see it."""
    drawn = int(sites["event_count"].sum()) if len(sites) else 0
    if not drawn:
        return "None of the events has a place that can be drawn."
    first = sites.iloc[0]
    where = f"{len(sites):,} {'place' if len(sites) == 1 else 'places'}"
    return f"{drawn:,} of {counted(event_count)} at {where}; most at {first['name']} ({first['event_count']:,})."


def table(sites: pd.DataFrame) -> pd.DataFrame:
    """The map's figures: one row a site."""
    return pd.DataFrame({
        "place": sites["name"], "country": sites["country"], "kind": sites["kind"], "events": sites["event_count"],
        "latitude": sites["latitude"], "longitude": sites["longitude"], "titles": ["; ".join(titles) for titles in sites["titles"]],
    })  # fmt: skip


def _land(look: Theme) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer", id="land", data=SHAPES, filled=True, stroked=True, pickable=False, get_fill_color=rgb(look.land),
        get_line_color=rgb(look.border), line_width_units="'pixels'", get_line_width=1,
    )  # fmt: skip


def _circles(circles: Sequence[Mapping[str, Any]], look: Theme) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer", id=SITES_LAYER, data=list(circles), pickable=True, get_position="position", get_radius="radius",
        radius_units="'pixels'", get_fill_color=rgb(look.accent, 0.78), stroked=True, get_line_color=rgb(look.surface),
        line_width_units="'pixels'", get_line_width=1.5,
    )  # fmt: skip


def _labels(placed: Sequence[Mapping[str, Any]], look: Theme) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer", id="labels", data=list(placed), pickable=False, get_position="position", get_text="label", get_size=13,
        get_color=rgb(look.ink), get_text_anchor="anchor", get_alignment_baseline="baseline", get_pixel_offset="offset",
        character_set="'auto'", font_family="'Source Sans, Source Sans Pro, system-ui, sans-serif'", font_weight=600,
        font_settings={"sdf": True, "fontSize": 48, "buffer": 6}, outline_width=3, outline_color=rgb(look.land),
    )  # fmt: skip


def _listed(titles: Sequence[str]) -> str:
    shown = [f"• {title}" for title in list(titles)[:MOST_TITLES]]
    more = len(titles) - len(shown)
    return "\n".join([*shown, f"and {more:,} more"] if more > 0 else shown)


def _is_inside(box: Box) -> bool:
    wide, high = PHONE[0] / 2, PHONE[1] / 2
    return -wide <= box.left and box.right <= wide and -high <= box.top and box.bottom <= high


def _around(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)


def _label_box(x: float, y: float, circle: Mapping[str, Any], side: Side) -> Box:
    width, gap = len(circle["label"]) * LETTER_WIDTH, circle["radius"] + 4
    left = x + side.right * gap - width * (0.5 - side.right / 2)
    top = y + side.down * gap - LABEL_HEIGHT * (0.5 - side.down / 2)
    return Box(left, top, left + width, top + LABEL_HEIGHT)


def _label(circle: Mapping[str, Any], side: Side) -> dict[str, Any]:
    gap = circle["radius"] + 4
    return {
        "label": circle["label"], "position": circle["position"], "anchor": side.anchor, "baseline": side.baseline,
        "offset": [side.right * gap, side.down * gap],
    }  # fmt: skip


def _northing(latitude: float) -> float:
    """Web Mercator's northing, in degrees of longitude at the equator."""
    return degrees(asinh(tan(radians(latitude))))


def _latitude(northing: float) -> float:
    return degrees(atan(sinh(radians(northing))))
