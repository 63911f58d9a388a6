"""How every figure looks: one calm theme, light and dark, and one fixed colour for each sector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

FONT = '"Source Sans", "Source Sans Pro", system-ui, sans-serif'
"""The font of Streamlit's own texts; it serves it itself."""

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
"""No toolbar: what a figure offers is a click, or a drag along its time axis."""


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, with those of the sectors.

    Shape: `labels` and `colors` have the sector codes in the codebook's order.
    """

    ink: str
    muted: str
    grid: str
    surface: str
    accent: str
    land: str
    border: str
    blank: str
    pale: float
    """How much of a colour is left where it stands for what counts less."""
    labels: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str] = field(default_factory=dict)
    unnamed: str = "No sector"
    """What stands for an empty code."""

    def label(self, sector_code: str) -> str:
        """A sector's name; an empty code stands for an event without a sector."""
        return self.labels.get(sector_code, sector_code or self.unnamed)

    def color(self, sector_code: str) -> str:
        """A sector's colour, the same in every figure."""
        return self.colors.get(sector_code, self.blank)

    def faint(self, color: str) -> str:
        """A colour for what counts less: a sector that an event only touches, an event that countries share."""
        return mixed(color, self.surface, self.pale)

    def rank(self, sector_code: str) -> int:
        """Where a sector stands in the codebook; an event without one comes last."""
        codes = list(self.labels)
        return codes.index(sector_code) if sector_code in codes else len(codes)


LIGHT = Theme(
    ink="#1b2733", muted="#5a6875", grid="#e4e9ee", surface="#ffffff", accent="#0f5e8c", land="#e3e8ed", border="#ffffff", blank="#9aa4ae",
    pale=0.32,
)  # fmt: skip
DARK = Theme(
    ink="#e6ebf0", muted="#a3b0bc", grid="#2a333d", surface="#14191f", accent="#5aa9d6", land="#2b343e", border="#14191f", blank="#77828d",
    pale=0.45,
)  # fmt: skip


def theme(sectors: pd.DataFrame, *, is_dark: bool) -> Theme:
    """The theme with the colours of the sectors.

    Shape: `sectors` has sector_code, label, color_light and color_dark, in the codebook's order.
    """
    base = DARK if is_dark else LIGHT
    colors = sectors["color_dark" if is_dark else "color_light"]
    return Theme(
        **{name: getattr(base, name) for name in Theme.__dataclass_fields__ if name not in {"labels", "colors"}},
        labels=dict(zip(sectors["sector_code"], sectors["label"], strict=True)),
        colors=dict(zip(sectors["sector_code"], colors, strict=True)),
    )


def drawn(traces: Sequence[Any], look: Theme, *, height: int, **layout: Any) -> go.Figure:
    """A figure of these traces in the theme; `layout` adds to it or overrides it.

    Rules: the width is the page's; nothing moves; the legend is HTML beside the figure (see `legend`).
    """
    return go.Figure(data=list(traces), layout=_layout(look, height) | layout)


def _layout(look: Theme, height: int) -> dict[str, Any]:
    return {
        "template": "none",
        "height": height,
        "autosize": True,
        "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": look.ink},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": look.surface, "bordercolor": look.muted, "align": "left",
            "font": {"family": FONT, "size": 13, "color": look.ink},
        },
        "dragmode": False,
        "bargap": 0.18,
    }  # fmt: skip


def axis(look: Theme, **more: Any) -> dict[str, Any]:
    """An axis with faint lines, quiet labels and no title, which cannot be dragged."""
    return {
        "gridcolor": look.grid, "linecolor": look.grid, "zeroline": False, "fixedrange": True, "automargin": True,
        "tickfont": {"color": look.muted, "size": 12}, "ticks": "",
    } | more  # fmt: skip


def solid(colors: Sequence[str], look: Theme) -> dict[str, Any]:
    """The marker of bars that stand for what a text states."""
    return {"color": list(colors), "line": {"color": look.surface, "width": 1}}


def hatched(colors: Sequence[str], look: Theme, *, size: int = 6) -> dict[str, Any]:
    """The marker of bars whose date only stands in."""
    pattern = {
        "shape": "/",
        "fgcolor": list(colors),
        "bgcolor": look.surface,
        "fillmode": "replace",
        "size": size,
        "solidity": 0.4,
    }
    return {"color": list(colors), "pattern": pattern, "line": {"color": list(colors), "width": 1}}


def channel(value: int) -> float:
    """One channel of a colour as light. Source: WCAG 2.2, relative luminance."""
    share = value / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1."""
    red, green, blue = (channel(int(color[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21. Source: WCAG 2.2, contrast ratio."""
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def readable_on(color: str) -> str:
    """White or near-black, whichever reads better on a colour."""
    return max(("#ffffff", "#10161c"), key=lambda ink: contrast(ink, color))


def mixed(color: str, ground: str, share: float) -> str:
    """`share` of a colour over a ground, as `#rrggbb`."""
    parts = zip(_channels(color), _channels(ground), strict=True)
    return "#" + "".join(f"{round(top * share + below * (1 - share)):02x}" for top, below in parts)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def rgb(color: str, opacity: float = 1.0) -> list[int]:
    """A colour as deck.gl wants it: four numbers, 0 to 255."""
    return [*_channels(color), round(opacity * 255)]


def rgba(color: str, opacity: float) -> str:
    """A colour with an opacity, as CSS and Plotly want it."""
    return f"rgba({','.join(str(channel) for channel in _channels(color))},{opacity})"


def cut(text: str, longest: int) -> str:
    """A name that has room, as Plotly shows it letter by letter: it reads tags, links too, out of what it is given."""
    return escape(text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…", quote=False)


def counted(count: int, noun: str = "event") -> str:
    """`1 event`, `1,200 events`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
