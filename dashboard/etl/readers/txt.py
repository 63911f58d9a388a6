"""Text files: the decoded bytes and nothing else."""

import codecs

from dashboard.errors import InputError
from dashboard.etl.readers.content import Content

ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip
"""What is tried for bytes that are not Unicode: the encodings of the web (WHATWG) that documents still come in."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 20_000
_BEFORE_THE_FIRST = 2_000
_FEWEST_BYTES = 60
_MOST_CHAOS = 0.1
_LEAST_COHERENCE = 0.2
_WESTERN = frozenset("‘’“”–—…•€£§©®°·´«»àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÃÄÅÆÇÈÉÊËÍÎÓÔÖØÙÚÜŒ\u00a0")

_ASCII = frozenset(map(chr, range(128)))

_FIRST_PRINTABLE = " "
_TEXT_CONTROLS = "\t\n\r\f\x0b\x1c\x1d\x1e\x85"
_MAX_CONTROL_SHARE = 0.01


def read(content: bytes, name: str) -> Content:
    """The text of a text file.

    Rules: UTF-8 first; a byte order mark is then a character of the text like any other. What is read in another
    encoding says so in a note.
    Raises: InputError if the bytes are not text, or if no encoding fits them better than the others.
    """
    text, encoding = decode(content, name)
    check_is_text(text, name)
    notes = (
        []
        if encoding == "utf-8"
        else [f"{name} is not UTF-8; it was read as {encoding}; if letters are wrong, save it as UTF-8"]
    )
    if text[:300].lstrip("\ufeff \r\n\t").lower().startswith(("<!doctype html", "<html")):
        notes.append(
            f"{name} is a web page with the ending of a text file; it was read with its tags; rename it to .html to read its main text"
        )
    return Content(text, notes=tuple(notes))


def decode(content: bytes, name: str, *, declared: str = "") -> tuple[str, str]:
    """The text of some bytes, and the encoding that it was read in.

    Rules: UTF-8 if the bytes are UTF-8; else what a byte order mark says; else the encoding that the file declares;
    else the guess of charset-normalizer, if it is sure.
    Raises: InputError if none of these fits.
    """
    for encoding in ("utf-8", _marked(content), declared):
        if encoding:
            try:
                return content.decode(encoding), encoding
            except (UnicodeDecodeError, LookupError):
                continue
    return _guessed(content, name)


def check_is_text(text: str, name: str) -> None:
    """Raises: InputError if there is nothing to read, or if the characters are those of a program or a picture."""
    if not any(character.isalnum() for character in text):
        raise InputError(f"{name} is empty; expected a document with words; replace or delete it")
    controls = sum(1 for character in text if character < _FIRST_PRINTABLE and character not in _TEXT_CONTROLS)
    if controls > len(text) * _MAX_CONTROL_SHARE:
        raise InputError(
            f"{name} is not text ({controls:,} control characters in {len(text):,}); save the document as text in UTF-8"
        )


def _marked(content: bytes) -> str:
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark)), "")


def _guessed(content: bytes, name: str) -> tuple[str, str]:
    first = next(index for index, byte in enumerate(content) if byte > 127)
    sample = content[max(0, first - _BEFORE_THE_FIRST) :][:_SAMPLE_BYTES]
    encoding = _encoding_of(sample) if len(content) >= _FEWEST_BYTES and b"\0" not in sample else ""
    try:
        if encoding:
            return content.decode(encoding), encoding
    except UnicodeDecodeError:
        encoding = ""
    raise InputError(
        f"{name} is not UTF-8 text (byte {first} is 0x{content[first]:02x}) and no other encoding fits it surely; save it again as UTF-8"
    )


def _encoding_of(sample: bytes) -> str:
    """The encoding of a sample, or nothing if it is not plain which.

    Rules: the western one (cp1252) if all that is not ASCII is then a western letter or a mark of print: it shares
    those marks with its neighbours, and charset-normalizer picks among them by chance.
    """
    if set(sample.decode("cp1252", "replace")) - _ASCII <= _WESTERN:
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- needed by few files, and not free to import

    best = from_bytes(sample, cp_isolation=list(ENCODINGS), threshold=_MOST_CHAOS, enable_fallback=False).best()
    return best.encoding if best is not None and best.coherence >= _LEAST_COHERENCE else ""
