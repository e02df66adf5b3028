// Keyboard and telephone: everything here is a convenience, every page works without it.
"use strict";

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing(event.target)) {
    const search = document.querySelector("[data-find]") || document.querySelector("#find");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (typing(event.target) && !event.target.matches("#find, [data-find]")) return;
    const rows = [...document.querySelectorAll("[data-row]")];
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
  if (event.key === "Escape") {
    closeMenus(null);
    event.target.closest(".inform")?.querySelector("[data-cancel]")?.click();
  }
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));

// A form that was opened in its line goes again, and the keyboard is where it was.
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-cancel]")?.closest(".open");
  if (!place) return;
  event.preventDefault();
  place.replaceChildren();
  place.parentElement.querySelector(".edit")?.focus();
});

// The server unmasks a number and answers with its link; a telephone then dials at once.
document.addEventListener("dial", (event) => {
  if (matchMedia("(pointer: coarse)").matches) location.href = event.detail.href;
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const all of document.querySelectorAll("[data-all]")) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const one of document.getElementsByName(all.dataset.all)) one.checked = all.checked;
  });
}

// A form that opens in its line is brought into sight whole, clear of the tab bar.
document.addEventListener("htmx:afterSwap", (event) => {
  const opened = event.target.querySelector(".inform");
  if (opened) opened.scrollIntoView({ block: "nearest" });
});
