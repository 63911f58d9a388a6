/* Sentences of a document are links; a plain click, or Enter, chooses one without loading the page anew. */
export default function ({ data, setTriggerValue }) {
  const linkOf = (event) => event.target.closest?.("a[data-sentence]");

  const choose = (event) => {
    const link = linkOf(event);
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue("sentence", link.dataset.sentence);
  };

  /* Arrow keys walk from sentence to sentence, so that Tab need not be pressed for each. */
  const walk = (event) => {
    const link = linkOf(event);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!link || !step) return;
    const links = [...document.querySelectorAll("a[data-sentence]")];
    const next = links[links.indexOf(link) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };

  /* The text is drawn anew after a choice: the focus goes back to where it was. */
  const focus = window.setTimeout(() => {
    const link = document.querySelector(`a[data-sentence="${Number(data.chosen)}"]`);
    if (link && (document.activeElement === document.body || !document.activeElement)) link.focus({ preventScroll: true });
  }, 100);

  document.addEventListener("click", choose, true);
  document.addEventListener("keydown", walk, true);
  return () => {
    window.clearTimeout(focus);
    document.removeEventListener("click", choose, true);
    document.removeEventListener("keydown", walk, true);
  };
}
