"""What the find modules return: a span of the document, the value it stands for, and the rule that said so.

Shape: `start` and `end` are offsets in characters into the raw text (the view has the same offsets).
"""

from dataclasses import dataclass

from dashboard.codebook import Actor, Site
from dashboard.edtf import EventDate


@dataclass(frozen=True)
class Mention:
    """One value found at one span."""

    kind: str
    start: int
    end: int
    value: str
    rule: str


@dataclass(frozen=True)
class DateMention(Mention):
    """A date in the text, resolved against the publication date or another mention where it must be.

    Shape: `basis` is a code of `codebook.DATE_BASES`. `lent` are the spans that lent the year or the base day, so
    that they can be quoted beside the expression. `weight` says how strongly this writing dates an event: a day
    more than a month, a month more than a bare year.
    """

    date: EventDate
    basis: str
    lent: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class PlaceMention(Mention):
    """A place in the text: `role` is `text`, `dateline`, `virtual` or `name` (inside the name of an organisation).

    Units: `population` in inhabitants, 0 where it is not known or the place is no city.
    """

    site: Site | None
    role: str = "text"
    place_id: str = ""
    population: int = 0


@dataclass(frozen=True)
class ActorMention(Mention):
    """An organisation or a person in the text, under its canonical name, and the country it belongs to where that is known."""

    actor: Actor
    country: str = ""
