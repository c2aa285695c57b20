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

function takeSelection() {
  const words = document.getSelection()?.toString().trim() ?? "";
  const field = document.querySelector(".reading-add .selected-words");
  if (words && field) field.value = words;
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
  text.addEventListener("mouseup", takeSelection);
  text.addEventListener("keyup", takeSelection);
}
