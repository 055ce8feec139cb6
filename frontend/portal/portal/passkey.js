// The browser's half of a passkey: it makes one ("create") or shows that it has it ("get"), as the form's `data-verb` says.

const form = document.querySelector("[data-module=portal-passkey]");
const answer = form.querySelector("[name=answer]");
const name = form.querySelector("[name=name]");
const failed = document.getElementById("passkey-failed");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function question() {
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const known of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) {
    known.id = bytes(known.id);
  }
  return options;
}

function spelt(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: text(credential.rawId), type, response, clientExtensionResults: {} });
}

form.addEventListener("submit", async (event) => {
  // A box that is empty is the server's to speak of, and so is a browser that knows no passkeys.
  if (answer.value || (name && !name.value.trim()) || !window.PublicKeyCredential) return;
  event.preventDefault();
  failed.hidden = true;
  try {
    answer.value = spelt(await navigator.credentials[form.dataset.verb]({ publicKey: question() }));
  } catch {
    failed.hidden = false;
    failed.focus();
    return;
  }
  form.submit();
});
