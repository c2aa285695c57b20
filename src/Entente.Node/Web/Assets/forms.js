// What was written is not lost and not sent twice. A form goes once; it can go again when the page comes back. Before a form
// of a page that has stood open for a while is sent, the node is asked whether the session goes on: if it has ended, the
// form stays as it is, with its files, and says where to sign in.
const stale = 60_000;
const opened = performance.now();

export function forms(lost) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    if (performance.now() - opened > stale && !form.dataset.checked && document.querySelector("[data-lost=ended]")) {
      event.preventDefault();
      const submitter = event.submitter;
      form.dataset.sent = "asking";
      const open = await goesOn();
      delete form.dataset.sent;
      if (!open) {
        lost("ended");
        document.querySelector("[data-lost-shown] a")?.focus();
        return;
      }
      form.dataset.checked = "1";
      form.requestSubmit(submitter);
      delete form.dataset.checked;
      return;
    }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    // A file to save leaves the page as it is.
    setTimeout(() => again(form), 8_000);
  });
  // Back from where the form led: it may be sent anew.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(again));
}

function again(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

async function goesOn() {
  try {
    const answer = await fetch("/help", { headers: { "Entente-Live": "1" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return Boolean(page.querySelector("[data-lost=ended]"));
  } catch {
    return true; // The node cannot be reached: the browser says so better.
  }
}
