// The page on the content origin: gives a SCORM package the interface that it looks for, and tells
// the site, and the site only, what the package declares.
const page = document.documentElement.dataset;
const { Scorm12API, Scorm2004API } = await import(page.player);
const is2004 = page.edition === "2004";
const api = is2004 ? new Scorm2004API({ autocommit: false }) : new Scorm12API({ autocommit: false });
window[is2004 ? "API_1484_11" : "API"] = api;

const OUTCOMES = { passed: "PASSED", failed: "FAILED", completed: "COMPLETED" };
const number = (text) => (text === "" || text == null || isNaN(text) ? null : Number(text));
let last = "";

function tell() {
  const core = is2004 ? api.cmi : api.cmi.core;
  const status = is2004
    ? (core.success_status in OUTCOMES ? core.success_status : core.completion_status)
    : core.lesson_status;
  if (!(status in OUTCOMES)) return;
  let score = number(core.score.raw);
  let max = number(core.score.max) ?? (is2004 ? null : 100);
  if (score !== null && max === null) max = 100;
  if (score === null && is2004 && number(core.score.scaled) !== null) {
    [score, max] = [Math.round(number(core.score.scaled) * 100), 100];
  }
  const facts = { outcome: OUTCOMES[status], score, max: score === null ? null : max };
  if (JSON.stringify(facts) === last) return;
  last = JSON.stringify(facts);
  window.parent.postMessage(facts, page.site);
}

for (const name of is2004 ? ["Commit", "Terminate"] : ["LMSCommit", "LMSFinish"]) {
  api.on(name, tell);
}
document.querySelector("iframe").src = page.launch;
