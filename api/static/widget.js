// One line on another page: <script src="https://…/widget.js" data-lang="fi" async></script>
// It puts the chat into a frame that may run its own script and post its own form, and nothing else.
"use strict";

(() => {
  const script = document.currentScript;
  const address = new URL("/widget", script.src);
  if (script.dataset.lang) address.searchParams.set("lang", script.dataset.lang);
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = script.dataset.title || "Help for victims of human trafficking";
  frame.setAttribute("sandbox", "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  frame.referrerPolicy = "no-referrer";
  frame.loading = "lazy";
  frame.style.cssText = "border:0;inline-size:100%;max-inline-size:42rem;block-size:40rem";
  script.after(frame);
})();
