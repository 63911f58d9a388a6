// Plays the totals so far, step by step, without asking the server: a button, a slider, and a bar for each group.

const players = new WeakMap();

export default function ({ data, parentElement }) {
  players.get(parentElement)?.stop();
  const player = build(data);
  players.set(parentElement, player);
  const before = parentElement.querySelector("section.playback");
  if (before) before.replaceWith(player.root);
  else parentElement.append(player.root);
  player.show(data.steps.length - 1);
  return () => player.stop();
}

function build(data) {
  const root = element("section", "playback");
  root.setAttribute("aria-label", data.title);
  const button = element("button", "playback-play", "Play");
  button.type = "button";
  const slider = element("input", "");
  Object.assign(slider, { type: "range", min: 0, max: data.steps.length - 1, step: 1 });
  slider.setAttribute("aria-label", "Step");
  const title = element("output", "playback-title");
  const controls = element("div", "playback-controls");
  controls.append(button, slider);
  const rows = data.groups.map((group) => row(group));
  const list = element("ul", "");
  list.append(...rows.map((one) => one.item));
  root.append(controls, title, list);
  const most = Math.max(...data.steps[data.steps.length - 1].totals, 1);
  let timer = 0;

  function show(number) {
    const step = data.steps[number];
    slider.value = number;
    slider.setAttribute("aria-valuetext", `${step.title}: ${step.news}`);
    title.textContent = `${step.title}: ${step.news}`;
    rows.forEach((one, rank) => {
      one.bar.style.width = `${(100 * step.totals[rank]) / most}%`;
      one.count.textContent = step.totals[rank].toLocaleString("en", { maximumFractionDigits: 1 });
    });
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    button.textContent = "Play";
  }

  function play() {
    if (Number(slider.value) >= data.steps.length - 1) show(0);
    button.textContent = "Pause";
    timer = setInterval(() => {
      show(Number(slider.value) + 1);
      if (Number(slider.value) >= data.steps.length - 1) stop();
    }, data.interval);
  }

  button.addEventListener("click", () => (timer ? stop() : play()));
  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  if (data.steps.length < 2) controls.hidden = true;
  return { root, show, stop };
}

function row(group) {
  const item = element("li", "");
  const track = element("span", "playback-track");
  const bar = element("b", "");
  bar.style.background = group.color;
  track.append(bar);
  const count = element("span", "playback-count");
  item.append(element("span", "playback-label", group.label), track, count);
  return { item, bar, count };
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
