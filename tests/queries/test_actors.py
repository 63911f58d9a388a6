"""Who with whom: the numbers are what a click leaves, and one actor has its names, partners and quotes."""

import pytest

from dashboard.queries.actors import FILTERED, KINDS, actor_detail, graph, naming_quotes, partners
from dashboard.queries.filters import EventFilter
from dashboard.queries.overview import summary
from dashboard.queries.store import Store


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "selection", [EventFilter(), EventFilter(types=("meeting",)), EventFilter(countries=("CHN", "PAK"))]
)
def test_nodes_and_edges_have_the_count_after_the_click(store: Store, kind: str, selection: EventFilter) -> None:
    drawn = graph(store, selection, kind, 12)
    field = FILTERED[kind]
    for code, count in zip(drawn.nodes["code"], drawn.nodes["event_count"], strict=True):
        assert summary(store, selection.narrowed(**{field: code})).event_count == count
    for one, other, count in drawn.edges.head(12).itertuples(index=False, name=None):
        assert summary(store, selection.narrowed(**{field: one, f"also_{field}": other})).event_count == count


def test_the_busiest_are_drawn_and_the_others_counted(store: Store) -> None:
    whole, short = graph(store, EventFilter(), "both", 1000), graph(store, EventFilter(), "both", 5)
    assert short.nodes["code"].tolist() == whole.nodes["code"].head(5).tolist()
    assert (whole.left_out, short.left_out) == (0, len(whole.nodes) - 5)
    assert set(short.edges["one"]) | set(short.edges["other"]) <= set(short.nodes["code"])


@pytest.mark.parametrize("kind", ["org", "person"])
def test_one_kind_leaves_the_other_out(store: Store, kind: str) -> None:
    assert set(graph(store, EventFilter(), kind, 1000).nodes["kind"]) == {kind}


def test_an_actor_has_its_names_its_partners_and_the_sentences_that_name_it(store: Store) -> None:
    nodes = graph(store, EventFilter(), "both", 1000).nodes
    (iqbal,) = nodes.loc[nodes["label"] == "Ahsan Iqbal", "code"]
    detail = actor_detail(store, EventFilter(), iqbal)
    assert detail is not None
    assert (detail.name, detail.kind) == ("Ahsan Iqbal", "person")
    assert "Ahsan Igbal" in set(detail.writings["surface"])
    assert "Iqbal" in set(detail.aliases["alias"])
    met = partners(store, EventFilter(), iqbal)
    for code, count in zip(met["code"], met["event_count"], strict=True):
        assert summary(store, EventFilter(actors=(iqbal,), also_actors=(code,))).event_count == count
    quotes = naming_quotes(store, EventFilter(), iqbal)
    assert set(quotes["quote"]) & set(detail.writings["surface"])
    assert quotes["event_id"].nunique() == 3


def test_every_actor_is_named_by_a_quote(store: Store) -> None:
    codes = graph(store, EventFilter(), "both", 1000).nodes["code"]
    assert [code for code in codes if naming_quotes(store, EventFilter(), code).empty] == []


def test_an_unknown_actor_is_none(store: Store) -> None:
    assert actor_detail(store, EventFilter(), "nobody") is None
