"""Who with whom: organisations, persons or countries as a network and as a matrix, and all names with their writings."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.app_pages import actor
from dashboard.app_pages.figures import Clicked, draw_figure, draw_legend, look_of
from dashboard.app_pages.frame import Page, current_page, downloads, headline, view
from dashboard.app_pages.links import open_selected, pick
from dashboard.app_pages.twins import draw_twin
from dashboard.app_pages.wording import plain
from dashboard.charts import network as chart
from dashboard.charts.theme import Theme, counted
from dashboard.charts.who_with_whom import matrix, matrix_sentence
from dashboard.queries.actors import FILTERED, Graph, graph
from dashboard.queries.breakdowns import by_actor
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store

WHO = {"both": "Organisations and persons", "org": "Organisations", "person": "Persons", "country": "Countries"}
NOUNS = {"both": "organisations and persons", "org": "organisations", "person": "persons", "country": "countries"}

MOST_NODES, MOST_ROWS = 60, 25
"""Drawn in the network, and in the matrix; the rest is counted."""

MOST_PLACED = 200
"""Of the whole build, the busiest are laid out together, whatever is selected; any other lies amid its partners."""

COLUMNS = {
    "name": st.column_config.TextColumn("Name", width=340),
    "kind": st.column_config.TextColumn("Kind", width=110),
    "event_count": st.column_config.NumberColumn("Events", width=80),
    "split_count": st.column_config.NumberColumn(
        "Split count", width=100, format="%.2f", help="An event of n actors counts 1/n to each; the column adds up."
    ),
    "written_as": st.column_config.TextColumn(
        "Written in the texts as", width=380, help="Letter by letter, misprints too."
    ),
}
TABLE_ROWS = 12


def page() -> None:
    """One actor if the address names one, else who with whom."""
    here = current_page()
    if actor.draw_asked(here):
        return
    found = headline(here, "Actors")
    if not found.event_count:
        return
    _draw_chosen(here)
    look = look_of(here)
    who = view("who", "Show", WHO)
    drawn = here.ask(graph, who, MOST_NODES)
    if drawn.nodes.empty:
        st.markdown(f"These events name no {NOUNS[who]}.")
    else:
        _draw_network(here, drawn, who, look)
        _draw_matrix(drawn, who, look)
    _draw_table(here)
    downloads(here)


def _draw_chosen(here: Page) -> None:
    """The ways to the pages of the actors that are selected, as a click on the network or its table leaves them."""
    chosen = [*here.selection.actors, *here.selection.also_actors]
    if chosen:
        names = [here.choices.actors.get(code, code) for code in chosen]
        actor.draw_links(pd.DataFrame({"actor_id": chosen, "name": names}))


def _draw_network(here: Page, drawn: Graph, who: str, look: Theme) -> None:
    st.header("Who with whom", anchor=False)
    sentence = chart.sentence(drawn.nodes, drawn.edges, drawn.left_out, NOUNS[who])
    draw_legend(chart.entries(drawn.nodes, look))
    built = (here.store.manifest.build_id, here.store.manifest.built_at)
    figure = chart.network(drawn.nodes, drawn.edges, _places(built, who, _store=here.store), look)
    narrowing = partial(shared_clicked, who)
    with st.container(key="wide_network"):
        draw_figure(figure, "network", alt=f"Network of {NOUNS[who]}. {sentence}", narrowing=narrowing)
        rows = drawn.nodes.assign(kind=drawn.nodes["kind"].map(chart.KINDS))
        labels = {"label": "Name", "kind": "Kind", "event_count": "Events"}
        draw_twin(rows, labels, "network", marks=[[code] for code in rows["code"]], narrowing=narrowing)
    st.caption(
        f"{sentence} Click a mark to narrow to it, the dot in the middle of a line to narrow to both. A place in the picture "
        "means nothing but who is near; it stays the same whatever is selected."
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def _places(built: tuple[str, str], who: str, *, _store: Store) -> chart.Places:  # noqa: ARG001 the key under which it is kept
    whole = graph(_store, EventFilter(), who, MOST_PLACED)
    return chart.layout(whole.nodes["code"].tolist(), whole.edges)


def _draw_matrix(drawn: Graph, who: str, look: Theme) -> None:
    nodes = drawn.nodes.head(MOST_ROWS)
    codes = set(nodes["code"])
    edges = drawn.edges[drawn.edges["one"].isin(codes) & drawn.edges["other"].isin(codes)]
    st.header("The same as a matrix", anchor=False)
    sentence = matrix_sentence(nodes, edges, drawn.left_out + len(drawn.nodes) - len(nodes), NOUNS[who])
    narrowing = partial(shared_clicked, who)
    with st.container(key="wide_matrix"):
        draw_figure(
            matrix(nodes, edges, look), "who_matrix", alt=f"Matrix of {NOUNS[who]}. {sentence}", narrowing=narrowing
        )
        draw_pairs(drawn, narrowing)
    st.caption(f"{sentence} Click a cell to narrow to both, an outlined one to narrow to the one.")


def draw_pairs(drawn: Graph, narrowing: Any) -> None:
    """Every two that share events, the closest first: the twin of the lines and of the cells."""
    names = dict(zip(drawn.nodes["code"], drawn.nodes["label"], strict=True))
    edges = drawn.edges.sort_values("event_count", ascending=False, kind="stable")
    rows = pd.DataFrame(
        {"one": edges["one"].map(names), "other": edges["other"].map(names), "events": edges["event_count"]}
    )
    marks = edges[["one", "other"]].to_numpy().tolist()
    draw_twin(
        rows, {"one": "Who", "other": "With", "events": "Shared events"}, "pairs", marks=marks, narrowing=narrowing
    )


def shared_clicked(who: str, clicked: Clicked) -> Mapping[str, str]:
    """The actor or country of the mark, or both of them of a line or cell."""
    codes = clicked.marks[0]
    field = FILTERED[who]
    return {field: codes[0], **({f"also_{field}": codes[1]} if len(codes) > 1 else {})}


def _draw_table(here: Page) -> None:
    frame = here.ask(by_actor)
    known = frame[frame["actor_id"].notna()]
    st.header("All organisations and persons", anchor=False)
    if known.empty:
        st.markdown("These events name nobody.")
        return
    ids = tuple(known["actor_id"])
    st.caption(
        f"{counted(len(known), 'name')}. Tick a row for the page of the organisation or person, or find it by name:"
    )
    pick("Open an actor", tuple(known["label"]), ids, subject="actor_page")
    shown = known.assign(
        name=known["label"], kind=known["kind"].map(chart.KINDS), written_as=known["written_as"].map(plain)
    )
    st.dataframe(
        shown[list(COLUMNS)], column_config=COLUMNS, hide_index=True, key="actors_table", selection_mode="single-row",
        height=35 * (min(len(shown), TABLE_ROWS) + 1) + 3, on_select=partial(open_selected, "actors_table", ids, "actor_page"),
        alt="Organisations and persons with their events.",
    )  # fmt: skip
