// The facets: fields of the filter as lists of boxes to tick, each value with the number of events that it would leave.
//
// What is ticked shows at once and is sent as all ticked values of the fields that changed; until Python says that it has heard
// of it, the ticks stand over what Python sends, so that quick ticks are neither lost nor flicker. They are numbered by the clock,
// so that a component that begins anew never gives a number that Python has heard.
// Words enter the page as text nodes only, so that markup in a name is shown and never run.

const FEW = 6;
const SEARCH_ABOVE = 12;
const PAUSE_MS = 300;

const boards = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const board = boards.get(parentElement) ?? begin(parentElement);
  board.tell = setStateValue;
  board.data = data;
  if (board.count <= data.heard) {
    board.pending = {};
    board.count = data.heard;
  }
  board.root.setAttribute("aria-busy", String(Object.keys(board.pending).length > 0));
  board.status.textContent = data.status;
  board.close.textContent = data.shown;
  for (const facet of data.facets) draw(board, facet);
}

function begin(root) {
  const board = { root: element("div", "facets"), fields: new Map(), pending: {}, count: 0 };
  board.status = element("p", "aside");
  board.status.setAttribute("role", "status");
  board.close = action("facets-close", "", leave);
  board.root.append(board.status);
  root.append(board.root);
  boards.set(root, board);
  return board;
}

// --- one field -----------------------------------------------------------------------------------------------------------

function draw(board, facet) {
  const field = board.fields.get(facet.name) ?? beginField(board, facet);
  field.facet = facet;
  const ticked = chosen(board, facet.name);
  const together = chosen(board, facet.also);
  const count = ticked.length + together.length;
  field.set.textContent = count ? `${count} set` : "";
  field.search.hidden = facet.known <= SEARCH_ABOVE;
  const focused = document.activeElement?.dataset?.code;
  const held = field.box.contains(document.activeElement) && focused;
  drawTogether(board, field, together);
  drawValues(board, field, ticked);
  if (held) [...field.box.querySelectorAll("input[data-code]")].find((input) => input.dataset.code === held)?.focus({ preventScroll: true });
}

function beginField(board, facet) {
  const field = { isWhole: false, words: "" };
  const details = element("details", "facet");
  details.dataset.field = facet.name;
  details.open = facet.open || facet.chosen.length > 0 || facet.also_rows.length > 0;
  const summary = element("summary", "");
  field.set = element("span", "set");
  summary.append(element("span", "", facet.label), field.set);
  field.box = element("fieldset", "");
  field.search = element("input", "");
  field.search.type = "search";
  field.search.placeholder = "Find in this list";
  field.search.setAttribute("aria-label", `Find in ${facet.label}`);
  field.search.addEventListener("input", () => look(board, field));
  field.together = element("ul", "values together");
  field.values = element("ul", "values");
  field.note = element("p", "");
  field.note.setAttribute("role", "status");
  field.more = action("more", "", () => widen(board, field));
  field.box.append(element("legend", "aside", facet.label), field.search, field.together, field.values, field.note, field.more);
  details.append(summary, field.box);
  if (board.fields.size === 0) board.root.append(board.close);
  board.close.before(details);
  board.fields.set(facet.name, field);
  return field;
}

function drawTogether(board, field, codes) {
  const { facet } = field;
  const labels = new Map(facet.also_rows);
  field.together.hidden = codes.length === 0;
  field.together.replaceChildren(...codes.map((code) =>
    row(board, { name: facet.also, code, label: `${facet.lead} ${labels.get(code) ?? code}`, isTicked: true })));
}

function drawValues(board, field, ticked) {
  const { facet, words } = field;
  const isSearching = words !== "";
  const answered = facet.found && facet.found.words === words;
  const rows = !isSearching ? facet.rows
    : facet.isPart ? (answered ? facet.found.rows : [])
    : facet.rows.filter(([, label]) => plain(words).split(" ").every((word) => plain(label).includes(word)));
  const shown = isSearching || field.isWhole ? rows : few(rows, ticked);
  field.values.replaceChildren(...shown.map(([code, label, count, note]) =>
    row(board, { name: facet.name, code, label, count, note, isTicked: ticked.includes(code) })));
  field.more.hidden = isSearching || rows.length <= few(rows, ticked).length;
  field.more.textContent = field.isWhole ? "Show fewer" : `Show ${facet.isPart ? `the first ${rows.length}` : `all ${rows.length}`}`;
  field.more.setAttribute("aria-label", `${field.more.textContent}: ${facet.label}`);
  field.more.setAttribute("aria-expanded", String(field.isWhole));
  field.note.textContent = remark(field, { isSearching, answered, rows });
}

function remark({ facet, isWhole }, { isSearching, answered, rows }) {
  if (isSearching && facet.isPart && !answered) return "Looking …";
  if (isSearching && rows.length === 0) return "Nothing has this name.";
  if (isSearching && facet.isPart && facet.found.more) return `${facet.found.more.toLocaleString("en")} more have it; type on to narrow them down.`;
  if (!isSearching && rows.length === 0) return "None under the other filters. Find one by its name.";
  if (!isSearching && facet.isPart && isWhole) return `${(facet.known - rows.length).toLocaleString("en")} more: find them by their name.`;
  return "";
}

/* The first values, and the ticked ones wherever they stand; one hidden value is shown instead of a button that shows it. */
function few(rows, ticked) {
  const first = rows.filter(([code], rank) => rank < FEW || ticked.includes(code));
  return rows.length - first.length <= 1 ? rows : first;
}

function row(board, { name, code, label, count, note, isTicked }) {
  const item = element("li", count === 0 ? "empty" : "");
  const box = element("label", "");
  const input = element("input", "");
  input.type = "checkbox";
  input.checked = isTicked;
  input.dataset.code = code;
  input.addEventListener("change", () => tick(board, name, code, input.checked));
  const text = element("span", "name", label);
  if (note) text.append(element("small", "", `as ${note}`));
  box.append(input, text);
  if (count !== undefined) {
    const number = element("span", "number", count.toLocaleString("en"));
    number.append(element("span", "aside", count === 1 ? " event" : " events"));
    box.append(number);
  }
  item.append(box);
  return item;
}

// --- what a person does --------------------------------------------------------------------------------------------------

function chosen(board, name) {
  if (!name) return [];
  if (board.pending[name]) return board.pending[name];
  const facet = board.data.facets.find((each) => each.name === name);
  if (facet) return facet.chosen;
  return board.data.facets.find((each) => each.also === name).also_rows.map(([code]) => code);
}

function tick(board, name, code, isTicked) {
  const others = chosen(board, name).filter((other) => other !== code);
  board.pending[name] = isTicked ? [...others, code] : others;
  board.count = Math.max(board.count + 1, Date.now());
  board.root.setAttribute("aria-busy", "true");
  board.tell("change", { count: board.count, fields: board.pending });
  draw(board, board.data.facets.find((facet) => facet.name === name || facet.also === name));
}

function look(board, field) {
  field.words = field.search.value.trim();
  window.clearTimeout(field.pause);
  if (field.facet.isPart) field.pause = window.setTimeout(() => board.tell("search", { name: field.facet.name, words: field.words }), PAUSE_MS);
  drawValues(board, field, chosen(board, field.facet.name));
}

function widen(board, field) {
  field.isWhole = !field.isWhole;
  drawValues(board, field, chosen(board, field.facet.name));
}

/* On a phone the sidebar lies over the page: shut it, and go on where it was opened. */
function leave() {
  document.querySelector('[data-testid="stSidebarCollapseButton"] button').click();
  window.setTimeout(() => document.querySelector("button.opener")?.focus(), 300);
}

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function action(name, label, run) {
  const button = element("button", name, label);
  button.type = "button";
  button.addEventListener("click", run);
  return button;
}

function element(tag, name, text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}
