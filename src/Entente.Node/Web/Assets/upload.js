// A large file chosen in a field marked data-upload goes to the node at once, with its progress shown; the form then only
// names it. Small ones, and all where no script runs, go with the form.
export function uploads() {
  for (const field of document.querySelectorAll("input[type=file][data-upload]")) {
    field.addEventListener("change", () => take(field));
  }
}

function take(field) {
  const large = [...field.files].filter((file) => file.size >= Number(field.dataset.from));
  if (large.length === 0) return;
  const rest = new DataTransfer();
  for (const file of field.files) if (!large.includes(file)) rest.items.add(file);
  field.files = rest.files;
  for (const file of large) send(field, file);
}

function send(field, file) {
  const form = field.form;
  const row = document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
  const [id, bar, state] = ["input", "progress", "[data-state]"].map((part) => row.querySelector(part));
  const request = new XMLHttpRequest();
  row.querySelector("[data-name]").textContent = file.name;
  bar.setAttribute("aria-label", file.name);
  row.querySelector("[data-stop]").addEventListener("click", () => {
    request.abort();
    row.remove();
  });
  form.querySelector("[data-uploads]").append(row);
  wait(form, 1);
  request.upload.addEventListener("progress", (event) => {
    bar.value = event.loaded / file.size;
    state.textContent = `${Math.floor((100 * event.loaded) / file.size)} %`;
  });
  request.addEventListener("loadend", () => {
    wait(form, -1);
    bar.remove();
    if (request.status === 200) {
      const kept = JSON.parse(request.responseText);
      id.value = kept.id;
      id.disabled = false;
      state.textContent = kept.size;
    } else {
      state.textContent = state.dataset.failed;
    }
  });
  request.open("POST", `${field.dataset.upload}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("RequestVerificationToken", form.elements.namedItem("__RequestVerificationToken").value);
  request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
  request.send(file);
}

// While files are on their way their form cannot be sent: it would leave them behind.
function wait(form, change) {
  const waiting = Number(form.dataset.waiting ?? 0) + change;
  form.dataset.waiting = waiting;
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = waiting > 0;
}
