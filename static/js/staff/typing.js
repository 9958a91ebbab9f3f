// While a name or a number is typed, asks who it may be and shows the answer in the form.
// Without this script, « Chercher » does the same. Nothing is asked while the phone is offline.
const PAUSE = 350;
const NAMES = ["family_name", "given_name", "phone", "organization", "birth_year"];
const place = document.querySelector("[data-typing]");
const form = place?.closest("form");
let waiting, asked, last = "";

const typed = () => {
  const fields = new URLSearchParams();
  for (const name of NAMES) {
    const value = form.elements[name]?.value.trim();
    if (value) fields.set(name, value);
  }
  return fields;
};

async function ask() {
  const fields = typed();
  const enough = `${fields.get("family_name") || ""}${fields.get("given_name") || ""}`.length > 1 ||
    (fields.get("phone") || "").length > 7;
  if (!enough) return place.replaceChildren();
  if (!navigator.onLine || `${fields}` == last) return;
  last = `${fields}`;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(place.dataset.typing, {
      method: "POST", // an address would leave names in the logs
      body: fields,
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      signal: asked.signal,
    });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString((await answer.json()).html, "text/html");
    place.replaceChildren(...page.body.childNodes);
  } catch {
    last = ""; // cut off, or overtaken by the next letter: asked again at the next one
  }
}

form?.addEventListener("input", (event) => {
  if (!NAMES.includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
