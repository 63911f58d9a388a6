"""Who with whom as a network: a mark an actor or country, a line for the events that two of them share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forces import beside, positions
from dashboard.charts.legend import Entry
from dashboard.charts.theme import Theme, axis, counted, cut, drawn, mixed

HEIGHT, WIDTH = 600, 864
"""Pixels; the labels are placed for this width. A wider page has more room, a narrower one scrolls the figure (`charts.css`)."""

SMALLEST, LARGEST = 12.0, 34.0
THINNEST, THICKEST = 1.2, 8.0
LETTER, LINE = 6.4, 15.0
LONGEST_LABEL, LONGEST_HOVER = 30, 90
MOST_PARTNERS = 5
"""Partners that a mark names when it is pointed at."""

MARGIN = 0.06
"""Room around the outermost marks, in parts of the figure."""

SHAPES = {"org": "circle", "person": "diamond", "country": "square"}
KINDS = {"org": "Organisation", "person": "Person", "country": "Country"}

Places = Mapping[str, tuple[float, float]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Node:
    """A mark: where it is in pixels, and how large."""

    code: str
    label: str
    kind: str
    event_count: int
    x: float
    y: float
    size: float


def layout(codes: Sequence[str], edges: pd.DataFrame) -> Places:
    """Where the whole build's busiest actors lie; it does not depend on what is selected."""
    return positions(codes, edges)


def network(nodes: pd.DataFrame, edges: pd.DataFrame, places: Places, look: Theme) -> go.Figure:
    """Nodes and lines; a node carries its code, the middle of a line both of its codes.

    Shape: `nodes` and `edges` as `queries.actors.Graph`; `places` as `layout`. Rules: a node that `places` lacks lies amid
    those it shares events with.
    """
    placed = _placed(nodes, edges, places)
    by_code = {node.code: node for node in placed}
    drawn_edges = list(edges[["one", "other", "event_count"]].itertuples(index=False, name=None))
    traces = [
        *_lines(drawn_edges, by_code, look),
        _middles(drawn_edges, by_code, look),
        _marks(placed, _partner_lines(drawn_edges, by_code), look),
    ]
    return drawn(
        traces, look, height=HEIGHT, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=axis(look, visible=False, range=[0, WIDTH]), yaxis=axis(look, visible=False, range=[0, HEIGHT]),
        annotations=[_annotation(node, box, look) for node, box in labels(placed)],
    )  # fmt: skip


def labels(placed: Sequence[Node]) -> list[tuple[Node, Box]]:
    """The nodes that have room for their name, the busiest first, each with the box of its letters."""
    taken = [_around(node) for node in placed]
    kept: list[tuple[Node, Box]] = []
    for node in sorted(placed, key=lambda node: (-node.event_count, node.label)):
        box = next((box for box in _boxes(node) if _is_free(box, [*taken, *(other for _, other in kept)])), None)
        if box:
            kept.append((node, box))
    return kept


def entries(nodes: pd.DataFrame, look: Theme) -> list[Entry]:
    """What shape and line mean."""
    kinds = [kind for kind in SHAPES if kind in set(nodes["kind"])]
    marks = [Entry(f"node {kind}", KINDS[kind], _color(kind, look)) for kind in kinds]
    return [*marks, Entry("node line", "Shared events: the more, the thicker", look.muted)]


def sentence(nodes: pd.DataFrame, edges: pd.DataFrame, left_out: int, noun: str) -> str:
    """What the network shows: how many, the strongest tie, who stands alone, and who is not drawn."""
    names = dict(zip(nodes["code"], nodes["label"], strict=True))
    busiest = nodes.iloc[0]
    said = [f"{len(nodes):,} {noun}, {counted(len(edges), 'pair')} with shared events.",
            f"Most events: {busiest['label']}, {busiest['event_count']:,}."]  # fmt: skip
    if len(edges):
        strongest = edges.sort_values("event_count", ascending=False, kind="stable").iloc[0]
        said.append(
            f"Closest pair: {names[strongest['one']]} and {names[strongest['other']]}, {counted(int(strongest['event_count']))}."
        )
    alone = len(set(nodes["code"]) - set(edges["one"]) - set(edges["other"]))
    said += [f"{alone:,} share no event with another that is drawn."] if alone else []
    return " ".join([*said, *([f"{left_out:,} more with fewer events are not drawn."] if left_out else [])])


def _placed(nodes: pd.DataFrame, edges: pd.DataFrame, places: Places) -> list[Node]:
    most = max(int(nodes["event_count"].max()), 1)
    friends = _friends(edges)
    spots = {code: places.get(code) or beside(code, friends.get(code, ()), places) for code in nodes["code"]}
    left, top = (min(spot[side] for spot in spots.values()) for side in (0, 1))
    right, bottom = (max(spot[side] for spot in spots.values()) for side in (0, 1))
    return [
        Node(row.code, row.label, row.kind, row.event_count,
             _pixel(spots[row.code][0], left, right, WIDTH), _pixel(spots[row.code][1], top, bottom, HEIGHT),
             SMALLEST + (LARGEST - SMALLEST) * sqrt(row.event_count / most) if most > 1 else SMALLEST)
        for row in nodes.itertuples(index=False, name="Row")
    ]  # fmt: skip


def _pixel(value: float, least: float, most: float, length: int) -> float:
    share = (value - least) / (most - least) if most > least else 0.5
    return length * (MARGIN + (1 - 2 * MARGIN) * share)


def _friends(edges: pd.DataFrame) -> dict[str, list[str]]:
    both = pd.concat([edges[["one", "other"]], edges[["other", "one"]].set_axis(["one", "other"], axis="columns")])
    return {str(code): sorted(others) for code, others in both.groupby("one")["other"]}


def _lines(edges: Sequence[tuple[str, str, int]], nodes: Mapping[str, Node], look: Theme) -> list[dict[str, Any]]:
    """One trace for each number of shared events."""
    most = max((count for *_, count in edges), default=1)
    color = mixed(look.muted, look.surface, 0.55)
    return [
        {
            "type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": color, "width": _width(count, most)},
            **_segments([(nodes[one], nodes[other]) for one, other, shared in edges if shared == count]),
        }
        for count in sorted({count for *_, count in edges})
    ]  # fmt: skip


def _width(count: int, most: int) -> float:
    return THINNEST + (THICKEST - THINNEST) * (count - 1) / (most - 1) if most > 1 else THINNEST


def _segments(ends: Sequence[tuple[Node, Node]]) -> dict[str, list[float | None]]:
    return {
        side: [value for one, other in ends for value in (getattr(one, side), getattr(other, side), None)]
        for side in ("x", "y")
    }


def _middles(edges: Sequence[tuple[str, str, int]], nodes: Mapping[str, Node], look: Theme) -> dict[str, Any]:
    """What is clicked of a line: a dot in its middle."""
    ends = [(nodes[one], nodes[other], count) for one, other, count in edges]
    return {
        "type": "scatter", "mode": "markers",
        "x": [(one.x + other.x) / 2 for one, other, _ in ends], "y": [(one.y + other.y) / 2 for one, other, _ in ends],
        "marker": {"size": [4 + _width(count, 2) / 2 if count > 1 else 5 for *_, count in ends], "color": look.muted,
                   "opacity": 0.9, "line": {"width": 0}},
        "customdata": [[one.code, other.code] for one, other, _ in ends],
        "hovertext": [f"<b>{_said(one)}</b><br>with <b>{_said(other)}</b><br>{counted(count)}" for one, other, count in ends],
        "hoverinfo": "text",
    }  # fmt: skip


def _marks(placed: Sequence[Node], partner_lines: Mapping[str, str], look: Theme) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "x": [node.x for node in placed], "y": [node.y for node in placed],
        "marker": {"size": [node.size for node in placed], "symbol": [SHAPES[node.kind] for node in placed], "opacity": 1,
                   "color": [_color(node.kind, look) for node in placed], "line": {"color": look.surface, "width": 1.5}},
        "customdata": [[node.code] for node in placed],
        "hovertext": [f"<b>{_said(node)}</b><br>{KINDS[node.kind]}, {counted(node.event_count)}{partner_lines[node.code]}" for node in placed],
        "hoverinfo": "text",
    }  # fmt: skip


def _partner_lines(edges: Sequence[tuple[str, str, int]], nodes: Mapping[str, Node]) -> dict[str, str]:
    met: dict[str, list[tuple[int, str]]] = {code: [] for code in nodes}
    for one, other, count in edges:
        met[one].append((-count, _said(nodes[other])))
        met[other].append((-count, _said(nodes[one])))
    return {code: _listed(sorted(partners)) for code, partners in met.items()}


def _listed(partners: Sequence[tuple[int, str]]) -> str:
    lines = [f"<br>· {label} ({-count:,})" for count, label in partners[:MOST_PARTNERS]]
    more = len(partners) - MOST_PARTNERS
    return "".join(lines) + (f"<br>and {more:,} more" if more > 0 else "")


def _said(node: Node) -> str:
    return cut(node.label, LONGEST_HOVER)


def _color(kind: str, look: Theme) -> str:
    return look.muted if kind == "person" else look.accent


def _annotation(node: Node, box: Box, look: Theme) -> dict[str, Any]:
    return {
        "x": (box[0] + box[2]) / 2, "y": (box[1] + box[3]) / 2, "text": cut(node.label, LONGEST_LABEL), "showarrow": False,
        "font": {"color": look.ink, "size": 12}, "xanchor": "center", "yanchor": "middle", "captureevents": False,
    }  # fmt: skip


def _around(node: Node) -> Box:
    reach = node.size / 2 + 1
    return node.x - reach, node.y - reach, node.x + reach, node.y + reach


def _boxes(node: Node) -> list[Box]:
    """Where the name may stand: right of the mark, left, above, below."""
    width, reach = LETTER * min(len(node.label), LONGEST_LABEL) + 4, node.size / 2 + 3
    half = LINE / 2
    return [
        (node.x + reach, node.y - half, node.x + reach + width, node.y + half),
        (node.x - reach - width, node.y - half, node.x - reach, node.y + half),
        (node.x - width / 2, node.y + reach, node.x + width / 2, node.y + reach + LINE),
        (node.x - width / 2, node.y - reach - LINE, node.x + width / 2, node.y - reach),
    ]


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    is_inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
    return is_inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
