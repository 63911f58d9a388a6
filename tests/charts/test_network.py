"""The network: the same at every visit, no label over another, every mark carries what it narrows."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import network as chart
from dashboard.charts.forces import ROOM, beside, positions
from dashboard.charts.seriation import seriated
from dashboard.charts.who_with_whom import matrix, matrix_sentence
from tests.charts.frames import look

NODES = pd.DataFrame({
    "code": ["a", "b", "c", "d"], "label": ["Academy of Sciences", "<a href='x'>B</a>", "Chen", "Dai"],
    "kind": ["org", "org", "person", "person"], "event_count": [4, 2, 2, 1],
})  # fmt: skip
EDGES = pd.DataFrame({"one": ["a", "a", "b"], "other": ["b", "c", "c"], "event_count": [2, 1, 1]})
PLACES = chart.layout(NODES["code"].tolist(), EDGES)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], pd.DataFrame]:
    codes = [f"n{number}" for number in range(draw(st.integers(1, 14)))]
    pairs = draw(st.lists(st.sampled_from(list(combinations(codes, 2))), unique=True)) if len(codes) > 1 else []
    rows = [(one, other, draw(st.integers(1, 9))) for one, other in pairs]
    return codes, pd.DataFrame(rows, columns=["one", "other", "event_count"])


@given(graphs())
@settings(max_examples=25, deadline=None)
def test_a_layout_is_the_same_whatever_the_order_and_keeps_its_nodes_apart(
    drawn: tuple[list[str], pd.DataFrame],
) -> None:
    codes, edges = drawn
    placed = positions(codes, edges)
    assert positions(codes[::-1], edges) == placed
    nearest = min(
        (abs(complex(*placed[one]) - complex(*placed[other])) for one, other in combinations(codes, 2)), default=1
    )
    assert nearest > ROOM / len(codes) ** 0.5 / 3


def test_those_who_share_events_lie_nearer_than_those_who_do_not() -> None:
    codes = [f"n{number}" for number in range(12)]
    edges = pd.DataFrame(
        [(one, other, 1) for part in (codes[:6], codes[6:]) for one, other in combinations(part, 2)],
        columns=["one", "other", "event_count"],
    )
    placed = {code: complex(*spot) for code, spot in positions(codes, edges).items()}
    within = [abs(placed[one] - placed[other]) for one, other in edges[["one", "other"]].itertuples(index=False)]
    across = [abs(placed[one] - placed[other]) for one in codes[:6] for other in codes[6:]]
    assert sum(within) / len(within) < sum(across) / len(across) / 2


def test_one_that_was_not_laid_out_lies_amid_its_partners() -> None:
    x, y = beside("z", ["a", "b"], {"a": (0.2, 0.4), "b": (0.4, 0.4)})
    assert (x, y) == (pytest.approx(0.3, abs=0.07), pytest.approx(0.4, abs=0.07))


def test_nodes_and_lines_carry_what_they_narrow() -> None:
    *_, middles, marks = chart.network(NODES, EDGES, PLACES, look()).data
    assert [tuple(mark) for mark in middles.customdata] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [code for (code,) in marks.customdata] == ["a", "b", "c", "d"]
    assert list(marks.marker.symbol) == ["circle", "circle", "diamond", "diamond"]
    assert "Academy of Sciences (2)" in marks.hovertext[1]


def test_more_shared_events_make_a_thicker_line() -> None:
    lines = [trace for trace in chart.network(NODES, EDGES, PLACES, look()).data if trace.mode == "lines"]
    assert [line.line.width for line in lines] == sorted(line.line.width for line in lines)
    assert lines[0].line.width < lines[-1].line.width


def test_a_name_from_a_text_is_no_markup() -> None:
    assert "<a href" not in chart.network(NODES, EDGES, PLACES, look()).to_json()
    assert "<a href" not in matrix(NODES, EDGES, look()).to_json()


@given(
    st.lists(
        st.tuples(st.floats(20, chart.WIDTH - 20), st.floats(20, 580), st.integers(1, 60)), min_size=1, max_size=40
    )
)
@settings(max_examples=40, deadline=None)
def test_no_label_lies_over_another_or_over_a_mark(spots: list[tuple[float, float, int]]) -> None:
    nodes = [chart.Node(f"n{rank}", "N" * length, "org", 1, x, y, 14) for rank, (x, y, length) in enumerate(spots)]
    boxes = [box for _, box in chart.labels(nodes)]
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for box in boxes:
        assert not any(box[0] < node.x < box[2] and box[1] < node.y < box[3] for node in nodes)


def test_the_sentence_says_who_is_not_drawn() -> None:
    said = chart.sentence(NODES, EDGES, 7, "organisations and persons")
    assert said == (
        "4 organisations and persons, 3 pairs with shared events. Most events: Academy of Sciences, 4. Closest pair: Academy of "
        "Sciences and <a href='x'>B</a>, 2 events. 1 share no event with another that is drawn. 7 more with fewer events are not drawn."
    )
    assert matrix_sentence(NODES, EDGES, 7, "persons").endswith("7 more with fewer events are not in it.")


def test_groups_stand_side_by_side_in_the_matrix() -> None:
    codes = ["a1", "b1", "a2", "b2", "a3", "alone", "b3"]
    edges = pd.DataFrame(
        [(*pair, 1) for part in ("a", "b") for pair in combinations([f"{part}{n}" for n in (1, 2, 3)], 2)],
        columns=["one", "other", "event_count"],
    )
    ordered = seriated(codes, edges)
    assert [code[0] for code in ordered[:6]] in (list("aaabbb"), list("bbbaaa"))
    assert ordered[6] == "alone"


def test_a_chain_is_put_in_line() -> None:
    edges = pd.DataFrame(
        [("c", "e", 1), ("a", "e", 1), ("a", "b", 1), ("b", "d", 1)], columns=["one", "other", "event_count"]
    )
    assert seriated(["a", "b", "c", "d", "e"], edges) in (["c", "e", "a", "b", "d"], ["d", "b", "a", "e", "c"])


@given(graphs())
@settings(max_examples=25, deadline=None)
def test_an_order_has_everyone_once(drawn: tuple[list[str], pd.DataFrame]) -> None:
    codes, edges = drawn
    assert sorted(seriated(codes, edges)) == sorted(codes)


def test_the_matrix_has_each_pair_twice_and_each_node_on_the_diagonal() -> None:
    (cells,) = matrix(NODES, EDGES, look()).data
    marks = [tuple(mark) for mark in cells.customdata]
    assert marks.count(("a", "b")) == 2
    assert marks.count(("d",)) == 1
    assert len(marks) == 2 * len(EDGES) + len(NODES)
