// The review page without reloading: a value shows all its words, a word shows its value, and the words selected in the
// text fill the form that is open. Each of these works without this file too, by links and by typing.
function show(text, value) {
  for (const one of document.querySelectorAll(".reading .is-focus")) one.classList.remove("is-focus");
  document.getElementById(`v-${value}`)?.classList.add("is-focus");
  const marks = [...text.querySelectorAll(".mark[data-values]")];
  const words = marks.filter((mark) => mark.dataset.values.split(" ").includes(value));
  for (const mark of words) mark.classList.add("is-focus");
  return words[0];
}

function follow(text, event) {
  const link = event.target.closest("a[data-value]");
  const mark = event.target.closest("a.mark[data-values]");
  if (link) {
    event.preventDefault();
    show(text, link.dataset.value)?.scrollIntoView({ block: "center" });
  } else if (mark) {
    event.preventDefault();
    const value = mark.dataset.values.split(" ")[0];
    show(text, value);
    document.getElementById(`v-${value}`)?.scrollIntoView({ block: "center" });
  }
}

// The words selected in the text, or nothing.
function selected(text) {
  const selection = document.getSelection();
  return selection && text.contains(selection.anchorNode) ? selection.toString().trim() : "";
}

// They fill the form that is open; where none is, they can be given to a field.
function takeSelection(text) {
  const words = selected(text);
  const field = document.querySelector(".reading-add .selected-words");
  if (words && field) field.value = words;
  const assign = document.getElementById("assign");
  if (!assign) return;
  assign.hidden = !words || Boolean(field);
  for (const link of assign.querySelectorAll("a")) {
    const target = new URL(link.href);
    target.searchParams.set("words", words);
    link.href = target.href;
  }
}

// A caret in the text, so that words can be selected by keyboard; nothing can be typed.
function caret(text) {
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === text && text.contentEditable !== "true") {
      event.preventDefault();
      text.contentEditable = "true";
      text.focus();
    } else if (event.key === "Escape" && text.contentEditable === "true") {
      text.contentEditable = "inherit";
      text.focus();
    } else if (event.key === "a" && !event.ctrlKey && !event.metaKey && selected(text)) {
      event.preventDefault();
      document.querySelector("#assign:not([hidden]) a")?.focus();
    }
  });
  for (const kind of ["beforeinput", "drop", "paste"]) text.addEventListener(kind, (event) => event.preventDefault());
}

export function reading() {
  const text = document.querySelector(".reading-body");
  if (!text) return;
  const page = document.querySelector(".reading");
  page.addEventListener("click", (event) => follow(text, event));
  page.addEventListener("focusin", (event) => {
    const link = event.target.closest("a[data-value]");
    if (link) show(text, link.dataset.value)?.scrollIntoView({ block: "nearest" });
  });
  for (const kind of ["mouseup", "keyup"]) text.addEventListener(kind, () => takeSelection(text));
  const hint = document.querySelector(".reading-assign-hint");
  if (!hint) return;
  hint.hidden = false;
  caret(text);
}
