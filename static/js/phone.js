// What this phone keeps, under which keys, and how it leaves: docs/offline.md.
const box = localStorage;
const extra = {}; // no room
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
    const place = line.querySelector('b');
    if (place) place.textContent = words;
  }
};
const left = (copy) => Object.keys(copy.w).length || copy.h || 0;
const unsent = (who) =>
  keys('c', who).reduce((sum, key) => sum + left(read(key)), keys('f', who).length + keys('r', who).length);
const show = (stopped) => {
  const copies = keys('c').map(read);
  const refused = me && [...copies, ...keys('r').map(read)].find((one) => one.e);
  const waits = copies.filter((copy) => copy.h).length;
  const count = unsent();
  if (Object.keys(extra)[0]) say('full');
  else if (refused) say('refused', refused.e);
  else if (!count) say();
  else if (!me || stopped) say('login', count);
  else say(waits ? 'kept' : 'unsent', waits || count);
};

// In order. `went`: the page after each one sent.
const deliver = async (went) => {
  for (const key of [...keys('c'), ...keys('f')]) {
    const it = read(key);
    if (!it || it.e || (it.i && !left(it))) continue;
    const answer = await fetch(it.u || bar.dataset.copies, {
      method: 'POST',
      headers: { 'X-CSRFToken': document.cookie.match(/csrftoken=(\w+)|$/)[1], 'X-Person': me },
      body: it.i
        ? JSON.stringify({ ...it.i, age: (Date.now() - it.s) / 1000, answers: it.w, hand_in: !!it.h })
        : new URLSearchParams(it.b),
    });
    const { status } = answer;
    const now = read(key);
    if ([401, 403, 409].includes(status)) return 1;
    if (!now || status > (it.i ? 299 : 404) && status != 422) continue;
    went[key] = answer.headers.get('Location');
    if (!it.i || went[key]) drop(key);
    else {
      if (status == 422) now.e = await answer.text();
      else for (const n in it.w) if (now.w[n] == it.w[n]) delete now.w[n];
      write(key, now);
    }
  }
  const [roll] = keys('r');
  if (roll) return (await import(read(roll).m)).default();
};
const send = async (event) => {
  const went = {};
  let stopped;
  if (me && unsent()) {
    const go = () => deliver(went);
    stopped = await (navigator.locks?.request('envoi', go) ?? go()).catch(() => {
      if (!event) navigator.serviceWorker?.ready.then((worker) => worker.sync?.register('envoi'));
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
  const feedback = form.parentNode.querySelectorAll(':scope > [data-feedback]');
  for (const one of feedback) one.hidden = one.dataset.feedback != fields.get('choix');
  show();
  const went = await send();
  if (feedback[0]) return document.querySelector(`[href="#${form.parentNode.id}"]`)?.parentNode.remove();
  if (!(key in went)) return form.classList.add('is-kept');
  const next = new URL(went[key] || '', location);
  if (next.pathname != location.pathname) location = next;
  else {
    // What was refused is said at the top.
    history.scrollRestoration = next.hash == '#note' ? 'auto' : 'manual';
    history.replaceState(0, '', next);
    location.reload();
  }
});

const out = document.querySelector('[data-sign-out]');
if (out) {
  const ask = out.querySelector('fieldset');
  const count = () => {
    const lost = ask.querySelector('b').textContent = unsent('');
    ask.hidden = ask.disabled = !lost;
  };
  count();
  ask.querySelector('button').onclick = () => send().then(count);
  out.onsubmit = async (event) => {
    event.preventDefault();
    box.clear();
    for (const name of await window.caches?.keys() || []) await caches.delete(name);
    out.submit();
  };
}

document.cookie = 'js=1;path=/';
if (me) {
  // Unsent answers stay.
  if (read('who') != me) {
    keys('p', '').forEach(drop);
    window.caches?.keys().then((names) => names.map((name) => name[0] == 'p' && caches.delete(name)));
  }
  write('who', me);
  const workers = navigator.serviceWorker;
  if (workers) {
    workers.register(bar.dataset.worker);
    workers.onmessage = send;
  }
}

// A test.
const form = document.querySelector('[data-uuid]');
const copyPage = () => {
  const names = { ...form.dataset };
  const { pathname } = location;
  const key = `${me}/c/${names.participation}/${names.occasion}`;
  const page = 'p' + me;
  // A refusal is tried again here.
  const copy = () => ({ ...(read(key) || { s: Date.now(), p: pathname, i: names, a: {}, w: {} }), e: undefined });
  const begun = copy().i.form;
  if (begun != names.form) {
    if (!location.search) location.replace('?form=' + begun);
    return;
  }
  const items = form.querySelectorAll('fieldset');
  const missing = form.querySelector('[data-left]');
  const draw = () => {
    const { a, h } = copy();
    for (const n in a) form.querySelector(`[name=q${n}][value=${a[n]}]`).checked = true;
    for (const item of items) item.disabled = h;
    form.querySelector('button').hidden = h;
  };
  let timer;

  window.caches?.open(page).then((cache) => cache.put(pathname, new Response(
    '<!DOCTYPE html>' + document.documentElement.outerHTML,
    { headers: { 'Content-Type': 'text/html', 'Content-Security-Policy': "default-src 'self'" } },
  )));
  if (read(key)) write(key, copy());
  draw();
  addEventListener('storage', (event) => (event.key == key && !event.newValue ? location.reload() : draw()));
  addEventListener('sent', async ({ detail }) => {
    if (!detail[key]) return draw();
    await (await caches.open(page)).delete(pathname);
    location = detail[key];
  });

  form.onchange = ({ target }) => {
    const kept = copy();
    kept.a[target.name.slice(1)] = kept.w[target.name.slice(1)] = target.value;
    write(key, kept);
    show();
    timer ||= setTimeout(() => send(timer = 0), 20000);
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    const count = items.length - form.querySelectorAll(':checked').length;
    if (count && missing.hidden) {
      missing.querySelector('b').textContent = count;
      missing.hidden = false;
      return missing.focus();
    }
    write(key, { ...copy(), h: 1 });
    send();
  };
};

// « Emporter ce cours », or the list of what was taken.
const panel = document.querySelector('[data-pack]');
const packPanel = () => {
  const part = (name) => panel.querySelector(`[data-${name}]`);
  const url = panel.dataset.pack;
  if (!url) {
    for (const [title, address] of keys('p').flatMap((key) => read(key).x)) {
      const link = document.createElement('a');
      link.href = address;
      link.textContent = title;
      panel.appendChild(document.createElement('li')).append(link);
    }
    return;
  }
  const key = `${me}/p/${url}`;
  const name = `p${me}${url}`;
  const add = (files) => files.reduce((sum, file) => sum + file[1], 0);
  const size = (files) => (Math.ceil(add(files) / 1e5) / 10).toLocaleString('fr');
  const step = (now) => {
    for (const one of panel.querySelectorAll('[data-when]')) one.hidden = !one.dataset.when.includes(now);
  };
  const rest = () => step(read(key) ? 'taken' : 'new');
  let list;

  panel.onclick = async ({ target }) => {
    const act = target.dataset.act;
    try {
      if (act == 'drop') {
        await caches.delete(name);
        drop(key);
        rest();
      }
      if (act == 'look') {
        list = await (await fetch(url)).json();
        part('size').textContent = size(list.files);
        part('weight').textContent = size(list.heavy);
        step('ready');
        part('big').hidden = !list.heavy[0];
      }
      if (act == 'take') {
        const files = part('big').querySelector('input').checked ? [...list.files, ...list.heavy] : list.files;
        const bar = part('bar');
        bar.max = add(files);
        bar.value = 0;
        step('going');
        const cache = await caches.open(name);
        for (const [address, bytes, ...names] of files) {
          const begun = keys('c').map(read).find((copy) => copy.p == address);
          const answer = await fetch(address + (begun ? '?form=' + begun.i.form : ''));
          if (!answer.ok || answer.redirected) throw 0;
          for (const one of [address, ...names]) await cache.put(one, answer.clone());
          bar.value += bytes;
        }
        write(key, { x: list.pages });
        rest();
      }
    } catch {
      step('failed');
    }
  };
  panel.hidden = !window.caches;
  rest();
};

addEventListener('storage', () => show());
for (const name of ['online', 'visibilitychange']) addEventListener(name, send);
if (form) copyPage();
if (panel) packPanel();
send();
