// Passkeys: has the browser make one, or sign somebody in with one. The forms it works on are hidden without it.
"use strict";
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  class Refused extends Error {}
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace(/=+$/, "");

  const send = async (url, fields) => {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "error" });
    const json = (answer.headers.get("content-type") || "").startsWith("application/json");
    const said = json ? await answer.json() : {};
    if (!answer.ok) throw new Refused(said.error || "");
    return said;
  };

  const ask = {
    async create(options) {
      const known = (options.excludeCredentials || []).map((one) => ({ ...one, id: bytes(one.id) }));
      const user = { ...options.user, id: bytes(options.user.id) };
      const publicKey = { ...options, challenge: bytes(options.challenge), user, excludeCredentials: known };
      const made = await navigator.credentials.create({ publicKey });
      const { attestationObject, clientDataJSON } = made.response;
      return [made, { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) }];
    },
    async get(options) {
      const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: [] };
      const found = await navigator.credentials.get({ publicKey });
      const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
      const response = {
        authenticatorData: text(authenticatorData),
        clientDataJSON: text(clientDataJSON),
        signature: text(signature),
        userHandle: userHandle && text(userHandle),
      };
      return [found, response];
    },
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const said = form.querySelector("[data-said]");
    const button = form.querySelector("button");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.hidden = true;
      button.disabled = true;
      try {
        const fields = Object.fromEntries(new FormData(form));
        const { options, state } = await send(form.dataset.start, fields);
        const [key, response] = await ask[form.dataset.passkey](options.publicKey);
        const { id, type } = key;
        const credential = JSON.stringify({ id, rawId: text(key.rawId), type, response });
        const { to } = await send(form.action, { ...fields, state, credential });
        location.assign(to);
      } catch (error) {
        said.textContent = (error instanceof Refused && error.message) || form.dataset.failed;
        said.hidden = false;
      } finally {
        button.disabled = false;
      }
    });
  }
})();
