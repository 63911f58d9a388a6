// The document of the review page: lit quotes, a selection by mouse or keyboard, and the keys.
//
// Python counts characters in code points, the browser in UTF-16 units: offsets are converted here, at the border.
// Text enters the page as text nodes only, so that markup in a document is shown and never run.

const LETTERS = { a: "accept", r: "reject", m: "merge", s: "split", u: "undo", j: "next", k: "previous", n: "add", t: "title" };
const HELP = [
  ["j, k", "next, previous in the queue"],
  ["a", "accept"],
  ["r", "reject; then 1 to 5 for a usual reason, or type one"],
  ["1 to 6", "correct a field: with words selected it takes them at once, else it waits for them"],
  ["t", "correct the title"],
  ["Enter", "take the selected words; without a selection, save"],
  ["Shift+Enter", "take the selected words as one more quote"],
  ["n", "add an event from the selected words; Enter saves it"],
  ["m, s", "merge into another event, split a telling off"],
  ["u", "take my last decision back; again for the one before"],
  ["Esc", "leave a field, or what was begun"],
  ["d", "go to the document: ↓ ↑ choose a sentence, → ← a word, with Shift they extend"],
  ["?", "show or hide these keys"],
];

const boards = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const board = boards.get(parentElement) ?? begin(parentElement);
  board.trigger = (command) => setTriggerValue("command", command);
  show(board, data);
  heard(board, data.heard);
  return () => end(board, parentElement);
}

function begin(root) {
  const board = {
    bar: element("div", "review-bar"), status: element("p", "review-status"), help: element("div", "review-help"),
    text: element("div", "document-text review-text"), stops: null, data: null, queue: [], waiting: null, count: 0,
  };
  board.status.setAttribute("role", "status");
  board.help.hidden = true;
  const mute = action("Turn single keys off", () => {
    board.isMuted = !board.isMuted;
    mute.textContent = board.isMuted ? "Turn single keys on" : "Turn single keys off";
  });
  board.help.append(helpTable(), mute);
  board.text.tabIndex = 0;
  board.text.setAttribute("role", "region");
  board.frame = element("div", "review-document");
  board.frame.append(board.bar, board.help, board.status, board.text);
  root.append(board.frame);
  board.onKey = (event) => pressed(board, event);
  board.onSelect = () => said(board);
  document.addEventListener("keydown", board.onKey);
  document.addEventListener("selectionchange", board.onSelect);
  board.text.addEventListener("keydown", (event) => moved(board, event));
  boards.set(root, board);
  return board;
}

function end(board, root) {
  document.removeEventListener("keydown", board.onKey);
  document.removeEventListener("selectionchange", board.onSelect);
  board.frame.remove();
  boards.delete(root);
}

function element(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

function helpTable() {
  const list = element("dl", "facts");
  for (const [key, meaning] of HELP) list.append(element("dt", "", key), element("dd", "", meaning));
  return list;
}

// --- drawing -------------------------------------------------------------------------------------------------------

function show(board, data) {
  const before = board.data;
  board.data = data;
  drawBar(board);
  if (!before || before.text !== data.text || JSON.stringify(before.spans) !== JSON.stringify(data.spans)) drawText(board);
  if (!before || before.scroll_to !== data.scroll_to) scrollToProof(board);
  said(board);
}

function drawBar(board) {
  const { fields, editing, canDecide } = board.data;
  const buttons = fields.map((field, index) => {
    const button = action(`${index + 1} ${field.label}`, () => send(board, "field", { field: field.name }));
    button.style.setProperty("--swatch", field.color);
    button.dataset.line = field.line;
    button.classList.add("review-field");
    button.setAttribute("aria-pressed", String(editing === field.name));
    button.title = `The words that prove it: ${field.label}`;
    return button;
  });
  const add = action("n Add event", () => send(board, "add"));
  add.classList.add("review-add");
  const keys = action("? Keys", () => toggleHelp(board));
  keys.setAttribute("aria-expanded", String(!board.help.hidden));
  for (const button of [...buttons, add]) button.disabled = !canDecide;
  board.bar.replaceChildren(...buttons, add, keys);
}

function action(label, run) {
  const button = element("button", "review-button", label);
  button.type = "button";
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  button.addEventListener("click", run);
  return button;
}

function toggleHelp(board) {
  board.help.hidden = !board.help.hidden;
  drawBar(board);
}

function drawText(board) {
  const { text, spans } = board.data;
  const points = Array.from(text);
  board.units = units(points);
  const edges = new Set([0, points.length]);
  for (const span of spans) edges.add(span.start).add(span.end);
  const cuts = [...edges].sort((a, b) => a - b);
  const pieces = document.createDocumentFragment();
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, stop] = [cuts[index], cuts[index + 1]];
    const content = points.slice(start, stop).join("");
    const covering = spans.filter((span) => span.start <= start && stop <= span.end);
    pieces.append(covering.length ? lit(board, content, covering, start) : document.createTextNode(content));
  }
  board.text.replaceChildren(pieces);
  board.text.setAttribute("aria-label", board.data.label);
  board.stops = null;
}

function units(points) {
  const starts = new Uint32Array(points.length + 1);
  for (let index = 0; index < points.length; index += 1) starts[index + 1] = starts[index] + points[index].length;
  return starts;
}

function lit(board, content, spans, start) {
  const mark = element("mark", "", content);
  const fields = board.data.fields.filter((field) => spans.some((span) => span.field === field.name));
  const step = 100 / fields.length;
  const bands = fields.map((field, rank) =>
    `color-mix(in srgb, ${field.color} 38%, transparent) ${step * rank}% ${step * (rank + 1)}%`);
  mark.style.setProperty("--mark", fields[0].color);
  mark.style.background = `linear-gradient(${bands.join(", ")})`;
  mark.dataset.line = fields[0].line;
  mark.dataset.fields = fields.map((field) => field.name).join(" ");
  mark.title = [...new Set(spans.map((span) => span.note))].join("\n");
  const begun = board.data.fields.map((field, rank) => [field, rank + 1])
    .filter(([field]) => spans.some((span) => span.field === field.name && span.start === start));
  if (begun.length) mark.dataset.numbers = begun.map(([, number]) => number).join(" ");
  return mark;
}

function scrollToProof(board) {
  const proof = board.text.querySelector("mark[data-fields~=type]") ?? board.text.querySelector("mark");
  const top = proof ? proof.getBoundingClientRect().top - board.text.getBoundingClientRect().top : -board.text.scrollTop;
  board.text.scrollTop += top - board.text.clientHeight / 4;
}

// --- the selection ---------------------------------------------------------------------------------------------------

function selected(board) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!board.text.contains(range.startContainer) || !board.text.contains(range.endContainer)) return null;
  const [from, to] = trimmed(board.data.text, offset(board, range.startContainer, range.startOffset),
    offset(board, range.endContainer, range.endOffset));
  return from < to ? { start: point(board, from), end: point(board, to), from, to } : null;
}

function trimmed(text, from, to) {
  while (from < to && /\s/.test(text[from])) from += 1;
  while (from < to && /\s/.test(text[to - 1])) to -= 1;
  return [from, to];
}

function offset(board, node, at) {
  const range = document.createRange();
  range.setStart(board.text, 0);
  range.setEnd(node, at);
  return range.toString().length;
}

function point(board, unit) {
  let [low, high] = [0, board.units.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (board.units[middle] < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function select(board, from, to) {
  const [start, end] = [place(board, from), place(board, to)];
  window.getSelection().setBaseAndExtent(start.node, start.at, end.node, end.at);
  const box = document.createRange();
  box.setStart(end.node, Math.max(0, end.at - 1));
  box.setEnd(end.node, end.at);
  const [line, view] = [box.getBoundingClientRect(), board.text.getBoundingClientRect()];
  if (line.bottom > view.bottom) board.text.scrollTop += line.bottom - view.bottom + 24;
  if (line.top < view.top) board.text.scrollTop -= view.top - line.top + 24;
}

function place(board, unit) {
  const walker = document.createTreeWalker(board.text, NodeFilter.SHOW_TEXT);
  let left = unit;
  let node = walker.nextNode();
  while (node && left > node.length) {
    left -= node.length;
    node = walker.nextNode() ?? node;
  }
  return { node: node ?? board.text, at: left };
}

function stops(board) {
  board.stops ??= Object.fromEntries(["sentence", "word"].map((granularity) => {
    const parts = [];
    for (const part of new Intl.Segmenter(undefined, { granularity }).segment(board.data.text)) {
      const [from, to] = trimmed(board.data.text, part.index, part.index + part.segment.length);
      if (from < to && (granularity === "sentence" || part.isWordLike)) parts.push([from, to]);
    }
    return [granularity, parts];
  }));
  return board.stops;
}

function moved(board, event) {
  const steps = { ArrowDown: ["sentence", 1], ArrowUp: ["sentence", -1], ArrowRight: ["word", 1], ArrowLeft: ["word", -1] };
  if (!steps[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const [granularity, step] = steps[event.key];
  const parts = stops(board)[granularity];
  const now = selected(board);
  if (event.shiftKey && now) {
    const ends = step > 0 ? parts.find((part) => part[1] > now.to) : parts.findLast((part) => part[1] < now.to && part[1] > now.from);
    if (ends) select(board, now.from, ends[1]);
    return;
  }
  const next = now
    ? step > 0 ? parts.find((part) => part[0] > now.from) : parts.findLast((part) => part[0] < now.from)
    : firstInView(board, parts);
  if (next) select(board, next[0], next[1]);
}

function firstInView(board, parts) {
  const proof = board.data.spans.filter((span) => span.field === "type")[0];
  const from = proof ? board.units[proof.start] : 0;
  return parts.find((part) => part[1] > from) ?? parts[0];
}

function said(board) {
  const { editing, fields, canDecide, hint } = board.data;
  const now = selected(board);
  const label = editing && (fields.find((field) => field.name === editing)?.label ?? "").toLowerCase();
  const waiting = editing ? `Select the words that prove: ${label}. Then Enter takes them.` : hint;
  const next = editing ? "Enter takes it, Shift+Enter adds it." : canDecide ? "n adds an event from it, 1 to 6 corrects a field with it." : "";
  const text = now ? `Selected: “${shortened(board.data.text.slice(now.from, now.to))}” ${next}` : waiting;
  if (board.status.textContent !== text) board.status.textContent = text;
}

function shortened(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 90 ? `${line.slice(0, 60)} … ${line.slice(-25)}` : line;
}

// --- the keys ----------------------------------------------------------------------------------------------------------

// Streamlit keeps only the last of several triggers that come while a page is drawn: so each waits until the one before
// it was heard, and no key is lost however fast they follow each other.
const PATIENCE_MS = 15000;

function enqueue(board, command) {
  board.count += 1;
  board.queue.push({ ...command, number: `${Date.now()}-${board.count}`, subject: board.data.subject });
  pump(board);
}

function pump(board) {
  if (board.waiting || !board.queue.length) return;
  const command = board.queue.shift();
  board.waiting = command.number;
  board.trigger(command);
  setTimeout(() => heard(board, command.number), PATIENCE_MS);
}

function heard(board, number) {
  if (board.waiting !== number) return;
  board.waiting = null;
  pump(board);
}

function send(board, name, more = {}) {
  const now = selected(board);
  enqueue(board, { name, ...more, ...(now && { start: now.start, end: now.end }) });
  if (now && ["field", "add", "take", "take_also"].includes(name)) window.getSelection().removeAllRanges();
}

function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof Element
    && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [role=listbox], [role=option], [role=combobox]")
      || target.closest("[role=dialog]") !== null);
}

function isPressing(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && target.closest("button, a, summary, [role=button], input, label") !== null;
}

function pressed(board, event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
  if (isTyping(event)) {
    if (event.key === "Escape") event.composedPath()[0].blur();
    return;
  }
  const run = command(board, event);
  if (!run) return;
  event.preventDefault();
  if (!event.repeat) run();
}

function command(board, event) {
  const { key } = event;
  if (key === "?") return () => toggleHelp(board);
  if (board.isMuted) return null; // speech input and some screen readers type letters of their own
  if (key === "d") return () => board.text.focus({ preventScroll: false });
  if (key === "Escape") return () => (window.getSelection().removeAllRanges(), enqueue(board, { name: "cancel" }));
  if (key === "Enter") {
    if (isPressing(event) && !selected(board)) return null;
    return () => send(board, selected(board) ? (event.shiftKey ? "take_also" : "take") : "save");
  }
  if (/^[0-9]$/.test(key)) return () => send(board, "digit", { digit: Number(key) });
  return LETTERS[key] ? () => send(board, LETTERS[key]) : null;
}
