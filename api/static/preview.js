// The editors' preview loads anew when a file was saved.
"use strict";

const shown = document.body.dataset.version ?? document.querySelector("[data-version]").dataset.version;

setInterval(async () => {
  try {
    if ((await (await fetch("/version")).text()) !== shown) location.reload();
  } catch {
    // the preview was stopped; it may come back
  }
}, 1000);
