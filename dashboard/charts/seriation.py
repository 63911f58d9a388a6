"""The order of a matrix of who with whom: those who share events stand side by side, so that groups show as squares.

Source: J. E. Atkins, E. G. Boman, B. Hendrickson, A spectral algorithm for seriation and the consecutive ones problem, SIAM
Journal on Computing 28 (1998): within each connected part, by the eigenvector of the second smallest eigenvalue of the
Laplacian.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Matrix = npt.NDArray[np.float64]

SETTLED = 9
"""Decimals that an eigenvector is rounded to, so that equal places stay equal on every machine."""


def seriated(codes: Sequence[str], edges: pd.DataFrame) -> list[str]:
    """The codes in an order in which linked ones stand together: the largest part first, equal ones as they were given.

    Shape: `edges` has one, other (both of `codes`) and event_count.
    """
    rank = {code: position for position, code in enumerate(codes)}
    weights = np.zeros((len(codes), len(codes)))
    for one, other, count in edges[["one", "other", "event_count"]].itertuples(index=False, name=None):
        weights[rank[one], rank[other]] = weights[rank[other], rank[one]] = count
    parts = sorted(_parts(weights), key=lambda part: (-len(part), part[0]))
    return [codes[position] for part in parts for position in _in_line(part, weights)]


def _parts(weights: Matrix) -> list[list[int]]:
    """The connected parts, each in the order of its positions."""
    left = set(range(len(weights)))
    parts = []
    while left:
        part, edge = set(), {min(left)}
        while edge:
            part |= edge
            edge = {int(other) for position in edge for other in np.flatnonzero(weights[position])} - part
        left -= part
        parts.append(sorted(part))
    return parts


def _in_line(part: Sequence[int], weights: Matrix) -> list[int]:
    if len(part) < 3:  # two can stand in one order only
        return list(part)
    own = weights[np.ix_(part, part)]
    _, vectors = np.linalg.eigh(np.diag(own.sum(axis=1)) - own)
    line = np.round(vectors[:, 1], SETTLED)
    facing = -line if line[np.flatnonzero(line)[0]] > 0 else line
    return [part[place] for place in np.argsort(facing, kind="stable")]
