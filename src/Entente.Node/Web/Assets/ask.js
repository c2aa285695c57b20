// A question before an act: opening it moves the focus to the answer, opening another closes it.
export function confirmWithKeys() {
  document.addEventListener(
    "toggle",
    (event) => {
      const ask = event.target;
      if (!(ask instanceof HTMLDetailsElement) || !ask.matches("details.ask") || !ask.open) return;
      for (const other of document.querySelectorAll("details.ask[open]")) if (other !== ask) other.open = false;
      ask.querySelector(".ask-panel :is(input:not([type=hidden]), textarea, select, button)")?.focus();
    },
    true,
  );
}
