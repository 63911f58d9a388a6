"""What keys and buttons of the review page do. Everything here runs in a callback, before the page is drawn anew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dashboard import desk, settings
from dashboard.app_pages import address
from dashboard.app_pages.frame import current_page
from dashboard.app_pages.rebuilds import publish_soon
from dashboard.app_pages.review_board import Board, current_board
from dashboard.app_pages.review_fields import begin_value, edited_quotes, edited_value, take_value, typed_reason
from dashboard.app_pages.review_sitting import CONFLICT, EDIT, MERGE, REJECT, SPLIT, Sitting, sitting
from dashboard.codebook import PROVEN_FIELDS, Event, Quote, value_to_json, with_value
from dashboard.decisions import DecidedMeanwhileError, Decision, active, append_if_unchanged, file_of, last_on
from dashboard.errors import InputError

USUAL_REASONS = (
    "Not an event: background, an aim, a plan or an opinion",
    "A second telling of an event that is coded already",
    "Not about science, technology or innovation",
    "The machine misread the text",
    "No named actors did anything",
)
NO_REASON = "No reason was typed."
READ_FROM_QUOTE = "Read from the words that are quoted."


def command(name: str, form: Mapping[str, Any]) -> None:
    """Do what a key or a button of the document asks for.

    Shape of `form`: `start` and `end` of the selection in characters of the raw text, where there is one; `field` or `digit`.
    """
    work = sitting()
    work.message = ""
    if str(form.get("subject", work.event_id)) != work.event_id and name not in ("next", "previous", "undo"):
        return  # meant for an event that has left the screen since
    selection = (int(form["start"]), int(form["end"])) if "start" in form else None
    match name:
        case "next" | "previous":
            go(1 if name == "next" else -1)
        case "digit":
            _digit(work, int(form["digit"]), selection)
        case "field":
            begin_edit(str(form["field"]), selection)
        case "title":
            begin_edit("title", None)
        case "take" | "take_also":
            _take(work, selection, also=name == "take_also")
        case "add":
            begin_add(selection)
        case "reject" | "merge" | "split":
            begin({"reject": REJECT, "merge": MERGE, "split": SPLIT}[name])
        case _:
            {"accept": accept, "undo": undo, "save": save, "cancel": cancel}[name]()


def go(step: int) -> None:
    """Open the next or the previous event of the queue, and leave what was begun."""
    work = sitting()
    work.rest()
    work.draft = None
    others = list(work.order)
    if not others:
        return
    here = others.index(work.event_id) if work.event_id in others else -1 if step > 0 else 0
    show(others[(here + step) % len(others)])


def show(event_id: str) -> None:
    """Open an event; the choice of one document stays."""
    sitting().event_id = event_id
    address.show(event=event_id, document=address.subject("document"))


def begin(mode: str) -> None:
    """Begin a rejection, a merge or a split of the event on the screen."""
    work = sitting()
    if _may_decide(work) and work.event_id and work.draft is None:
        work.rest()
        work.mode = mode


def cancel() -> None:
    """Leave the field, else the event that was being added, else nothing."""
    work = sitting()
    if work.mode == EDIT and work.draft:
        work.rest()
    else:
        work.rest()
        work.draft = None


def begin_edit(field: str, selection: tuple[int, int] | None) -> None:
    """Open one field of the event or the draft; with a selection, take it at once."""
    work = sitting()
    event = _event_on_screen(work)
    if event is None or not _may_decide(work):
        return
    work.rest()
    work.mode, work.field = EDIT, field
    work.quotes = tuple(event.evidence.get(field, ()))
    begin_value(work, event, field)
    if selection and field != "title":
        _take(work, selection, also=False)


def begin_add(selection: tuple[int, int] | None) -> None:
    """Start an event from the selected words, filled with what the machine reads in them."""
    work = sitting()
    document = _board().document(work.document_id)
    if not _may_decide(work) or document is None:
        return
    if selection is None:
        work.message = "Select the words that report the event first, then press n."
        return
    work.rest()
    draft = desk.suggest_event(document, *selection)
    taken = {decision.event_id for decision in work.known} | {item.event_id for item in _board().items}
    work.draft = replace(draft, event_id=_free_id(draft.event_id, taken))


def accept() -> None:
    """Accept the event as it stands, and go on."""
    work = sitting()
    proposal = _board().as_proposed(work.event_id)
    if proposal is None or not _may_decide(work):
        return
    if not work.is_idle:
        work.message = "Save or leave what you have begun, then accept."
        return
    form = {
        "action": "accept",
        "event_id": work.event_id,
        "event": proposal.to_json(),
        "documents": _documents(proposal),
    }
    _decide(
        work, form | {"reason": typed_reason("accept") or "Accepted as it stood; no reason was typed."}, goes_on=True
    )


def reject(reason: str) -> None:
    """Reject the event on the screen, and go on."""
    work = sitting()
    proposal = _board().as_proposed(work.event_id)
    if proposal and reason.strip():
        form = {
            "action": "reject",
            "event_id": work.event_id,
            "event": proposal.to_json(),
            "documents": _documents(proposal),
        }
        _decide(work, form | {"reason": reason.strip()}, goes_on=True)


def merge(into: str) -> None:
    """Make the event on the screen a telling of another."""
    work = sitting()
    reason = typed_reason("merge") or "Both tell the same happening."
    _decide(work, {"action": "merge", "event_id": work.event_id, "into": into, "documents": {}, "reason": reason})
    if work.is_idle:
        show(into)


def split(telling: str) -> None:
    """Take a telling out of the event on the screen."""
    work = sitting()
    reason = typed_reason("split") or "It tells another happening."
    form = {"action": "split", "event_id": telling, "from": work.event_id, "documents": {}, "reason": reason}
    _decide(work, form)
    if work.is_idle:
        show(telling)


def undo() -> None:
    """Take back the last decision of this reviewer that still stands, and open its event."""
    work = sitting()
    mine = [decision for decision in active(work.known) if decision.reviewer == work.reviewer]
    if not mine or not _may_decide(work):
        work.message = work.message or "You have no decision to take back."
        return
    withdraw(mine[-1])


def withdraw(decision: Decision) -> None:
    """Take one decision back."""
    work = sitting()
    work.draft = None
    form = {"action": "withdraw", "decision_id": decision.decision_id, "documents": {}, "reason": "Taken back by its reviewer."
            if decision.reviewer == work.reviewer else f"Taken back by {work.reviewer}."}  # fmt: skip
    _decide(work, form, about=decision.event_id)
    if work.is_idle:
        work.message = f"Taken back: {decision.action} by {decision.reviewer}."
        show(decision.event_id)


def save() -> None:
    """Save what was begun: a field, or the whole event that is being added."""
    work = sitting()
    if work.mode == EDIT:
        _save_field(work)
    elif work.draft:
        _save_draft(work, work.draft)


def decide_anyway() -> None:
    """After another's decision was shown: write one's own behind it."""
    work = sitting()
    pending, other = work.pending, work.other
    work.known = current_board(current_page()).decisions
    work.rest()
    if pending and other:
        _decide(work, pending, about=str(pending.get("event_id", other.event_id)))


def keep_other() -> None:
    """After another's decision was shown: leave it at that."""
    work = sitting()
    work.rest()
    work.draft = None


def _digit(work: Sitting, digit: int, selection: tuple[int, int] | None) -> None:
    if work.mode == REJECT:
        if 1 <= digit <= len(USUAL_REASONS):
            reject(USUAL_REASONS[digit - 1])
    elif 1 <= digit <= len(PROVEN_FIELDS):
        begin_edit(PROVEN_FIELDS[digit - 1], selection)


def _take(work: Sitting, selection: tuple[int, int] | None, *, also: bool) -> None:
    """The selected words become the field's quote, and the machine says which value it reads in them."""
    document = _board().document(work.document_id)
    if work.mode != EDIT or work.field == "title" or selection is None or document is None:
        return
    start, end = selection
    suggestion = desk.suggest_value(document, work.field, start, end)
    quote = Quote(document.name, document.text[start:end], start, end)
    take_value(work, suggestion, quote, also=also)


def _save_field(work: Sitting) -> None:
    event = _event_on_screen(work)
    if event is None:
        return
    try:
        value = edited_value(work, event)
        quotes = edited_quotes(work, event, value)
        changed = with_value(event, work.field, value)
    except (InputError, ValueError) as error:
        work.message = str(error)
        return
    changed = changed if work.field == "title" else changed.with_evidence(work.field, quotes)
    if work.draft:
        work.draft = changed
        work.rest()
        return
    if changed == event:
        work.message = "Nothing was changed."
        work.rest()
        return
    evidence = [quote.to_json(home=event.document) for quote in quotes] if work.field != "title" else []
    reason = typed_reason("edit") or (READ_FROM_QUOTE if evidence else NO_REASON)
    form = {
        "action": "edit", "event_id": work.event_id, "field": work.field, "value": value, "evidence": evidence,
        "machine": _machine_value(event, work.field), "documents": _documents(changed), "reason": reason,
    }  # fmt: skip
    _decide(work, form)


def _machine_value(event: Event, field: str) -> Any:
    """What stood there before, in the form in which the value is decided."""
    value = value_to_json(event, field)
    return {"date": value, "date_basis": event.date_basis} if field == "date" else value


def _save_draft(work: Sitting, draft: Event) -> None:
    form = {"action": "add", "event_id": draft.event_id, "event": draft.to_json(), "documents": _documents(draft)}
    _decide(work, form | {"reason": typed_reason("add") or "The machine proposed nothing here."}, about=draft.event_id)
    if work.is_idle:
        show(draft.event_id)


def _decide(work: Sitting, form: Mapping[str, Any], *, about: str = "", goes_on: bool = False) -> None:
    """Sign a decision and append it, unless somebody else decided in the meantime; then say so and write nothing."""
    last = last_on(about or str(form["event_id"]), work.known)
    signed = {
        **form,
        "reviewer": work.reviewer,
        "decided_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "seen": last.decision_id if last else "",
    }
    try:
        decision = append_if_unchanged(file_of(settings.current().reviews_dir, work.reviewer), signed)
    except DecidedMeanwhileError as error:
        work.mode, work.pending, work.other = CONFLICT, form, error.decision
        return
    if goes_on:
        go(1)
    work.rest()
    work.draft = None
    work.known = (*work.known, decision)
    publish_soon()


def _may_decide(work: Sitting) -> bool:
    if not work.reviewer:
        work.message = "Type your name first: every decision is kept with who made it."
    return bool(work.reviewer) and work.mode != CONFLICT


def _event_on_screen(work: Sitting) -> Event | None:
    if work.draft:
        return work.draft
    decided = _board().event(work.event_id)
    return decided.event if decided else None


def _board() -> Board:
    return current_board(current_page())


def _documents(event: Event) -> dict[str, str]:
    """The ids of the files that the event quotes, so that a renamed file is found again."""
    ids = _board().document_ids
    names = dict.fromkeys([event.document, *(quote.document for quote in event.quotes)])
    return {name: ids[name] for name in names if name in ids}


def _free_id(event_id: str, taken: set[str]) -> str:
    """The id, or with a number behind it where the same words have given an event already."""
    rank = 2
    free = event_id
    while free in taken:
        free, rank = f"{event_id}-{rank}", rank + 1
    return free
