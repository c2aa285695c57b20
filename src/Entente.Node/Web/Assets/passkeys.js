// Forms marked data-passkey ask the browser for a passkey before they are sent. Where it has none they stay hidden, and
// password and code do.
export function passkeys() {
  const known = window.isSecureContext && window.PublicKeyCredential?.parseRequestOptionsFromJSON;
  for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}

async function ask(form) {
  const token = form.elements.namedItem("__RequestVerificationToken").value;
  const body = new URLSearchParams({ __RequestVerificationToken: token });
  try {
    const answer = await fetch(form.dataset.options, { method: "POST", body });
    const options = await answer.json();
    const credential =
      form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.namedItem("Credential").value = JSON.stringify(credential);
  } catch {
    // The dialogue was closed, or the node did not answer: the form goes empty and the page says that nothing was verified.
  }
  form.submit();
}
