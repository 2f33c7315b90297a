// The page works without this. With it, a message is answered in place: no reload, no history entry, nothing kept.
"use strict";

const form = document.querySelector("form.ask");
const log = document.querySelector("#log");

const bubble = (className, dir, lang) => {
  const element = document.createElement("div");
  element.className = className;
  element.dir = dir;
  if (lang) element.lang = lang;
  return element;
};

const show = (reply) => {
  const element = bubble(`reply ${reply.kind}`, reply.direction, reply.language);
  element.innerHTML = reply.html; // Sanitised by the server: curated Markdown, HTML escaped.
  const list = document.createElement("ul");
  list.className = "choices";
  const offered = new Map();
  for (const choice of reply.alternatives) offered.set(choice.title, { topic: choice.topic, text: choice.title });
  for (const entry of reply.suggestions) if (!offered.has(entry.label)) offered.set(entry.label, { text: entry.text });
  for (const [label, press] of [...offered].slice(0, 6)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => ask(press.text, label));
    list.append(Object.assign(document.createElement("li"), {}));
    list.lastChild.append(button);
  }
  log.append(element, list);
  element.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
};

const failed = (message) => {
  const element = bubble("reply danger", "auto");
  element.textContent = message || form.dataset.failure;
  log.append(element);
};

const ask = async (text, label) => {
  const said = bubble("said", "auto");
  said.textContent = label || text;
  log.append(said);
  try {
    const response = await fetch("/api/v1/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, language: form.elements.lang.value || null, context: form.elements.context.value || null }),
    });
    const reply = await response.json();
    if (!response.ok) return failed(`${reply.detail} ${reply.helpline}`);
    form.elements.context.value = reply.context || "";
    show(reply);
  } catch {
    failed();
  }
};

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.elements.text.value.trim();
    if (!text) return;
    form.elements.text.value = "";
    ask(text);
  });
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

// Leaving replaces the entry in the history, so that "back" does not return here.
document.querySelector("a.exit")?.addEventListener("click", (event) => {
  event.preventDefault();
  document.documentElement.hidden = true;
  location.replace(event.currentTarget.href);
});
