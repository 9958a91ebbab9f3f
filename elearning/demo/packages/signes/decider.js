// A SCORM 1.2 package of one page: two decisions, then a score.
const api = window.parent.API;
const cards = [...document.querySelectorAll("fieldset")];
let score = 0;
let left = cards.length;

api.LMSInitialize("");
for (const card of cards) {
  const buttons = [...card.querySelectorAll("button")];
  buttons.forEach((button, rank) => {
    button.addEventListener("click", () => {
      const isRight = rank === Number(card.dataset.right);
      for (const one of buttons) one.disabled = true;
      card.querySelector("p").textContent = isRight
        ? "Juste."
        : `La leçon conseille : ${buttons[card.dataset.right].textContent.toLowerCase()}.`;
      score += isRight ? 1 : 0;
      left -= 1;
      if (!left) finish();
    });
  });
}

function finish() {
  api.LMSSetValue("cmi.core.score.min", "0");
  api.LMSSetValue("cmi.core.score.max", String(cards.length));
  api.LMSSetValue("cmi.core.score.raw", String(score));
  api.LMSSetValue("cmi.core.lesson_status", score === cards.length ? "passed" : "failed");
  api.LMSFinish("");
}
