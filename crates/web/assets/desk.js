// The desk's keys and its side panel. Without this file every link and form still works.
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const rows = () => all("a[data-row]");

  // On a phone the menu is longer than the screen: where one is comes into sight.
  const here = one(".menu [aria-current]");
  if (here) {
    const menu = here.closest(".menu");
    menu.scrollLeft += here.getBoundingClientRect().left - menu.getBoundingClientRect().left;
  }

  // One-letter keys can be turned off (WCAG 2.1.4).
  const KEY = "vivier-keys-off";
  const off = () => { try { return localStorage.getItem(KEY) === "1"; } catch { return false; } };
  const toggle = one("[data-keys-on]");
  if (toggle) {
    toggle.checked = !off();
    toggle.closest("[hidden]").hidden = false;
    toggle.addEventListener("change", () => {
      try { toggle.checked ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, "1"); } catch { /* kept for this page only */ }
    });
  }
  const help = () => one("#keys").showModal();
  all("[data-keys]").forEach((button) => { button.hidden = false; button.addEventListener("click", help); });

  // The panel opens beside the list, which keeps its place; the address says what is open.
  let loading;
  const load = async (href, push) => {
    if (loading) loading.abort();
    loading = new AbortController();
    const work = one(".work");
    work.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(href, { signal: loading.signal, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = one("#list", page);
      if (!answer.ok || !list) { location.assign(href); return; }
      const scroll = one(".scroll") && one(".scroll").scrollLeft;
      const panel = one(".panel", page);
      const swap = () => {
        if (push) history.pushState({}, "", href);
        document.title = page.title;
        one("#list").replaceWith(document.adoptNode(list));
        all(".work>.panel").forEach((old) => old.remove());
        if (panel) work.append(document.adoptNode(panel));
        if (scroll && one(".scroll")) one(".scroll").scrollLeft = scroll;
        start();
        const heading = one(".panel [data-heading]");
        const here = one("tr.here a[data-row]");
        if (heading) heading.focus();
        if (here) here.closest("tr").scrollIntoView({ block: "nearest" });
      };
      swap();
      work.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(href);
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-row],a[data-next],a[data-previous],a[data-close]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const closing = link.matches("[data-close]");
    const was = one("tr.here") && one("tr.here").id;
    load(link.href, true).then(() => {
      const row = closing && was && document.getElementById(was);
      if (row) one("a[data-row]", row).focus();
    });
  });
  addEventListener("popstate", () => load(location.href, false));

  // A row is opened by a click anywhere on it, but for its own controls.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row || event.target.closest("a,button,input,label,select") || String(getSelection())) return;
    const link = one("a[data-row]", row);
    if (link) link.click();
  });

  const move = (step) => {
    const beside = one(step > 0 ? ".panel [data-next]" : ".panel [data-previous]");
    if (one(".panel")) { if (beside) beside.click(); return; }
    const links = rows();
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
    if (next) { next.focus(); next.closest("tr").scrollIntoView({ block: "nearest" }); }
  };
  const stage = async () => {
    if (!one("[data-stage]") && document.activeElement.matches("a[data-row]")) await load(document.activeElement.href, true);
    const select = one("[data-stage]");
    if (select) { select.scrollIntoView({ block: "center" }); select.focus(); }
  };
  const keys = {
    "/": () => { const box = one("[data-search]"); if (box) { box.focus(); box.select(); } },
    "j": () => move(1),
    "k": () => move(-1),
    "s": stage,
    "?": help,
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]");
    if (event.key === "Escape" && !one("dialog[open]")) {
      if (typing) { event.target.blur(); return; }
      const close = one("[data-close]");
      if (close) close.click();
      return;
    }
    if (typing || off() || one("dialog[open]")) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // Filters apply themselves; empty ones stay out of the address.
  document.addEventListener("change", (event) => {
    if (event.target.matches("form[data-filters] [data-auto]")) event.target.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-filters]")) { all("input,select", form).forEach((input) => { input.disabled = !input.value; }); return; }
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    all("form[data-filters] :disabled").forEach((input) => { input.disabled = false; });
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
    all("[aria-busy]").forEach((element) => element.removeAttribute("aria-busy"));
  });

  // Rows chosen: how many, and all at once.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    const all_ = form && one("[data-all]", form);
    if (!all_) return;
    const boxes = all("tbody input[type=checkbox]", form);
    if (event.target === all_) boxes.forEach((box) => { box.checked = all_.checked; });
    const chosen = boxes.filter((box) => box.checked).length;
    all_.checked = chosen === boxes.length && chosen > 0;
    all_.indeterminate = chosen > 0 && chosen < boxes.length;
    all("[data-count]", form).forEach((place) => { place.textContent = chosen; });
  });

  const start = () => {
    // A message is shown once: reloading doesn't bring it back.
    const address = new URL(location.href);
    if (address.searchParams.has("done")) {
      address.searchParams.delete("done");
      history.replaceState(history.state, "", address);
    }
    const summary = one("[data-summary]");
    if (summary) summary.focus();
    all("[data-print]").forEach((button) => { button.hidden = false; button.onclick = () => print(); });
    all("[data-all]").forEach((box) => { const hidden = box.closest("[hidden]"); if (hidden) hidden.hidden = false; });
  };
  start();
})();
