// Leave this page quickly, as the GOV.UK "exit this page" component does: the page is blanked first, then the neutral site
// takes this page's place in the history. Shift pressed three times does the same from anywhere.
"use strict";

const button = document.querySelector("#exit");

if (button) {
  const PRESSES = 3;
  const FORGET_AFTER = 5000; // milliseconds between two presses
  let presses = 0;
  let held = false;
  let timer = 0;

  const spoken = document.createElement("span");
  spoken.setAttribute("role", "status");
  spoken.className = "visually-hidden";
  button.after(spoken);

  const dots = document.createElement("span");
  dots.className = "exit-dots";
  dots.setAttribute("aria-hidden", "true");
  dots.append(...Array.from({ length: PRESSES }, () => document.createElement("i")));
  dots.hidden = true;
  button.append(dots);

  const forget = () => {
    presses = 0;
    dots.hidden = true;
    spoken.textContent = "";
    for (const dot of dots.children) dot.className = "";
  };

  const leave = () => {
    clearTimeout(timer);
    const address = button.href;
    const cover = document.createElement("div");
    cover.className = "exit-cover";
    cover.setAttribute("role", "alert");
    cover.textContent = button.dataset.exiting;
    document.body.replaceChildren(cover);
    document.title = button.dataset.exiting;
    location.replace(address);
  };

  button.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      // Shift with another key is writing, not leaving.
      held = true;
      return;
    }
    if (event.repeat) return;
    held = false;
  });

  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || held) return;
    presses += 1;
    clearTimeout(timer);
    if (presses >= PRESSES) return leave();
    dots.hidden = false;
    dots.children[presses - 1].className = "on";
    spoken.textContent = presses === 1 ? button.dataset.twoMore : button.dataset.oneMore;
    timer = setTimeout(forget, FORGET_AFTER);
  });

  // Coming back by the browser's "back" must not show what was here.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
