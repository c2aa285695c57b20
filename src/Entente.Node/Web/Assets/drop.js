// Files may be dropped on the field that takes them, or on the whole element marked data-drop around it.
export function dropFiles() {
  const fieldOf = (event) => {
    const zone = event.target.closest?.("[data-drop], input[type=file]");
    return { zone, field: zone?.matches("input") ? zone : zone?.querySelector("input[type=file]") };
  };
  document.addEventListener("dragover", (event) => {
    const { zone, field } = fieldOf(event);
    if (!field) return;
    event.preventDefault();
    zone.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => fieldOf(event).zone?.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    const { zone, field } = fieldOf(event);
    if (!field) return;
    event.preventDefault();
    zone.classList.remove("dropping");
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
