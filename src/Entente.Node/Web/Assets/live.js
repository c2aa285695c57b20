import { alarm, told } from "./sound.js";

// The server says which part of the page has changed; the page is asked for again and that part is replaced.
export function live() {
  if (!document.querySelector("[data-live]") || !window.EventSource) return;
  // The page's age, so that the server tells what changed before anybody listened: also what one has just sent.
  const events = new EventSource(`/live?age=${Math.round(performance.now())}`);
  events.addEventListener("changed", (event) => refresh(event.data));
  let broken = false;
  let silent;
  events.addEventListener("open", () => {
    clearTimeout(silent);
    silent = undefined;
    lost();
    if (broken) refresh();
    broken = true;
  });
  // The server ends a stream now and then, and the browser comes back: only a silence that lasts is told.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) lost("ended");
    else silent ??= setTimeout(() => lost("silent"), 15_000);
  });
  // Times left grow short by themselves, and what is about to run out is counted in the menu.
  setInterval(() => refresh(document.querySelector("[data-live] .countdown") ? undefined : "places"), 60_000);
  addEventListener("pagehide", () => events.close());
}

// A page that is no longer kept up to date must say so: somebody may be watching it for what is to come.
export function lost(why) {
  document.querySelector("[data-lost-shown]")?.remove();
  const notice = document.querySelector(`template[data-lost="${why}"]`);
  if (!notice) return;
  const shown = document.createElement("div");
  shown.dataset.lostShown = why;
  shown.role = "alert";
  shown.append(notice.content.cloneNode(true));
  notice.before(shown);
  alarm();
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
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "Entente-Live": "1" } });
  if (answer.redirected) return lost("ended");
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of parts) {
    const fresh = page.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
  }
  told();
}
