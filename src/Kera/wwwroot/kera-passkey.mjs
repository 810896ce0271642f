// Passkeys on top of forms that work without: each form asks the server for a question, the device for an answer, and sends it.
const supported = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function answer(form) {
  const asked = await fetch(form.dataset.question, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  if (!asked.ok) {
    throw new Error(`The question was refused: ${asked.status}`);
  }
  const question = await asked.json();
  return form.dataset.passkey === "make"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !supported;
  const trouble = form.querySelector("[data-trouble]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      const credential = await answer(form);
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      // Not form.requestSubmit(): it would come here again.
      form.submit();
    } catch {
      // Refused, cancelled, or no such device: the password is still there.
      trouble.hidden = false;
      trouble.focus();
    }
  });
}
