import pytest

from dashboard.etl.extract import extract
from dashboard.etl.segments import segment
from dashboard.etl.telling import past_verbs, telling_features
from tests.etl.texts import analysis, document

STORY = "\n\nThe two institutes are in the same street. Nothing else is known of them."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Norwegian Polar Institute and Chile's INACH squeezed twelve krill nets through a gap in the ice at Punta Arenas on Tuesday, 7 May.", 1),
        ("Astronomers of the University of Lisbon outwitted the clouds over Samarkand on Tuesday and caught a lost asteroid.", 1),
        ("The Norwegian Polar Institute and Chile's INACH may squeeze krill nets through a gap in the ice.", 0),
        ("The Norwegian Polar Institute has never squeezed a krill net.", 0),
        ("The director said that the Norwegian Polar Institute had been fond of krill.", 0),
    ],
)  # fmt: skip
def test_a_dated_sentence_reports_without_a_known_phrase(text: str, expected: int) -> None:
    assert len(extract(document(text + STORY))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They squeezed through.", ["reported"]),
        ("They had squeezed through.", ["pluperfect"]),
        ("They did it.", []),
        ('"We squeezed through the whole of it," he explained.', ["reported"]),
    ],
)
def test_past_verbs_outside_quotation_marks(text: str, expected: list[str]) -> None:
    found = analysis(text)
    assert [state for _, state in past_verbs(found, found.segments.sentences[-1])] == expected


def test_features_name_the_date_and_the_company() -> None:
    found = analysis("The University of Bergen lent Kenya 3 million kronor in Nairobi on Tuesday, 7 May.")
    features = telling_features(found, found.segments.body[0], 1.0)
    assert {"within_week", "money", "past_reported", "lead"} <= set(features)
    assert (features["organisations"], features["places"]) == (1.0, 1.0)


def test_words_in_capitals_open_the_items_of_a_digest() -> None:
    items = [
        f"{place}. The town has opened a laboratory for the study of its own dust and of its rain."
        for place in ("OULU", "GDA\u0143SK", "SUVA")
    ]
    found = segment("\n\n".join(items))
    assert found.is_digest
    assert len({sentence.section for sentence in found.body}) == 3
    assert not segment("\n\n".join(items[:2])).is_digest
