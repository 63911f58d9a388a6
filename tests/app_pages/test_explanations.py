"""Why a sentence is an event or not, on the document's page."""

import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.app_pages.explanations import OUTCOMES, explained_text, in_one_sentence, rule_in_words, signed
from dashboard.etl.build import build
from dashboard.etl.extract import extract
from dashboard.etl.read import read_document
from dashboard.queries.documents import document_detail, document_rows
from dashboard.queries.explanations import Account, Reason, document_account
from dashboard.queries.filters import EventFilter
from dashboard.queries.store import Store
from dashboard.schema import OUTCOMES as KNOWN_OUTCOMES
from dashboard.settings import Settings
from tests.app_pages.conftest import OpenPage, _open_page, texts
from tests.app_pages.test_documents import plain


@pytest.fixture(scope="session")
def document_id(store: Store) -> str:
    """The document with most events."""
    return str(document_rows(store, EventFilter()).sort_values("event_count")["document_id"].iloc[-1])


@pytest.fixture(scope="session")
def account(store: Store, document_id: str) -> Account:
    return document_account(store, document_id)


def first(account: Account, outcome: str) -> pd.Series:
    sentences = account.sentences
    return sentences[sentences["outcome"] == outcome].iloc[0]


def test_the_explained_text_is_the_documents_letter_by_letter(
    open_page: OpenPage, store: Store, document_id: str
) -> None:
    page = open_page("documents", document=document_id, show="why")
    (body,) = [element.proto.body for element in page.get("html") if '<div class="document-text' in element.proto.body]
    assert plain(body) == document_detail(store, document_id, EventFilter()).text
    assert 'href="?document=' in body


@pytest.mark.parametrize("outcome", ["accepted", "weak", "repeated", "silent"])
def test_a_chosen_sentence_shows_its_account(
    open_page: OpenPage, account: Account, document_id: str, outcome: str
) -> None:
    row = first(account, outcome)
    page = open_page("documents", document=document_id, show="why", sentence=str(row["start_offset"]))
    said = texts(page)
    assert OUTCOMES[outcome][2] in said
    assert said.count('aria-current="true"') == 1
    if outcome == "silent":
        assert "This one has none of them." in said
    else:
        assert f"{abs(row['score']):.1f} {'below' if outcome == 'weak' else 'above'} the threshold" in said
        assert "where every sentence of its kind starts" in said


def test_an_accepted_sentence_names_its_rule_its_event_and_who_decided(
    open_page: OpenPage, account: Account, document_id: str
) -> None:
    row = first(account, "accepted")
    page = open_page("documents", document=document_id, show="why", sentence=str(row["start_offset"]))
    assert "The rule read “" in texts(page)
    assert "accepted it" in texts(page)
    links = [element.proto.label.replace("\\", "") for element in page.get("page_link")]
    assert any("(accepted)" in label or "(corrected)" in label for label in links)


def test_a_repeated_sentence_links_to_the_one_that_stands_for_it(
    open_page: OpenPage, account: Account, document_id: str
) -> None:
    row = first(account, "repeated")
    page = open_page("documents", document=document_id, show="why", sentence=str(row["start_offset"]))
    (link,) = [item.proto for item in page.get("page_link") if "stands for it" in item.proto.label]
    assert f"sentence={int(row['of_start_offset'])}" in link.query_string


def test_a_sentence_can_be_chosen_from_a_list(open_page: OpenPage, account: Account, document_id: str) -> None:
    row = first(account, "weak")
    page = open_page("documents", document=document_id, show="why")
    assert "Choose a sentence" in texts(page)
    page.selectbox(key="document_sentence").set_value(int(row["start_offset"])).run()
    assert OUTCOMES["weak"][2] in texts(page)
    assert page.query_params["sentence"] == str(row["start_offset"])


def test_a_place_within_a_sentence_names_it_too(open_page: OpenPage, account: Account, document_id: str) -> None:
    row = first(account, "weak")
    page = open_page("documents", document=document_id, show="why", sentence=str(row["start_offset"] + 3))
    assert OUTCOMES["weak"][2] in texts(page)


STORY = (
    "date 2024-05-09 Kenya and Italy signed a protocol on satellites in Malindi on Tuesday.\n\n"
    "They were glad to be there. In the evening the guests saw the new ground station at work for the first time.\n"
)


@pytest.fixture
def decided(workplace: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """A build in which an analyst rejected the machine's only proposal and added an event of another sentence."""
    path = workplace.documents_dir / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    document = read_document(path)
    (proposal,) = extract(document)
    words = "the guests saw the new ground station at work"
    place = {"quote": words, "start": STORY.index(words), "end": STORY.index(words) + len(words)}
    added = {
        "id": "e-added",
        "document": "story.txt",
        "title": "Guests see the station",
        "type": "visit",
        "evidence": {"type": [place]},
    }
    signed = {"reviewer": "Ada", "decided_at": "2026-01-02T03:04:05Z", "reason": "a rehearsal"}
    decisions = [
        {"id": "r1", "action": "reject", "event_id": proposal.event_id, "event": proposal.to_json(), **signed},
        {"id": "r2", "action": "add", "event_id": "e-added", "event": added, **signed},
    ]
    lines = "".join(f"{json.dumps(decision)}\n" for decision in decisions)
    (workplace.reviews_dir / "ada.jsonl").write_text(lines, encoding="utf-8")
    build(workplace)
    monkeypatch.setenv("CORRIDOR_OUTPUT", str(workplace.output_dir))
    return document.document_id


def test_a_rejected_proposal_says_who_took_it_away(decided: str) -> None:
    page = _open_page("documents", document=decided, show="why", sentence=str(STORY.index("Kenya")))
    said = texts(page)
    assert "2026-01-02, Ada rejected it. Reason: a rehearsal" in said
    assert "No event of this build stands on it" in said


def test_an_added_event_is_shown_on_a_sentence_that_the_machine_passed_over(decided: str) -> None:
    page = _open_page("documents", document=decided, show="why", sentence=str(STORY.index("In the evening")))
    assert "The machine did not propose this sentence" in texts(page)
    assert any("Guests see the station" in element.proto.label for element in page.get("page_link"))


@pytest.mark.parametrize("sentence", ["x", "-4", "99999999", "9" * 400, "٣"])
def test_a_sentence_that_is_not_there_is_no_sentence(open_page: OpenPage, document_id: str, sentence: str) -> None:
    page = open_page("documents", document=document_id, show="why", sentence=sentence)
    assert "Choose a sentence" in texts(page)
    assert not page.exception


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("sign+instrument:sign+protocol", "The rule read “sign” and “protocol” in it (sign with instrument)."),
        ("no verb+meeting:fair", "The rule read “fair” in it (no verb with meeting)."),
        ("sign_idiom:put pen to paper", "The rule read “put pen to paper” in it (sign)."),
        ("told:visit", "No pair of a verb and a thing was found; the whole sentence was weighed as a telling."),
        ("told", "No pair of a verb and a thing was found; the whole sentence was weighed as a telling."),
    ],
)
def test_a_rule_is_told_in_words(rule: str, said: str) -> None:
    assert rule_in_words(rule) == said


@pytest.mark.parametrize(
    ("outcome", "score", "weights", "said"),
    [
        ("weak", -1.2, {"no date": -1.1, "a plan": -0.9, "start": -4.6}, "It is 1.2 below the threshold. Against it: no date (−1.1), a plan (−0.9)."),
        ("weak", -4.5, {"start": -4.6, "lead": 0.1}, "It is 4.5 below the threshold. Against it: nothing in particular; too little speaks for it."),
        ("accepted", 2.04, {"start": -4.6, "the lead": 0.3, "tiny": 0.01}, "It is 2.0 above the threshold. For it: the lead (+0.3)."),
    ],
)  # fmt: skip
def test_the_verdict_names_its_weightiest_reasons(
    outcome: str, score: float, weights: dict[str, float], said: str
) -> None:
    told = [Reason(words, weight, words == "start") for words, weight in weights.items()]
    assert in_one_sentence(outcome, score, told) == said


def test_signs_are_real_ones() -> None:
    assert [signed(weight) for weight in (1.26, -0.44)] == ["+1.3", "−0.4"]


def test_every_outcome_has_its_words() -> None:
    assert tuple(OUTCOMES) == KNOWN_OUTCOMES


@st.composite
def explained(draw: st.DrawFn) -> tuple[str, pd.DataFrame]:
    text = draw(st.text(alphabet=st.sampled_from("ab <>&\"'\n\té中"), min_size=1, max_size=60))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    rows = [(start, end, draw(st.sampled_from(KNOWN_OUTCOMES))) for start, end in spans]
    return text, pd.DataFrame(rows, columns=["start_offset", "end_offset", "outcome"])


@given(explained())
def test_explained_text_is_the_text_and_links_exactly_the_sentences(case: tuple[str, pd.DataFrame]) -> None:
    text, sentences = case
    html = explained_text(text, sentences, dict.fromkeys(sentences["start_offset"], '?a=1&b="'), -1)
    assert plain(html) == text
    linked = re.findall(r"<a [^>]*>([^<]*)</a>", html)
    assert [plain(piece) for piece in linked] == [
        text[row.start_offset : row.end_offset] for row in sentences.itertuples()
    ]
