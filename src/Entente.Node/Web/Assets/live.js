// The server says which part of the page has changed; the page is asked for again and that part is replaced.
export function live() {
  if (!document.querySelector("[data-live]") || !window.EventSource) return;
  const events = new EventSource("/live");
  events.addEventListener("changed", (event) => refresh(event.data));
  // What happened while nobody listened: since the connection broke, or right after what one has just sent.
  let late = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  events.addEventListener("open", () => {
    if (late) refresh();
    late = true;
  });
  // Times left grow short by themselves.
  setInterval(() => document.querySelector("[data-live] .countdown") && refresh(), 60_000);
  addEventListener("pagehide", () => events.close());
}

let asked = Promise.resolve();

function refresh(part) {
  asked = asked.then(() => replace(part)).catch(() => {}); // The next event tries again.
  return asked;
}

async function replace(part) {
  const parts = [...document.querySelectorAll("[data-live]")].filter(
    // Nothing is taken from under somebody's hands.
    (e) => (!part || e.dataset.live === part) && !e.contains(document.activeElement) && !e.querySelector("details[open]"),
  );
  if (parts.length === 0) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of parts) {
    const fresh = page.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
  }
}
