"""Words that say an event was online: `by video link`, `on Webex`, `entirely online`, `in front of their webcams`.

Rules: no such word counts where it tells that something was published (`appeared online`), what kind of thing something is
(`an online portal`), or that single guests joined from elsewhere (`with the minister on the screen`, `by video from Suva`).
"""

import re
from collections.abc import Iterator

from dashboard.etl.lexicons import word_list
from dashboard.etl.stretches import around_words, small_letters

_CALL = r"video[ -]?(?:conferenc(?:e|es|ing)|links?|calls?|meetings?|chat)"
_ONLINE = re.compile(
    rf"\b(?:virtually|on-?line|(?:via|by|through|over|on|in) (?:an? |means of (?:an? )?)?(?:{_CALL}|video|teleconference|webcast|web ?conference|tele-?link)|"
    r"(?:on|over|via|by|through|in) (?:microsoft |ms )?(?:teams|zoom|skype|webex|google meet|jitsi)|"
    r"(?:in )?virtual (?:mode|meeting|session|conference|format|ceremony|forum|dialogue|event|workshop|platform|signing|seminar|summit|visit|round ?table|gathering|edition)|"
    rf"remotely|webinars?|{_CALL}|conference calls?|desks and cameras|"
    r"(?:windows|faces|squares|tiles) on (?:a|the) screens?|from screen to screen|(?:by|over|across|through) (?:the )?screens?(?: only)?|on screens|"
    r"in front of (?:[a-z]{2,9} ){0,2}(?:cameras|webcams|screens|laptops)|webcams?|(?:through|via|in) (?:a |the |their )?browsers?|without leaving (?:their|his|her) (?:desks?|offices?))\b"
)
_HINTS = (
    "virtual", "online", "on-line", "video", "zoom", "teams", "remotely", "teleconference", "tele", "webinar", "webcam", "skype", "webcast",
    "webex", "google meet", "jitsi", "conference call", "cameras", "screen", "laptops", "browser", "without leaving", "web conference", "webconference",
)  # fmt: skip
_REACH = 60
_BEFORE, _BEHIND = 45, 30
_THINGS = re.compile(r"[ -](?:" + "|".join(sorted(word_list("online.things"))) + r")\b")
_PUBLISHED = re.compile(r"\b(?:" + "|".join(sorted(word_list("online.published"))) + r")(?: [a-z]{1,9})?[ ]?$")
_JOINED = re.compile(r"\b(?:" + "|".join(sorted(word_list("online.joined"))) + r")\b[^.;:]{0,40}$")
_FROM_ELSEWHERE = re.compile(
    r"(?: link| call)? from (?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\b)[A-Z]"
)


def find_online(view: str) -> Iterator[tuple[int, int]]:
    """The spans that say so."""
    small = small_letters(view)
    for low, high in around_words(small, _HINTS, _REACH):
        for found in _ONLINE.finditer(small, low, high):
            if not (_FROM_ELSEWHERE.match(view, found.end()) or _is_else(small, found.start(), found.end())):
                yield found.span()


def _is_else(small: str, start: int, end: int) -> bool:
    """Whether something else is meant: a publication, a kind of thing, or guests who joined."""
    before = small[max(0, start - _BEFORE) : start]
    if _JOINED.search(before):
        return True
    is_online = small[start:end].replace("-", "") == "online"
    return is_online and bool(_PUBLISHED.search(before) or _THINGS.match(small, end))
