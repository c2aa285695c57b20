// g then a letter goes to a place, / to the search field, ? shows the keys. Never while somebody writes.
const places = {
  i: "/inbox",
  c: "/cases",
  n: "/compose",
  r: "/record",
  l: "/readings",
  m: "/meetings",
  t: "/texts",
  a: "/activities",
  e: "/commitments",
  p: "/approvals",
  j: "/ledger",
  h: "/help",
};

export function shortcuts() {
  let going = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, dialog")) return;
    if (going) {
      going = false;
      const link = document.querySelector(`.shell-nav a[href="${places[event.key]}"]`);
      if (link) link.click();
      return;
    }
    if (event.key === "g") {
      going = true;
      setTimeout(() => (going = false), 1500);
    } else if (event.key === "/") {
      const search = document.querySelector("main input[type=search], #search-all");
      if (!search) return;
      event.preventDefault();
      search.focus();
    } else if (event.key === "?") {
      showKeys();
    }
  });
}

// The list of keys is a part of the help page; it is shown from there, in the reader's language.
async function showKeys() {
  const answer = await fetch("/help");
  if (!answer.ok) return;
  const help = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("keyboard");
  if (!help) return;
  const dialog = document.createElement("dialog");
  dialog.className = "ask-dialog";
  dialog.append(document.adoptNode(help));
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
