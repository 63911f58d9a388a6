"""Which kind of event a sentence tells, by the features of `kinds.py` and by a vector of the whole sentence.

Rules: the vector says how much speaks for each type (`data/reference/encoder_directions.csv`, a row a dimension), and that is
one feature more beside the others; their weights stand in `encoder_kind_weights.csv`. Both are fitted by
`benchmarks/compare_encoder.py`.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dashboard.etl.analysis import Analysis
from dashboard.etl.encoder import SHA256, WIDTH, load_encoder
from dashboard.etl.extract import extract_and_explain
from dashboard.etl.extractors import Extraction
from dashboard.etl.kinds import Frames, kind_features, kinds
from dashboard.etl.lexicons import lexicon
from dashboard.etl.read import Document
from dashboard.etl.segments import Sentence

ENCODED = "encoded"
BIAS = "bias_"

Array = npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    rows = lexicon("encoder_kind_weights", ["feature", "weight"], key=["feature"])
    return MappingProxyType({row["feature"]: float(row["weight"]) for row in rows})


@lru_cache(maxsize=1)
def _directions() -> Array:
    """What each dimension, and in the last row nothing but the type, speaks for; a column a type, in the order of `kinds`."""
    rows = lexicon("encoder_directions", ["dimension", *kinds()], key=["dimension"])
    by_dimension = {row["dimension"]: [float(row[kind]) for kind in kinds()] for row in rows}
    return np.array([by_dimension[name] for name in [*map(str, range(WIDTH)), "bias"]])


class Encoder(Protocol):
    """Anything that makes a vector of `WIDTH` numbers of a sentence."""

    def encode(self, sentence: str) -> npt.NDArray[np.float32]: ...


class EncodedKinds:
    """Chooses types with an encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def scores(self, analysis: Analysis, sentence: Sentence, frames: Frames) -> dict[str, float]:
        """How much speaks for each type, in log-odds up to a constant."""
        weights = _weights()
        vector = self._encoder.encode(text_of(analysis, sentence))
        encoded = dict(zip(kinds(), np.append(vector, 1.0) @ _directions(), strict=True))
        return {
            kind: weights[BIAS + kind]
            + weights[ENCODED] * float(encoded[kind])
            + sum(weights[name] * value for name, value in found.items())
            for kind, found in kind_features(analysis, sentence, frames).items()
        }


def _hash_of_code() -> str:
    """Hash of the two modules that the rules do without; what both share is hashed with the rules."""
    own = Path(__file__)
    code = b"".join(path.read_bytes() for path in (own, own.with_name("encoder.py")))
    return hashlib.sha256(code).hexdigest()[:12]


class EncoderExtractor:
    """The project's own rules, but that an encoder helps to choose the types.

    Raises: InputError if the encoder's package is not installed.
    """

    name = "encoder"
    workers = 1

    def __init__(self) -> None:
        self._kinds = EncodedKinds(load_encoder())
        self.fingerprint = f"{self.name}:{SHA256[:12]}:{_hash_of_code()}"

    def extract(self, document: Document) -> Extraction:
        return Extraction(*extract_and_explain(document, self._kinds.scores))


def text_of(analysis: Analysis, sentence: Sentence) -> str:
    """A sentence as the encoder reads it: on one line."""
    return " ".join(analysis.view[sentence.start : sentence.end].split())
