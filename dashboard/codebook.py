"""What an event is: the codebook's form, as Python values and as JSON Lines.

One `Event` is one happening with the spans of text that prove each of its fields. The extractor proposes events in this
form, analysts decide about them in this form, and `extract` and `export` print it. The words of the form are stable:
other programs read them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from dashboard.edtf import EventDate, parse_edtf
from dashboard.errors import InputError

DATE_BASES = ("stated", "relative", "publication")
FIELDS = ("title", "type", "date", "site", "sectors", "countries", "actors")
PROVEN_FIELDS = ("type", "date", "site", "sectors", "countries", "actors")
"""The fields that carry quotes; the title is the analyst's or the extractor's own wording of the `type` quote."""

LISTED_FIELDS = ("sectors", "countries", "actors")
VIRTUAL = "virtual"

ActorKind = Literal["org", "person"]


@dataclass(frozen=True)
class Quote:
    """A verbatim span of one document that supports one field.

    Shape: `start` and `end` are offsets in characters into the raw text of `document` (a file's name);
    `value` says which value of a many-valued field it supports (a sector, a country, an actor's name).
    """

    document: str
    text: str
    start: int
    end: int
    value: str = ""
    rule: str = ""

    def to_json(self, *, home: str) -> dict[str, Any]:
        form: dict[str, Any] = {"quote": self.text, "start": self.start, "end": self.end}
        optional = {"value": self.value, "rule": self.rule, "document": self.document if self.document != home else ""}
        return form | {name: content for name, content in optional.items() if content}


@dataclass(frozen=True)
class Site:
    """A place by name: a city (or spaceport, island, campus) in a country, or only a country."""

    country: str
    city: str = ""

    def to_json(self) -> dict[str, str]:
        return {"city": self.city, "country": self.country} if self.city else {"country": self.country}


@dataclass(frozen=True)
class Actor:
    """An organisation or a person: the canonical name and what the text said."""

    name: str
    surface: str
    kind: ActorKind

    def to_json(self) -> dict[str, str]:
        return {"name": self.name, "surface": self.surface, "kind": self.kind}


Where = Site | Literal["virtual"] | None


@dataclass(frozen=True)
class Event:
    """One happening as one document tells it, with the quotes that prove each field.

    Shape: `evidence` maps a field of `PROVEN_FIELDS` to its quotes. `date` is None where neither the text nor the
    document gives one. `certainty` is how likely the machine holds it that the document reports this as news (0 to 1);
    None where a person coded it.
    """

    event_id: str
    document: str
    title: str
    type: str
    date: EventDate | None
    date_basis: str
    site: Where
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    evidence: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    certainty: float | None = None

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(quote for quotes in self.evidence.values() for quote in quotes)

    def with_evidence(self, name: str, quotes: Iterable[Quote]) -> "Event":
        """The same event with other quotes for one field."""
        return replace(self, evidence={**self.evidence, name: tuple(quotes)})

    def to_json(self) -> dict[str, Any]:
        """The codebook's form; `from_json` reads the same event back."""
        return {
            "id": self.event_id,
            "document": self.document,
            "title": self.title,
            **{name: value_to_json(self, name) for name in ("type", "date", "date_basis", "site", *LISTED_FIELDS)},
            "evidence": {
                name: [quote.to_json(home=self.document) for quote in self.evidence[name]]
                for name in PROVEN_FIELDS
                if self.evidence.get(name)
            },
            **({} if self.certainty is None else {"certainty": self.certainty}),
        }


def value_to_json(event: Event, name: str) -> Any:
    """One field's value as it stands in the JSON form."""
    match name:
        case "date":
            return str(event.date) if event.date else None
        case "site":
            return event.site.to_json() if isinstance(event.site, Site) else event.site
        case "actors":
            return [actor.to_json() for actor in event.actors]
        case "sectors" | "countries":
            return list(getattr(event, name))
        case _:
            return getattr(event, name)


def with_value(event: Event, name: str, value: Any) -> Event:
    """The event with one field replaced by a value in the JSON form.

    Rules: a `date` may come as the EDTF text alone or as `{"date": …, "date_basis": …}`, since the two are decided together.
    Raises: InputError naming the field, the value and what was expected.
    """
    return replace(event, **_changes(name, value))


def _changes(name: str, value: Any) -> dict[str, Any]:
    try:
        if name == "date" and isinstance(value, Mapping):
            return {"date": _date(value.get("date")), "date_basis": _basis(value.get("date_basis"))}
        return {name: _READERS[name](value)}
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the field {name!r} cannot hold {value!r}: {error}") from error


def from_json(form: Mapping[str, Any]) -> Event:
    """Read an event in the codebook's form.

    Rules: `id`, `certainty`, `value`, `rule` and a quote's own `document` are optional; a quote without offsets is refused, because
    it could point at two places.
    Raises: InputError naming the field, the value and what was expected.
    """
    missing = [name for name in ("document", "type", "evidence") if not form.get(name)]
    if missing:
        raise InputError(f"an event without {', '.join(missing)}; expected the codebook's form")
    event = Event(
        str(form.get("id", "")), str(form["document"]), str(form.get("title") or ""), "", None, "publication", None
    )
    changes: dict[str, Any] = {}
    for name in ("type", "date", "date_basis", "site", *LISTED_FIELDS):
        if name in form:
            changes |= _changes(name, form[name])
    certainty = form.get("certainty")
    if certainty is not None and (not isinstance(certainty, int | float) or not 0 <= certainty <= 1):
        raise InputError(f"certainty is {certainty!r}; expected a number from 0 to 1")
    evidence = evidence_from_json(form["evidence"], home=event.document)
    return replace(event, **changes, evidence=evidence, certainty=certainty)


def evidence_from_json(form: Any, *, home: str) -> dict[str, tuple[Quote, ...]]:
    """Read `{field: [{"quote", "start", "end"}, …]}`.

    Raises: InputError naming the field and the quote that is not in this form.
    """
    if not isinstance(form, Mapping) or not set(form) <= set(PROVEN_FIELDS):
        raise InputError(f"evidence {form!r}; expected an object with the fields {', '.join(PROVEN_FIELDS)}")
    return {name: quotes_from_json(quotes, home=home, name=name) for name, quotes in form.items()}


def quotes_from_json(form: Any, *, home: str, name: str) -> tuple[Quote, ...]:
    """Read a list of quotes of one field."""
    try:
        return tuple(
            Quote(str(item.get("document", home)), str(item["quote"]), int(item["start"]), int(item["end"]),
                  str(item.get("value", "")), str(item.get("rule", "")))
            for item in form
        )  # fmt: skip
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f'evidence for {name!r}: {form!r}; expected a list of {{"quote", "start", "end"}}') from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("expected a text")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("expected a list of codes")
    return tuple(dict.fromkeys(_text(item) for item in value))


def _date(value: Any) -> EventDate | None:
    return None if value is None else parse_edtf(_text(value))


def _basis(value: Any) -> str:
    if value not in DATE_BASES:
        raise ValueError(f"expected one of {', '.join(DATE_BASES)}")
    return str(value)


def _site(value: Any) -> Where:
    if value is None:
        return None
    if value == VIRTUAL:
        return "virtual"
    if not isinstance(value, Mapping) or not value.get("country"):
        raise ValueError('expected {"city", "country"}, {"country"}, "virtual" or null')
    return Site(str(value["country"]), str(value.get("city") or ""))


def _actors(value: Any) -> tuple[Actor, ...]:
    if not isinstance(value, list):
        raise TypeError("expected a list of actors")
    return tuple(_actor(item) for item in value)


def _actor(item: Any) -> Actor:
    name, kind = _text(item["name"]), item["kind"]
    if kind not in ("org", "person"):
        raise ValueError(f"an actor's kind is org or person, not {kind!r}")
    return Actor(name, str(item.get("surface") or name), kind)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "title": _text, "type": _text, "date": _date, "date_basis": _basis, "site": _site, "sectors": _texts,
    "countries": _texts, "actors": _actors,
}  # fmt: skip
