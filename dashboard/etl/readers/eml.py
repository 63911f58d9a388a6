"""E-mails: the subject and the body; what is attached becomes documents of its own."""

import email
import email.policy
import mimetypes
from collections.abc import Iterable, Iterator
from email.message import EmailMessage, MIMEPart
from pathlib import PurePosixPath

from dashboard.edtf import EventDate, day
from dashboard.errors import InputError
from dashboard.etl.readers.content import Attachment, Content, language_code, with_heading
from dashboard.etl.readers.txt import decode

_MAX_HEADER_BYTES = 200_000
_MAX_MULTIPARTS = 100
"""Python's parser asks each line of a message about the boundary of every part that it lies in."""

_MAIL = "message/rfc822"


def read(content: bytes, name: str) -> Content:
    """The text of an e-mail.

    Rules: as `_read_message` has them.
    Raises: InputError if the bytes are no e-mail, are broken, or hold neither a body nor an attachment.
    """
    head = content.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    if len(head) > _MAX_HEADER_BYTES:
        raise InputError(
            f"{name} opens with {len(head):,} bytes of header; expected an e-mail; save the message again as .eml"
        )
    if content.lower().count(b"multipart/") > _MAX_MULTIPARTS:
        raise InputError(
            f"{name} has more than {_MAX_MULTIPARTS} nested parts; expected an e-mail; save its text as a .txt file"
        )
    try:
        return _read_message(email.message_from_bytes(content, policy=email.policy.default), name)
    except (RecursionError, LookupError, ValueError) as error:  # what Python's parser does with a header that is none
        raise InputError(f"{name} is a broken e-mail ({str(error)[:100]}); save the message again as .eml") from error


def _read_message(message: EmailMessage, name: str) -> Content:
    """The subject as the first line, then the body: what the sender wrote as plain text, else the HTML's main text.

    Rules: the date is the day in `Date`, which is the sender's day in the sender's zone.
    """
    subject, sender = _header(message, "subject"), _header(message, "from")
    if not subject and not sender:
        raise InputError(
            f"{name} is not an e-mail (it has no From: and no Subject:); save the message again as .eml, or a text as .txt"
        )
    leaves = list(_leaves(message))
    body = _body(leaves, name)
    attachments = tuple(_attachments(leaves))
    if not body and not attachments:
        raise InputError(
            f"{name} has no body and nothing attached; expected a message; save it again as .eml, or delete it"
        )
    return Content(
        text=with_heading(subject, body) if body else "",
        title=subject,
        publisher=_sender_name(message) or sender,
        published=_sent(message),
        language=language_code(_header(message, "content-language")),
        attachments=attachments,
    )


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).encode("utf-8", "replace").decode().split())


def _sender_name(message: EmailMessage) -> str:
    addresses = getattr(message.get("from"), "addresses", ())
    return str(addresses[0].display_name) if addresses else ""


def _sent(message: EmailMessage) -> EventDate | None:
    sent = getattr(message.get("date"), "datetime", None)
    return day(sent.date()) if sent else None


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    """The parts that hold something, in order; an e-mail inside the e-mail is one of them."""
    if part.is_multipart() and part.get_content_type() != _MAIL:
        for inner in part.iter_parts():
            yield from _leaves(inner)
    else:
        yield part


def _is_body(part: MIMEPart, subtype: str) -> bool:
    is_text = part.get_content_type() == f"text/{subtype}" or (subtype == "plain" and _is_torn(part))
    return is_text and not part.get_filename() and not part.is_attachment()


def _is_torn(part: MIMEPart) -> bool:
    """Whether a part says that it has parts and has none: its boundary was lost."""
    return part.get_content_maintype() == "multipart" and not part.is_multipart()


def _body(leaves: Iterable[MIMEPart], name: str) -> str:
    plain = _joined((part for part in leaves if _is_body(part, "plain")), name)
    if any(character.isalnum() for character in plain):
        return plain
    page = _joined((part for part in leaves if _is_body(part, "html")), name)
    if not any(character.isalnum() for character in page):
        return ""
    from dashboard.etl.readers.html import read_page  # noqa: PLC0415 -- trafilatura is only for mails without plain text

    return read_page(page, name).text


def _joined(parts: Iterable[MIMEPart], name: str) -> str:
    return "\n\n".join(_decoded(part, name).strip() for part in parts)


def _decoded(part: MIMEPart, name: str) -> str:
    text = decode(_bytes(part), name, declared=str(part.get_content_charset() or ""))[0]
    return text.replace("\r\n", "\n")


def _bytes(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachments(leaves: Iterable[MIMEPart]) -> Iterator[Attachment]:
    """What is attached, each under a name of its own; pictures inside the text and its HTML twin are not attached."""
    taken: set[str] = set()
    for number, part in enumerate(leaves, start=1):
        is_inside = part.get_content_maintype() == "image" and not part.is_attachment()
        if _is_body(part, "plain") or _is_body(part, "html") or is_inside:
            continue
        name = _attachment_name(part, number)
        if name in taken:
            path = PurePosixPath(name)
            name = f"{path.stem}-{number}{path.suffix}"
        taken.add(name)
        yield Attachment(name, _attached_bytes(part))


def _attachment_name(part: MIMEPart, number: int) -> str:
    is_mail = part.get_content_type() == _MAIL
    suffix = ".eml" if is_mail else mimetypes.guess_extension(part.get_content_type()) or ""
    name = str(part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1].strip()
    name = name.encode("utf-8", "replace").decode() or f"attachment-{number}{suffix}"
    return f"{name}.eml" if is_mail and not name.lower().endswith(".eml") else name


def _attached_bytes(part: MIMEPart) -> bytes:
    if part.get_content_type() == _MAIL and part.is_multipart():
        return b"".join(inner.as_bytes() for inner in part.iter_parts())
    return _bytes(part)
