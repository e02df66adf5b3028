// Passkeys: asks the device, and sends its answer in the form. Old browsers need allauth's webauthn-json.js for it.
"use strict";

const form = document.querySelector("[data-passkey]");

if (form && window.isSecureContext && window.webauthnJSON.supported()) {
  const button = form.querySelector("[type=submit]");
  const failed = form.querySelector("[data-failed]");
  form.querySelector("[data-without]").hidden = true;
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    button.disabled = true;
    try {
      const options = JSON.parse(document.querySelector("#passkey-options").textContent);
      const answer = await window.webauthnJSON[form.dataset.passkey](options);
      form.querySelector("[name=credential]").value = JSON.stringify(answer);
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
    }
  });
}
