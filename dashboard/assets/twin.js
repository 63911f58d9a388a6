// A figure's numbers as a table; the first cell of a row is a button where a click on its mark would narrow the selection.

export default function ({ data, parentElement, setTriggerValue }) {
  const before = parentElement.querySelector("details.twin");
  const twin = element("details", "twin");
  twin.open = Boolean(before?.open);
  twin.append(element("summary", "", data.title), scroller(data, (row) => setTriggerValue("choose", row)));
  if (data.more) twin.append(element("p", "twin-more", data.more));
  if (before) before.replaceWith(twin);
  else parentElement.append(twin);
}

function scroller(data, choose) {
  const table = element("table", "");
  const head = element("tr", "");
  data.head.forEach((label, column) => head.append(cell("th", label, data.numeric[column])));
  head.querySelectorAll("th").forEach((th) => th.setAttribute("scope", "col"));
  const body = element("tbody", "");
  data.rows.forEach((cells, row) => body.append(line(cells, data, row, choose)));
  const top = element("thead", "");
  top.append(head);
  table.append(top, body);
  const box = element("div", "twin-scroll");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", data.title);
  box.append(table);
  return box;
}

function line(cells, data, row, choose) {
  const tr = element("tr", "");
  cells.forEach((text, column) => {
    if (column > 0) return tr.append(cell("td", text, data.numeric[column]));
    const first = cell("th", data.acts[row] ? "" : text, data.numeric[column]);
    first.setAttribute("scope", "row");
    if (data.acts[row]) {
      const button = element("button", "", text);
      button.type = "button";
      button.addEventListener("click", () => choose(row));
      first.append(button);
    }
    return tr.append(first);
  });
  return tr;
}

function cell(tag, text, isNumeric) {
  return element(tag, isNumeric ? "number" : "", text);
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
