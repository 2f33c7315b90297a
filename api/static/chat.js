// The page works without this. With it, a message is answered in place: no reload, no history entry, nothing kept.
// The same page comes back as without it; only its conversation is taken over, so that there is one way to show a reply.
"use strict";

const log = document.querySelector("#log");
const ask = document.querySelector("form.ask");
const failure = document.querySelector("#failure");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const show = (nodes) => {
  // Choices and the other languages belong to the last reply only.
  for (const old of log.querySelectorAll("form")) old.remove();
  log.append(...nodes);
  const last = [...log.querySelectorAll(".said")].at(-1);
  last?.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
};

const send = async (data) => {
  failure.hidden = true;
  log.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(location.href, { method: "POST", body: new URLSearchParams(data) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const answered = page.querySelector("#log");
    if (!answered) throw new Error("no answer");
    for (const name of ["context", "lang"]) ask.elements[name].value = page.querySelector(`form.ask [name=${name}]`).value;
    show([...answered.childNodes].map((node) => document.importNode(node, true)));
  } catch {
    failure.hidden = false;
    failure.scrollIntoView({ block: "nearest" });
  } finally {
    log.removeAttribute("aria-busy");
  }
};

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  event.preventDefault();
  const data = new FormData(event.target, event.submitter);
  if (event.target === ask) ask.elements.text.value = "";
  send(data);
});

ask.elements.text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask.requestSubmit();
  }
});
