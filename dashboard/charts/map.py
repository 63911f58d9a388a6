"""Where: what every layer of the map stands on: the outlines of countries, the view, the names that fit, the tooltip.

No map service is asked for anything. The tooltip is a template, whose values the browser escapes: each mark that can be
pointed at has a `head` and a `body`.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, log2, radians, sinh, tan
from typing import Any

import pydeck as pdk

from dashboard.charts.outlines import Outlines
from dashboard.charts.theme import Theme, rgb

FIT = (282.0, 220.0)
"""Room for the marks at the start, in pixels: the width of a phone, since the browser's own width is not known here."""

CLOSEST, FARTHEST = 5.0, 0.6
WORLD_PIXELS = 512.0
"""Width of the world at zoom 0. Source: deck.gl, Web Mercator viewport."""

LABEL_HEIGHT, LETTER_WIDTH = 15.0, 6.9
"""Pixels, at a font size of 13; enough for wide letters."""

PHONE = (358.0, 330.0)
"""Pixels that the map has on a phone; the labels of what is seen there stay within them."""

MOST_LABELS = 60
FONT = "'Source Sans, Source Sans Pro, system-ui, sans-serif'"
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
        return (longitude - self.longitude) * scale, (northing_of(self.latitude) - northing_of(latitude)) * scale


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
ON_TOP = (Side("middle", "center", 0, 0),)
"""For the name of an area, which has no circle to stand beside."""


class MapDeck(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck over outlines of countries, which are put into its JSON as the text that they are.

    Rules: pydeck would parse and indent them at every run: 75 ms and 1.1 MB, where this takes 2 ms and 0.2 MB.
    """

    __slots__ = ("_outlines",)  # pydeck writes all of an object's own dictionary into the JSON

    def over(self, texts: Mapping[str, str]) -> "MapDeck":
        """The same deck with the data of these layers as text; each layer names its own by `outlined`."""
        self._outlines = texts
        return self

    def to_json(self) -> str:
        """The deck with the outlines in their place, without pydeck's line breaks and indents: half the bytes."""
        whole = json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))
        for layer, text in self._outlines.items():
            whole = whole.replace(f'"{outlined(layer)}"', text)
        return whole


def outlined(layer: str) -> str:
    """Stands in the deck where the outlines of a layer go."""
    return f"the outlines of {layer}"


def deck(layers: Sequence[pdk.Layer], outlines: Mapping[str, str], view: View, look: Theme) -> MapDeck:
    """The layers, the lowest first, with what each outlined layer draws."""
    tooltip = {
        "html": "<b>{head}</b>\n{body}",
        "style": {
            "backgroundColor": look.surface, "color": look.ink, "border": f"1px solid {look.muted}", "borderRadius": "4px",
            "fontSize": "13px", "lineHeight": "1.4", "maxWidth": "22rem", "padding": "0.5rem 0.7rem", "whiteSpace": "pre-line", "zIndex": "10",
        },
    }  # fmt: skip
    start = pdk.ViewState(
        latitude=view.latitude, longitude=view.longitude, zoom=view.zoom, min_zoom=FARTHEST, max_zoom=8
    )
    made = MapDeck(layers=list(layers), initial_view_state=start, map_provider=None, tooltip=tooltip)
    return made.over(outlines)


def land(look: Theme) -> pdk.Layer:
    """The countries that no other layer draws."""
    return pdk.Layer(
        "GeoJsonLayer", id="land", data=outlined("land"), filled=True, stroked=True, pickable=False, get_fill_color=rgb(look.land),
        get_line_color=rgb(look.border), line_width_units="'pixels'", get_line_width=1,
    )  # fmt: skip


def areas(name: str, line: Sequence[int]) -> pdk.Layer:
    """Countries that can be clicked, each in the `fill` of its properties."""
    return pdk.Layer(
        "GeoJsonLayer", id=name, data=outlined(name), filled=True, stroked=True, pickable=True, get_fill_color="properties.fill",
        get_line_color=list(line), line_width_units="'pixels'", get_line_width=1,
    )  # fmt: skip


def split_land(shapes: Outlines, layer: str, properties: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The outlines dealt out to the land and to a layer of `areas`."""
    return {"land": shapes.land(properties.keys()), layer: shapes.features(properties)}


def names(placed: Sequence[Mapping[str, Any]], look: Theme) -> pdk.Layer:
    """The labels that have a place, of `labels`."""
    return pdk.Layer(
        "TextLayer", id="labels", data=list(placed), pickable=False, get_position="position", get_text="label", get_size=13,
        get_color=rgb(look.ink), get_text_anchor="anchor", get_alignment_baseline="baseline", get_pixel_offset="offset",
        character_set="'auto'", font_family=FONT, font_weight=600,
        background=True, get_background_color=rgb(look.surface, 0.72), background_padding=[3, 0],
    )  # fmt: skip


def fitted(points: Collection[tuple[float, float]], closest: float = CLOSEST) -> View:
    """The view in which all these points (latitude, longitude) are seen; at least one."""
    latitudes, longitudes = zip(*points, strict=True)
    west, east = min(longitudes), max(longitudes)
    south, north = northing_of(min(latitudes)), northing_of(max(latitudes))
    wide, high = (
        log2(room * 360 / WORLD_PIXELS / max(span, 1e-6))
        for room, span in zip(FIT, (east - west, north - south), strict=True)
    )
    zoom = min(max(min(wide, high), FARTHEST), closest)
    return View(latitude_of((south + north) / 2), (west + east) / 2, zoom)


def labels(marks: Sequence[Mapping[str, Any]], view: View, sides: Sequence[Side] = SIDES) -> list[dict[str, Any]]:
    """The names that fit, in the order of the marks; each on the first side of its circle where it meets nothing.

    Shape: a mark has label, position (longitude, latitude) and radius in pixels, which is 0 for an area.
    """
    spots = [view.pixels(mark["position"][1], mark["position"][0]) for mark in marks]
    taken = [_around(x, y, mark["radius"]) for (x, y), mark in zip(spots, marks, strict=True) if mark["radius"]]
    placed: list[dict[str, Any]] = []
    for (x, y), mark in list(zip(spots, marks, strict=True))[:MOST_LABELS]:
        for side in sides:
            box = _label_box(x, y, mark, side)
            if (_is_inside(box) or not _is_inside(Box(x, y, x, y))) and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                placed.append(_label(mark, side))
                break
    return placed


def northing_of(latitude: float) -> float:
    """The northing of a latitude in the map's projection (Web Mercator), in degrees of longitude at the equator."""
    return degrees(asinh(tan(radians(latitude))))


def latitude_of(northing: float) -> float:
    """The latitude of a northing of the map's projection, in degrees."""
    return degrees(atan(sinh(radians(northing))))


def _is_inside(box: Box) -> bool:
    wide, high = PHONE[0] / 2, PHONE[1] / 2
    return -wide <= box.left and box.right <= wide and -high <= box.top and box.bottom <= high


def _around(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)


def _label_box(x: float, y: float, mark: Mapping[str, Any], side: Side) -> Box:
    width, gap = len(mark["label"]) * LETTER_WIDTH, mark["radius"] + 4
    left = x + side.right * gap - width * (0.5 - side.right / 2)
    top = y + side.down * gap - LABEL_HEIGHT * (0.5 - side.down / 2)
    return Box(left, top, left + width, top + LABEL_HEIGHT)


def _label(mark: Mapping[str, Any], side: Side) -> dict[str, Any]:
    gap = mark["radius"] + 4
    return {
        "label": mark["label"], "position": mark["position"], "anchor": side.anchor, "baseline": side.baseline,
        "offset": [side.right * gap, side.down * gap],
    }  # fmt: skip
