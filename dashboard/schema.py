"""The tables: what a row is, its key, and each column's type, unit and meaning.

The build checks every table against these before it publishes any of them; the codebook page prints them. They are plain
statements: `etl/checks.py` tries them, and what fails is worded by pandera, which takes a quarter of a second to load.
Texts are pandas' `str` with missing values for "not known"; days are Arrow dates, without a time or a zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.codebook import DATE_BASES, PROVEN_FIELDS
from dashboard.edtf import PRECISIONS

MODES = ("on_site", "virtual", "not_stated")
PLACE_PRECISIONS = ("city", "country", "none")
REVIEW_STATES = ("unreviewed", "in_review", "accepted", "corrected", "added")
"""`unreviewed`: as the machine proposed it. `in_review`: a field was changed, not yet accepted. `accepted`: accepted as
proposed. `corrected`: accepted with changes. `added`: found by an analyst where the machine proposed nothing."""

LINK_BASES = ("object", "organisations")
ALIAS_BASES = ("text", "table")
SEVERITIES = ("error", "warning", "note")
OUTCOMES = ("accepted", "weak", "repeated", "outdone", "silent")
"""What became of a sentence. `accepted`: the machine proposed it as an event. `weak`: below the threshold. `repeated`: another
sentence tells the same and scores higher. `outdone`: another sentence tells what came of it. `silent`: nothing to weigh."""

FORMATS = ("txt", "html", "pdf", "docx", "eml")
PUBLISHED_BASES = ("stamp", "published", "dateline", "address", "masthead", "lines", "metadata", "sources.csv")
"""How a publication date is known; in `etl/publication.py` they are explained in their order."""

_DAY = pd.ArrowDtype(pa.date32())
_TEXT = pd.StringDtype(na_value=np.nan)
_FLOAT = np.dtype("float64")


@dataclass(frozen=True)
class Column:
    """One column and what is true of each value that is there.

    Shape: `one_of` are the values it may have; a text has at least `shortest` characters; a number lies between `least` and
    `most`, both included. None states nothing.
    """

    kind: Any
    description: str
    nullable: bool = False
    unique: bool = False
    one_of: tuple[str, ...] | None = None
    shortest: int | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns in order, and the columns in which no two rows are alike."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]


def _text(
    meaning: str, *, nullable: bool = False, unique: bool = False, one_of: tuple[str, ...] | None = None
) -> Column:
    shortest = None if one_of or nullable else 1
    return Column(_TEXT, meaning, nullable=nullable, unique=unique, one_of=one_of, shortest=shortest)


def _offset(meaning: str) -> Column:
    return Column(pd.Int32Dtype(), meaning, nullable=True, least=0)


def _count(meaning: str, *, least: int = 0) -> Column:
    return Column(np.dtype("int32"), meaning, least=least)


def _share(meaning: str, *, nullable: bool = False) -> Column:
    return Column(_FLOAT, meaning, nullable=nullable, least=0, most=1)


def _coordinate(meaning: str, bound: float) -> Column:
    return Column(_FLOAT, meaning, nullable=True, least=-bound, most=bound)


def _day(meaning: str) -> Column:
    return Column(_DAY, meaning, nullable=True)


def _table(name: str, row: str, key: list[str], columns: dict[str, Column]) -> Table:
    return Table(name, row, tuple(key), columns)


DOCUMENTS = _table(
    "documents",
    "One row a source document.",
    ["document_id"],
    {
        "document_id": _text("Hash of the file's bytes; survives a new name.", unique=True),
        "name": _text("The file's name.", unique=True),
        "format": _text("What kind of file it was read from.", one_of=FORMATS),
        "title": _text("Title, from the list of sources; else from the file's metadata; else the first line of the text."),
        "publisher": _text("Who published it, from the list of sources; else the site or the sender.", nullable=True),
        "published_edtf": _text("Publication date as far as known, the one that dates the events (EDTF).", nullable=True),
        "published_date": _day("First day of the publication date; for sorting."),
        "published_basis": _text("How it is known: the rule that found it in the text, metadata, or sources.csv.", nullable=True, one_of=PUBLISHED_BASES),
        "language": _text("Language code (ISO 639-1): from the list of sources; else declared by the file; else recognised.", nullable=True),
        "kind": _text("What kind of document: news item, newsletter …", nullable=True),
        "text": _text("The raw text, character for character: of a text file its bytes, of others what the reader took out of them."),
        "character_count": _count("Length of the text, in characters.", least=1),
        "sha256": _text("SHA-256 of the file's bytes.", unique=True),
        "origin_id": _text("The document that stands for its origin: itself, or the first of the copies of one text."),
        "origin_share": _share("Share of its runs of five words that stand in the origin's text; 1 where it is its own origin."),
    },
)  # fmt: skip

EVENTS = _table(
    "events",
    "One row an event, sorted by start date; one happening told by several documents is one event.",
    ["event_id"],
    {
        "event_id": _text("Hash of the document and the place in it that first reported the event.", unique=True),
        "title": _text("One line: who did what, where it helps."),
        "event_type_code": _text("What kind of event; see event_types."),
        "start_date": _day("First day the event may have been on. A month-only event starts on the first of its month: read date_precision with it."),
        "end_date": _day("Last day the event may have been on (inclusive)."),
        "date_edtf": _text("The date as it is known (EDTF): 2025-07-23, 2025-07, 2025-07-20/2025-07-22; ? marks a guess.", nullable=True),
        "date_precision": _text("How finely the date is known.", one_of=(*PRECISIONS, "unknown")),
        "date_basis": _text("stated: a calendar date in the text; relative: a weekday or 'yesterday', resolved against the publication date; publication: no date in the text, the document's own stands in.", one_of=(*DATE_BASES, "unknown")),
        "place_id": _text("Where it happened; see places. Empty for virtual events and where the text does not say.", nullable=True),
        "place_precision": _text("How finely the place is known. A country is never drawn as its capital.", one_of=PLACE_PRECISIONS),
        "mode": _text("on_site, virtual, or not_stated where the text names no place.", one_of=MODES),
        "main_sector_code": _text("The first, main sector.", nullable=True),
        "sector_set_id": _text("The set of the event's sectors, as one code; see sector_sets.", nullable=True),
        "review_state": _text("What analysts have decided about it.", one_of=REVIEW_STATES),
        "completeness": _share("Share of the fields type, date, site, sectors, countries, actors that have a value and a quote; a date that only stands in does not count."),
        "document_count": _count("Documents that tell it.", least=1),
        "origin_count": _count("Independent origins among them: copies of one text count once.", least=1),
        "machine_field_count": _count("Fields whose value came from the machine."),
        "decided_field_count": _count("Fields whose value came from an analyst's decision."),
    },
)  # fmt: skip

EVENT_SECTORS = _table(
    "event_sectors",
    "One row for each sector of an event.",
    ["event_id", "sector_code"],
    {
        "event_id": _text("See events."),
        "sector_code": _text("See sectors."),
        "position": _count("0 for the main sector, then in order."),
    },
)

SECTOR_SETS = _table(
    "sector_sets",
    "One row for each sector of each set of sectors that occurs.",
    ["sector_set_id", "sector_code"],
    {
        "sector_set_id": _text("The set's sector codes in the codebook's order, joined by +."),
        "sector_code": _text("See sectors."),
    },
)

EVENT_COUNTRIES = _table(
    "event_countries",
    "One row for each country that takes part in an event.",
    ["event_id", "country_code"],
    {
        "event_id": _text("See events."),
        "country_code": _text("ISO 3166-1 alpha-3, or the code of a regional body."),
        "position": _count("In the order of the event."),
    },
)

EVENT_ACTORS = _table(
    "event_actors",
    "One row for each organisation or person that takes part in an event.",
    ["event_id", "actor_id"],
    {
        "event_id": _text("See events."),
        "actor_id": _text("See actors."),
        "surface": _text("What the text says, letter by letter."),
        "position": _count("In the order of the event."),
    },
)

EVIDENCE = _table(
    "evidence",
    "One row for each quote that supports a field of an event.",
    ["event_id", "field", "value", "document_id", "start_offset", "end_offset"],
    {
        "event_id": _text("See events."),
        "field": _text("The field it supports.", one_of=PROVEN_FIELDS),
        "value": _text("The value it supports, in the field's own form."),
        "document_id": _text("See documents."),
        "start_offset": _count("Where the quote starts in the raw text, in characters."),
        "end_offset": _count("Where it ends (exclusive).", least=1),
        "quote": _text("The document's text between the offsets, character for character."),
        "prefix": Column(_TEXT, "The text just before the quote."),
        "suffix": Column(_TEXT, "The text just after the quote."),
        "rule": _text("The machine's rule that chose it, or 'decision'."),
        "reviewer": _text("Who decided, where a decision chose it.", nullable=True),
        "decided_at": _text("When (ISO 8601, UTC).", nullable=True),
        "reason": _text("Why.", nullable=True),
    },
)

EVENT_SOURCES = _table(
    "event_sources",
    "One row for each telling of an event: what one document says of it, as one event of its own.",
    ["telling_id"],
    {
        "event_id": _text("See events."),
        "telling_id": _text("The id that the telling has, or would have, as an event alone; it leads to the event.", unique=True),
        "document_id": _text("See documents."),
        "title": _text("Its own title."),
        "position": _count("0 for the telling that gives the event its values, then in the order of the rule."),
    },
)  # fmt: skip

DISAGREEMENTS = _table(
    "disagreements",
    "One row for each value of a telling that differs from its event's. A coarser date or place does not differ: July 2025 and 23 July 2025 agree.",
    ["event_id", "field", "other_telling_id"],
    {
        "event_id": _text("See events."),
        "field": _text("The field in which they differ.", one_of=("type", "date", "site")),
        "value": _text("The event's value."),
        "document_id": _text("The document that it comes from."),
        "quote": _text("What proves it there.", nullable=True),
        "start_offset": _count("Where that quote starts; 0 without a quote."),
        "end_offset": _count("Where it ends (exclusive); 0 without a quote."),
        "other_value": _text("The other telling's value."),
        "other_telling_id": _text("See event_sources."),
        "other_document_id": _text("The document that says otherwise."),
        "other_quote": _text("What proves it there.", nullable=True),
        "other_start_offset": _count("Where that quote starts; 0 without a quote."),
        "other_end_offset": _count("Where it ends (exclusive); 0 without a quote."),
        "rule": _text("Why the event has the one value and not the other."),
    },
)  # fmt: skip

CHAIN_LINKS = _table(
    "chain_links",
    "One row for each event that follows from an earlier one of the same initiative; the rule is in etl/chains.py.",
    ["later_event_id"],
    {
        "event_id": _text("The earlier event; see events."),
        "later_event_id": _text("The later event.", unique=True),
        "basis": _text("object: both name one thing, such as a laboratory; organisations: the same two or more take part.", one_of=LINK_BASES),
        "shared": _text("What both have: the name of the thing, or the organisations."),
        "reason": _text("Why an event of the one type may follow from one of the other."),
        "least_days": _offset("Fewest days between them that their dates allow; empty where the later date only stands in."),
        "most_days": _offset("Most days between them; empty where the earlier date only stands in, since that event may have been long before."),
    },
)  # fmt: skip

EVENT_CHAINS = _table(
    "event_chains",
    "One row for each event of a chain: of events that links join.",
    ["event_id"],
    {
        "event_id": _text("See events.", unique=True),
        "chain_id": _text("The id of the chain's first event."),
        "name": _text("What the chain is about: what its first link has in common."),
        "position": _count("0 for the first event, then in the order of the dates."),
    },
)

PLACES = _table(
    "places",
    "One row for each place where an event was.",
    ["place_id"],
    {
        "place_id": _text("geonames:<id>, country:<code>, or a code of the project's own list.", unique=True),
        "name": _text("Usual English name."),
        "kind": _text("city, country, spaceport, campus …"),
        "country_code": _text("ISO 3166-1 alpha-3."),
        "region": _text("Province or state.", nullable=True),
        "latitude": _coordinate("Degrees north (WGS 84). Empty for a country and for a place the gazetteer lacks.", 90),
        "longitude": _coordinate("Degrees east (WGS 84).", 180),
        "source": _text("Where the row comes from."),
    },
)

ACTORS = _table(
    "actors",
    "One row for each organisation or person that takes part in an event.",
    ["actor_id"],
    {
        "actor_id": _text("Hash of kind and canonical name.", unique=True),
        "name": _text("Canonical name."),
        "kind": _text("Organisation or person.", one_of=("org", "person")),
        "country_code": _text("Where it belongs, if the list of actors says so.", nullable=True),
    },
)

ACTOR_ALIASES = _table(
    "actor_aliases",
    "One row for each other writing of an actor's name.",
    ["actor_id", "alias"],
    {
        "actor_id": _text("See actors."),
        "alias": _text("The other writing."),
        "basis": _text("text: a document writes it so; table: the list of aliases knows it.", one_of=ALIAS_BASES),
        "reason": _text("Why it is the same actor."),
    },
)

SECTORS = _table(
    "sectors",
    "One row a sector of the codebook, in its order.",
    ["sector_code"],
    {
        "sector_code": _text("Code.", unique=True),
        "label": _text("As shown."),
        "meaning": _text("What it covers."),
        "color_light": _text("Its colour in the light theme."),
        "color_dark": _text("Its colour in the dark theme."),
        "frascati": _text("OECD fields of research and development (Frascati Manual 2015).", nullable=True),
        "crs": _text("OECD DAC/CRS purpose codes.", nullable=True),
    },
)

EVENT_TYPES = _table(
    "event_types",
    "One row an event type of the codebook, in its order.",
    ["event_type_code"],
    {
        "event_type_code": _text("Code.", unique=True),
        "label": _text("As shown."),
        "meaning": _text("What it covers."),
        "plover": _text("The PLOVER event type it corresponds to.", nullable=True),
    },
)

COUNTRIES = _table(
    "countries",
    "One row for each country or regional body that an event or a place names.",
    ["country_code"],
    {
        "country_code": _text("ISO 3166-1 alpha-3, or the code of a regional body.", unique=True),
        "name": _text("Short English name."),
    },
)

EVENT_SEARCH = _table(
    "event_search",
    "One row an event: the words by which it is found, without case and accents, each piece of text on a line of its own.",
    ["event_id"],
    {
        "event_id": _text("See events.", unique=True),
        "title_words": Column(_TEXT, "The title."),
        "actor_words": Column(_TEXT, "Every name of its actors."),
        "place_words": Column(_TEXT, "Every name of its place, its province and its country."),
        "label_words": Column(_TEXT, "Type, sectors, and every name of the countries that take part."),
        "quote_words": Column(_TEXT, "Its quotes."),
    },
)  # fmt: skip

PLACE_ALIASES = _table(
    "place_aliases",
    "One row for each other name of a place where an event was, or of a country that an event or a place names.",
    ["place_id", "alias"],
    {
        "place_id": _text("See places; of a country country:<code>, also where no event was there."),
        "alias": _text("The other name."),
        "reason": _text("Why it is the same place."),
    },
)

PROPOSALS = _table(
    "proposals",
    "One row for each event that the machine proposed, whatever was decided about it since.",
    ["event_id"],
    {
        "event_id": _text("The event that it is, or the telling of an event of several documents.", unique=True),
        "told_in": _text("The event of which it is a telling; empty where it was rejected.", nullable=True),
        "document_id": _text("See documents."),
        "position": _count("Where its first quote of the type starts, in characters."),
        "certainty": _share("How likely the machine holds it that the document reports it as news.", nullable=True),
        "form": _text("The whole proposal in the codebook's form, as JSON, with each quote's rule."),
    },
)  # fmt: skip

DECISIONS = _table(
    "decisions",
    "One row for each decision of an analyst, in the order in which they were replayed.",
    ["decision_id"],
    {
        "decision_id": _text("Hash of the decision.", unique=True),
        "action": _text("accept, edit, reject, add, merge, split or withdraw."),
        "event_id": _text("The event it is about.", nullable=True),
        "field": _text("The field that an edit changes.", nullable=True),
        "machine_value": _text("What stood there before, as JSON.", nullable=True),
        "decided_value": _text("What the analyst put there, as JSON.", nullable=True),
        "reviewer": _text("Who."),
        "decided_at": _text("When (ISO 8601, UTC)."),
        "reason": _text("Why."),
        "outcome": _text("applied; orphaned: the event or the quote is gone; withdrawn: taken back later.", one_of=("applied", "orphaned", "withdrawn")),
        "file": _text("The decisions file and line."),
        "document": _text("Of an orphaned decision the file that it quotes.", nullable=True),
        "lost_quote": _text("The first quote of an orphaned decision that is not where it was.", nullable=True),
        "text_there": _text("What the document says there; empty where the document is gone or shorter.", nullable=True),
    },
)  # fmt: skip

ISSUES = _table(
    "issues",
    "One row for each thing the build could not resolve.",
    ["issue_id"],
    {
        "issue_id": _text("Hash of the row.", unique=True),
        "severity": _text("error: something is left out; warning: a field is empty or not drawn; note: nothing is missing.", one_of=SEVERITIES),
        "stage": _text("The step of the build."),
        "document": _text("The file it is about.", nullable=True),
        "event_id": _text("The event it is about.", nullable=True),
        "field": _text("The field it is about.", nullable=True),
        "value": _text("The value in question.", nullable=True),
        "message": _text("What failed, what was expected, and how to mend it."),
    },
)  # fmt: skip

EXPLANATIONS = _table(
    "explanations",
    "One row for each sentence of a document that the rules read: what they made of it, whatever analysts decided.",
    ["document_id", "start_offset"],
    {
        "document_id": _text("See documents."),
        "start_offset": _count("Where the sentence starts in the raw text, in characters."),
        "end_offset": _count("Where it ends (exclusive).", least=1),
        "outcome": _text("accepted: proposed as an event; weak: below the threshold; repeated, outdone: another sentence stands for it; silent: nothing to weigh.", one_of=OUTCOMES),
        "rule": _text("The rule that read it.", nullable=True),
        "event_type_code": _text("The type that the rule gives; see event_types.", nullable=True),
        "score": Column(_FLOAT, "Log-odds above the threshold; 0 is the threshold.", nullable=True),
        "features": _text("What each reason adds to the score, as a JSON object.", nullable=True),
        "proposal_id": _text("The event that the machine made of it, by its id; analysts may have rejected or joined it.", nullable=True),
        "of_start_offset": _offset("Where the sentence starts that stands for it."),
    },
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DOCUMENTS, EVENTS, EVENT_SECTORS, SECTOR_SETS, EVENT_COUNTRIES, EVENT_ACTORS, EVENT_SOURCES, DISAGREEMENTS, CHAIN_LINKS, EVENT_CHAINS,
        EVIDENCE, PLACES, PLACE_ALIASES, ACTORS, ACTOR_ALIASES, SECTORS, EVENT_TYPES, COUNTRIES, EVENT_SEARCH, PROPOSALS, DECISIONS,
        ISSUES, EXPLANATIONS,
    )
}  # fmt: skip


@dataclass(frozen=True)
class ForeignKey:
    """Each value of `table.column` that is not missing is a value of `other.other_column`."""

    table: str
    column: str
    other: str
    other_column: str


FOREIGN_KEYS = (
    ForeignKey("events", "event_type_code", "event_types", "event_type_code"),
    ForeignKey("events", "place_id", "places", "place_id"),
    ForeignKey("events", "main_sector_code", "sectors", "sector_code"),
    ForeignKey("events", "sector_set_id", "sector_sets", "sector_set_id"),
    ForeignKey("sector_sets", "sector_code", "sectors", "sector_code"),
    ForeignKey("event_sectors", "event_id", "events", "event_id"),
    ForeignKey("event_sectors", "sector_code", "sectors", "sector_code"),
    ForeignKey("event_countries", "event_id", "events", "event_id"),
    ForeignKey("event_countries", "country_code", "countries", "country_code"),
    ForeignKey("event_actors", "event_id", "events", "event_id"),
    ForeignKey("event_actors", "actor_id", "actors", "actor_id"),
    ForeignKey("actor_aliases", "actor_id", "actors", "actor_id"),
    ForeignKey("evidence", "event_id", "events", "event_id"),
    ForeignKey("documents", "origin_id", "documents", "document_id"),
    ForeignKey("event_sources", "event_id", "events", "event_id"),
    ForeignKey("event_sources", "document_id", "documents", "document_id"),
    ForeignKey("chain_links", "event_id", "events", "event_id"),
    ForeignKey("chain_links", "later_event_id", "events", "event_id"),
    ForeignKey("event_chains", "event_id", "events", "event_id"),
    ForeignKey("event_chains", "chain_id", "events", "event_id"),
    ForeignKey("disagreements", "event_id", "events", "event_id"),
    ForeignKey("disagreements", "document_id", "documents", "document_id"),
    ForeignKey("disagreements", "other_document_id", "documents", "document_id"),
    ForeignKey("disagreements", "other_telling_id", "event_sources", "telling_id"),
    ForeignKey("evidence", "document_id", "documents", "document_id"),
    ForeignKey("explanations", "document_id", "documents", "document_id"),
    ForeignKey("explanations", "event_type_code", "event_types", "event_type_code"),
    ForeignKey("event_search", "event_id", "events", "event_id"),
    ForeignKey("proposals", "told_in", "events", "event_id"),
    ForeignKey("proposals", "document_id", "documents", "document_id"),
    ForeignKey("places", "country_code", "countries", "country_code"),
)


def empty(name: str) -> pd.DataFrame:
    """A table without rows, with the columns and types of its schema."""
    return pd.DataFrame({column: pd.Series([], dtype=dtype) for column, dtype in dtypes(name).items()})


def conform(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with exactly the schema's columns, order and types; a value that does not fit is left for the check to find."""
    if rows.empty:
        return empty(name)
    return rows.reindex(columns=list(TABLES[name].columns)).astype(dtypes(name)).reset_index(drop=True)


def dtypes(name: str) -> dict[str, Any]:
    """The types of a table's columns, in order."""
    return {column: spec.kind for column, spec in TABLES[name].columns.items()}
