"""Where the nodes of a network lie: near those they are linked with, apart from all others, and the same at each visit.

Source: T. M. J. Fruchterman, E. M. Reingold, Graph drawing by force-directed placement, Software: Practice and Experience 21
(1991), with a pull to the centre, which keeps the parts that nothing links in the picture.
"""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Points = npt.NDArray[np.float64]

STEPS = 300
FIRST_STEP = 0.12
"""The farthest that a node moves in the first step, in widths of the picture; it falls to nothing at the last."""

ROOM, PARTINGS = 0.7, 60
"""How near two nodes may come, in parts of the distance that an even spread would give them; steps in which they part."""

MOST_STRETCHED = 3.0
"""How much broader a long and thin network is drawn than it is, for more room; more would tear groups apart."""

BROADER = 1.6
"""Width of the picture by its height."""

PULL = 0.6
"""Of the pull to the centre; larger values draw unlinked parts closer."""


def positions(codes: Sequence[str], edges: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """A place for each code, 0 to 1 both ways.

    Shape: `edges` has one, other and event_count. Rules: a node starts where its code says, and the codes are taken in their
    order, so that the same network lies the same way on every machine at every visit, and a small change moves little.
    """
    ordered = sorted(codes)
    if not ordered:
        return {}
    points = np.array([start(code) for code in ordered])
    pull = _pulls(ordered, edges)
    ideal = 1 / np.sqrt(len(ordered))
    for step in range(STEPS):
        points = points + _moves(points, pull, ideal, FIRST_STEP * (1 - step / STEPS))
    spread = _parted(_filling(points), ROOM * ideal)
    return dict(zip(ordered, map(tuple, spread.tolist()), strict=True))


def beside(code: str, friends: Sequence[str], placed: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """A place for one more node: amid those it is linked with, a little aside; alone where its code says."""
    known = [placed[friend] for friend in friends if friend in placed]
    own = start(code)
    if not known:
        return own
    middle = np.mean(known, axis=0)
    return float(middle[0] + 0.12 * (own[0] - 0.5)), float(middle[1] + 0.12 * (own[1] - 0.5))


def start(code: str) -> tuple[float, float]:
    """A point between 0 and 1 both ways that belongs to a code."""
    digest = hashlib.blake2b(code.encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "big") / 2**32, int.from_bytes(digest[4:], "big") / 2**32


def _pulls(ordered: Sequence[str], edges: pd.DataFrame) -> Points:
    """How strongly each two nodes pull each other: more shared events pull more, but not in proportion."""
    rank = {code: position for position, code in enumerate(ordered)}
    pull = np.zeros((len(ordered), len(ordered)))
    for one, other, count in edges[["one", "other", "event_count"]].itertuples(index=False, name=None):
        pull[rank[one], rank[other]] = pull[rank[other], rank[one]] = 1 + np.log(count)
    return pull


def _moves(points: Points, pull: Points, ideal: float, longest: float) -> Points:
    between = points[:, None, :] - points[None, :, :]
    distance = np.maximum(np.sqrt((between**2).sum(axis=2)), 1e-4)
    push = ideal**2 / distance**2 - pull * distance / ideal
    moves = (between * push[:, :, None]).sum(axis=1) - PULL * (points - 0.5)
    length = np.maximum(np.sqrt((moves**2).sum(axis=1, keepdims=True)), 1e-9)
    limited: Points = moves / length * np.minimum(length, longest)
    return limited


def _parted(points: Points, least: float) -> Points:
    """Those that lie nearer than `least` pushed apart, each by half of what they lack."""
    points = points * [BROADER, 1.0]
    for _ in range(PARTINGS):
        between = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.sqrt((between**2).sum(axis=2)), 1e-6)
        lacking = np.maximum(least - distance, 0)
        np.fill_diagonal(lacking, 0)
        points = points + (between / distance[:, :, None] * lacking[:, :, None] / 2).sum(axis=1)
    spread: Points = points / [BROADER, 1.0]
    return spread


def _filling(points: Points) -> Points:
    """Turned so that its longer side lies flat, and stretched to fill the picture."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned = centred @ (axes * np.where(axes[:, :1] < 0, -1, 1)).T if len(points) > 1 else centred
    length, breadth = np.maximum(np.ptp(turned, axis=0), 1e-9) if len(points) > 1 else (1.0, 1.0)
    span = [length, max(breadth, length / MOST_STRETCHED)]
    middle = (turned.max(axis=0) + turned.min(axis=0)) / 2
    filled: Points = (turned - middle) / span + 0.5
    return filled
