"""One question to an OpenAI-compatible endpoint, and its answer or a sentence why there is none.

Rules: the key goes to the named address alone, is never in an error, and no redirect is followed. Neither the environment's
proxies nor a `.netrc` are used: what is sent where is said by the settings. An answer is read to its limit in bytes and in
seconds, whatever the server does.
"""

import json
import random
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as SocketTimeoutError

from dashboard.errors import InputError
from dashboard.etl.llm_prompt import MODES, request_body
from dashboard.settings import LlmSettings

_CHUNK = 65_536
_SHOWN_CHARACTERS = 200
_UNKNOWN_FORM = (400, 422)
_PASSING = (408, 409, 429, 500, 502, 503, 504, 529)
_LOCAL = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
_STRANGE = re.compile(r"[^\x20-\x7e]+")


class EndpointUnusableError(InputError):
    """No document can be read with these settings."""


class NoAnswerError(Exception):
    """One question got no answer; the message says why, in a sentence without the key."""


class _PassingError(Exception):
    """A failure that may be over at the next try; `pause` is what the server asked for, in seconds."""

    def __init__(self, why: str, pause: float = 0.0) -> None:
        super().__init__(why)
        self.pause = pause


class _UnknownFormError(Exception):
    """The server does not take the request as it is, perhaps for the way in which the form is asked for."""


@dataclass(frozen=True)
class _Reply:
    status: int
    headers: Any
    content: bytes


class Endpoint:
    """A server that completes chats. Safe to share between threads."""

    def __init__(self, settings: LlmSettings) -> None:
        """Raises: EndpointUnusableError in one sentence if the settings do not name an endpoint that may be asked."""
        _check(settings)
        self._settings = settings
        self._mode = 0
        self.host = urlsplit(settings.url).netloc

    def ask(self, system: str, user: str) -> str:
        """The model's words.

        Rules: a form that the server does not know is asked for in a looser way, and the next question starts there.
        Raises: NoAnswerError; EndpointUnusableError if no other question would fare better.
        """
        for number in range(self._mode, len(MODES)):
            body = request_body(self._settings.model, MODES[number], system=system, user=user)
            try:
                content = self._try_often(body)
            except _UnknownFormError as error:
                refusal = error
                continue
            self._mode = max(self._mode, number)
            return _words(content, self.host)
        raise NoAnswerError(f"{self.host} did not take the request ({refusal})") from refusal

    def _try_often(self, body: dict[str, Any]) -> bytes:
        why = ""
        for number in range(self._settings.retries + 1):
            try:
                return self._judged(self._send(body))
            except _PassingError as error:
                why = str(error)
                pause = max(error.pause, self._settings.first_pause_seconds * 2**number * random.uniform(0.5, 1))  # noqa: S311  (spreads the tries, guards nothing)
                if number == self._settings.retries or pause > self._settings.longest_pause_seconds:
                    break
                time.sleep(pause)
        tries = number + 1
        raise NoAnswerError(f"{self.host} {why} ({tries} {'try' if tries == 1 else 'tries'})")

    def _send(self, body: dict[str, Any]) -> _Reply:
        """Raises: _PassingError if the connection fails; NoAnswerError if the answer is larger than the limit."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        with requests.Session() as session:
            session.trust_env = False
            try:
                response = session.post(
                    f"{self._settings.url}/chat/completions", json=body, headers=headers, allow_redirects=False, stream=True,
                    timeout=self._settings.timeout_seconds,
                )  # fmt: skip
                return _Reply(response.status_code, response.headers, self._read(response))
            except (requests.Timeout, SocketTimeoutError, TimeoutError) as error:
                raise _PassingError(
                    f"did not answer within {self._settings.timeout_seconds:g} seconds (CORRIDOR_LLM_TIMEOUT)"
                ) from error
            except (requests.RequestException, HTTPError, OSError) as error:
                raise _PassingError(_in_words(error)) from error

    def _read(self, response: requests.Response) -> bytes:
        deadline = time.monotonic() + self._settings.timeout_seconds
        content = bytearray()
        while chunk := response.raw.read1(_CHUNK, decode_content=False):
            content += chunk
            if len(content) > self._settings.answer_bytes:
                raise NoAnswerError(f"{self.host} sent more than {self._settings.answer_bytes:,} bytes")
            if time.monotonic() > deadline:
                raise TimeoutError
        return bytes(content)

    def _judged(self, reply: _Reply) -> bytes:
        """The content of a good reply.

        Raises: what its status means.
        """
        status = reply.status
        if status == requests.codes.ok:
            return reply.content
        if status in (401, 403):
            raise EndpointUnusableError(
                f"{self.host} refused the key ({status}); set CORRIDOR_LLM_KEY to one that it knows"
            )
        if status == 404:
            raise EndpointUnusableError(
                f"{self.host} has no such model or address (404); CORRIDOR_LLM_MODEL is {self._settings.model!r}, and "
                "CORRIDOR_LLM_URL must be what /chat/completions is appended to"
            )
        if 300 <= status < 400:
            raise EndpointUnusableError(
                f"{self.host} sends requests on to another address ({status}), which is not followed; set CORRIDOR_LLM_URL to that address"
            )
        said = self._without_key(reply.content)
        if status in _PASSING:
            raise _PassingError(f"answered {status}", _pause(reply.headers.get("Retry-After", "")))
        if status in _UNKNOWN_FORM:
            raise _UnknownFormError(f"{status}: {said}")
        raise NoAnswerError(f"{self.host} answered {status}: {said}")

    def _without_key(self, content: bytes) -> str:
        """The beginning of what the server said, on one line, in plain letters."""
        said = content.decode("utf-8", errors="replace")
        if self._settings.key:
            said = said.replace(self._settings.key, "(the key)")
        return _STRANGE.sub(" ", said)[:_SHOWN_CHARACTERS].strip()


def _check(settings: LlmSettings) -> None:
    if not settings.url:
        raise EndpointUnusableError(
            "no endpoint is named for --extractor llm; set CORRIDOR_LLM_URL (such as http://localhost:11434/v1) and CORRIDOR_LLM_MODEL"
        )
    if not settings.model:
        raise EndpointUnusableError("no model is named for --extractor llm; set CORRIDOR_LLM_MODEL")
    try:
        parts = urlsplit(settings.url)
        is_good = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        is_good = False
    if not is_good or parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise EndpointUnusableError(
            "CORRIDOR_LLM_URL is not a plain address; expected http:// or https://, a host and a path, without user, password, ? or #"
        )
    if settings.key and parts.scheme == "http" and not _LOCAL.fullmatch(parts.hostname or ""):
        raise EndpointUnusableError(
            f"CORRIDOR_LLM_KEY would travel unencrypted to {parts.hostname}; set CORRIDOR_LLM_URL to an https:// address"
        )
    if not settings.key.isascii() or not settings.key.isprintable():
        raise EndpointUnusableError(
            "CORRIDOR_LLM_KEY holds a character that no key has; expected plain letters, digits and signs"
        )


def _words(content: bytes, host: str) -> str:
    """The text of the first choice.

    Raises: NoAnswerError if the reply is not in the form of chat completions, or was cut off.
    """
    try:
        choice = json.loads(content)["choices"][0]
        text, reason = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise NoAnswerError(f"{host} answered in another form than that of chat completions") from error
    if reason == "length":
        raise NoAnswerError(
            f"the answer of {host} was cut off at its greatest length; set CORRIDOR_LLM_PART_CHARACTERS lower"
        )
    if not isinstance(text, str) or not text.strip():
        raise NoAnswerError(f"the answer of {host} holds no words")
    return text


def _pause(retry_after: str) -> float:
    """The seconds that a `Retry-After` asks for; its form with a date is read as no wish."""
    bare = retry_after.strip()
    return float(bare) if bare.isascii() and bare.isdigit() and len(bare) < 8 else 0.0


def _in_words(error: Exception) -> str:
    said = str(error)
    if "refused" in said:
        return "refused the connection: nothing listens there"
    if "resolve" in said or "Name or service" in said:
        return "is not known by that name"
    if "SSL" in said or "certificate" in said:
        return "showed a certificate that is not trusted"
    return "broke the connection off"
