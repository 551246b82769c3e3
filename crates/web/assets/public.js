// Comfort for pages that are complete without it: file names and progress, no double sending, no lost words.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  };
  const size = (bytes) => {
    const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
    const style = { style: "unit", unit, maximumFractionDigits: bytes < 1e6 ? 0 : 1 };
    return new Intl.NumberFormat(document.documentElement.lang, style).format(value);
  };

  // A place to drop files on: says which are there, how large, and takes them back.
  const drop = (box) => {
    const input = box.querySelector("input[type=file]");
    const list = make("ul", "files");
    const status = make("p", "sr");
    const words = make("p", "hint", box.dataset.words);
    words.setAttribute("aria-hidden", "true");
    status.setAttribute("role", "status");
    list.setAttribute("role", "list");
    box.prepend(words);
    box.append(list, status);
    const max = Number(box.dataset.max) || Infinity;
    const put = (files) => {
      const data = new DataTransfer();
      files.forEach((file) => data.items.add(file));
      input.files = data.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    input.addEventListener("change", () => {
      const files = [...input.files];
      list.replaceChildren(...files.map((file) => {
        const item = make("li", "file");
        const remove = make("button", "button quiet", box.dataset.remove);
        remove.type = "button";
        remove.append(make("span", "sr", " " + file.name));
        remove.addEventListener("click", () => { put(files.filter((other) => other !== file)); input.focus(); });
        item.append(make("span", "name", file.name), make("span", "size", size(file.size)));
        if (file.size > max) item.append(make("span", "badge bad", box.dataset.large));
        item.append(remove);
        return item;
      }));
      status.textContent = files.map((file) => `${file.name}, ${size(file.size)}`).join("; ");
    });
    ["dragenter", "dragover"].forEach((name) => box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.add("over");
    }));
    ["dragleave", "drop"].forEach((name) => box.addEventListener(name, () => box.classList.remove("over")));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      const dropped = [...event.dataTransfer.files];
      put(input.multiple ? [...input.files, ...dropped] : dropped.slice(0, 1));
    });
  };

  // Sends a form with large files so that its progress shows; the answer replaces the page's main part.
  const send = (form, button) => {
    const bar = make("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", button.textContent.trim());
    button.after(bar);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; };
    request.onload = () => {
      const page = request.response;
      const main = page && page.querySelector("main");
      if (new URL(request.responseURL).href !== new URL(form.action).href || !main) {
        location.assign(request.responseURL || form.action);
        return;
      }
      document.title = page.title;
      document.querySelector("main").replaceWith(document.adoptNode(main));
      start(document.querySelector("main"));
      scrollTo(0, 0);
    };
    request.onerror = () => { bar.remove(); free(form); form.submit(); };
    request.send(new FormData(form));
  };
  const free = (form) => all("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));

  const watch = (form) => {
    let changed = false;
    let sent = false;
    form.addEventListener("input", () => { changed = true; });
    addEventListener("beforeunload", (event) => { if (changed && !sent && form.isConnected) event.preventDefault(); });
    addEventListener("pageshow", (event) => { if (event.persisted) { sent = false; free(form); } });
    form.addEventListener("submit", (event) => {
      if (sent) { event.preventDefault(); return; }
      sent = true;
      const button = event.submitter || form.querySelector("[type=submit]");
      if (button) button.setAttribute("aria-busy", "true");
      const bytes = all("input[type=file]", form).flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
      if (button && bytes > 3e5 && !button.name) { event.preventDefault(); send(form, button); }
    });
  };

  const start = (root) => {
    all("[data-drop]", root).forEach(drop);
    all("[data-form]", root).forEach(watch);
    const summary = root.querySelector("[data-summary]");
    if (summary) {
      summary.focus();
      summary.addEventListener("click", (event) => {
        const link = event.target.closest("a[href^='#']");
        const field = link && document.getElementById(link.hash.slice(1));
        if (!field) return;
        event.preventDefault();
        (field.closest(".field") || field).scrollIntoView();
        field.focus({ preventScroll: true });
      });
    }
    // A filter applies itself; empty ones stay out of the address.
    all("form[data-filters]", root).forEach((form) => {
      form.addEventListener("change", (event) => { if (event.target.matches("[data-auto]")) form.requestSubmit(); });
      form.addEventListener("submit", () => all("input,select", form).forEach((input) => { input.disabled = !input.value; }));
      addEventListener("pageshow", () => all("input,select", form).forEach((input) => { input.disabled = false; }));
    });
    // What is folded is printed; where the browser knows how, the style does it without us.
    if (all(".clause-fold", root).length) addEventListener("beforeprint", () => all(".clause-fold").forEach((fold) => { fold.open = true; }));
    all("[data-print]", root).forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => print());
    });
  };
  // A message is shown once: reloading doesn't bring it back.
  const address = new URL(location.href);
  if (address.searchParams.has("done")) {
    address.searchParams.delete("done");
    history.replaceState(history.state, "", address);
  }
  start(document);
})();
