// What this phone keeps, and how it leaves: docs/offline.md. Keys: person/c/… a copy,
// person/f/… a form to replay, person/p/… a course taken along.
const box = localStorage;
const extra = {}; // what the phone had no room for lives as long as the page
const bar = document.querySelector('[data-phone]');

const read = (key) => extra[key] || JSON.parse(box.getItem(key));
const me = document.documentElement.dataset.person ?? read('who') ?? '';
const keys = (kind, who = me) =>
  Object.keys({ ...box, ...extra }).filter((key) => key.includes(`${who}/${kind}/`)).sort();
const drop = (key) => { delete extra[key]; box.removeItem(key); };
const write = (key, value) => {
  try {
    box.setItem(key, JSON.stringify(value));
    delete extra[key];
  } catch {
    extra[key] = value;
  }
};

const say = (name, words) => {
  bar.hidden = !name;
  for (const line of bar.children) {
    line.hidden = line.dataset.say != name;
    const [place, plural] = line.querySelectorAll('b, i');
    if (place) place.textContent = words;
    if (plural) plural.hidden = words < 2;
  }
};
const left = (copy) => Object.keys(copy.w).length || copy.h || 0;
const unsent = (who) =>
  keys('c', who).reduce((sum, key) => sum + left(read(key)), keys('f', who).length);
const show = (stopped) => {
  const copies = keys('c').map(read);
  const refused = me && copies.find((copy) => copy.e);
  const waits = copies.filter((copy) => copy.h).length;
  const count = unsent();
  if (Object.keys(extra)[0]) say('full');
  else if (refused) say('refused', refused.e);
  else if (!count) say();
  else if (!me || stopped) say('login', count);
  else say(waits ? 'kept' : 'unsent', waits || count);
};

// In order, in one tab at a time. Gives the next page of what was sent.
const deliver = async (went) => {
  for (const key of [...keys('c'), ...keys('f')]) {
    const it = read(key);
    if (!it || it.e || (it.i && !left(it))) continue;
    const answer = await fetch(it.u || bar.dataset.copies, {
      method: 'POST',
      keepalive: true,
      headers: { 'X-CSRFToken': document.cookie.match(/csrftoken=(\w+)|$/)[1], 'X-Person': me },
      body: it.i
        ? JSON.stringify({ ...it.i, age: (Date.now() - it.s) / 1000, answers: it.w, hand_in: !!it.h })
        : new URLSearchParams(it.b),
    });
    const { status } = answer;
    if (status < 300 || status == 404) went[key] = answer.headers.get('Location');
    else if (status != 422) return [401, 403, 409].includes(status);
    const now = read(key);
    if (status == 422) write(key, { ...now, e: await answer.text() });
    else if (!it.i || went[key]) drop(key);
    else if (now) {
      for (const n in it.w) if (now.w[n] == it.w[n]) delete now.w[n];
      write(key, now);
    }
  }
};
const send = async () => {
  const went = {};
  let stopped;
  if (me && unsent()) {
    const go = () => deliver(went);
    stopped = await (navigator.locks?.request('envoi', go) ?? go()).catch(() => {
      navigator.serviceWorker?.ready.then((worker) => worker.sync?.register('envoi'));
    });
  }
  show(stopped);
  dispatchEvent(new CustomEvent('sent', { detail: went }));
  return went;
};

addEventListener('submit', async (event) => {
  const form = event.target;
  if (!me || !form.matches('[data-outbox]')) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  fields.delete('csrfmiddlewaretoken');
  const key = `${me}/f/${Date.now()}`;
  write(key, { u: form.action, b: `${fields}` });
  const went = await send();
  if (!(key in went)) return form.classList.add('is-kept');
  const next = new URL(went[key] || '', location);
  if (next.pathname != location.pathname) location = next;
  else {
    history.replaceState(0, '', next);
    location.reload();
  }
});

const out = document.querySelector('[data-sign-out]');
if (out) {
  const ask = out.querySelector('fieldset');
  const count = () => {
    ask.hidden = ask.disabled = !unsent('');
    ask.querySelector('b').textContent = unsent('');
  };
  count();
  ask.querySelector('button').onclick = () => send().then(count);
  out.onsubmit = async (event) => {
    event.preventDefault();
    box.clear();
    for (const name of await caches.keys()) await caches.delete(name);
    out.submit();
  };
}

document.cookie = 'js=1;path=/;SameSite=Lax';
if (me) {
  // Somebody else's pages do not stay; her unsent answers wait for her.
  if (read('who') != me) {
    keys('p', '').forEach(drop);
    window.caches?.keys().then((names) => names.forEach((name) => /^p/.test(name) && caches.delete(name)));
  }
  write('who', me);
  const workers = navigator.serviceWorker;
  workers?.register(bar.dataset.worker);
  if (workers) workers.onmessage = send;
}
for (const name of ['online', 'storage', 'visibilitychange']) addEventListener(name, send);
send();
for (const part of document.querySelectorAll('[data-module]')) {
  import(part.dataset.module).then((made) => made.default(part, { me, keys, read, write, drop, say, show, send }));
}
