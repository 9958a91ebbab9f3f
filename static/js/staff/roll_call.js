// The roll call on a phone: kept at each tap, sent once. phone.js calls what this exports. docs/offline.md.
const whole = document.documentElement.cloneNode(true);
whole.querySelector('.messages')?.remove(); // said once
const box = localStorage;
const me = document.documentElement.dataset.person;
const root = document.querySelector('[data-roll]');
const extra = {}; // no room on this phone

const keys = () => Object.keys({ ...box, ...extra }).filter((key) => key.startsWith(`${me}/r/`)).sort();
const read = (key) => extra[key] || JSON.parse(box.getItem(key));
const drop = (key) => { delete extra[key]; box.removeItem(key); };
const write = (key, value) => {
  try {
    box.setItem(key, JSON.stringify(value));
    delete extra[key];
  } catch {
    extra[key] = value;
  }
};

// What left since the page was made: { made, items }, beside the page.
const pathOf = (url) => url.replace('appel/envoi/', '');
const shelf = async (url, change) => {
  if (!window.caches) return;
  const cache = await caches.open('p' + me + pathOf(url));
  const known = await (await cache.match(url))?.json();
  await change(cache, known || { items: [] });
};

let gone = [];
let ready;
let draw = () => 0;

// In the order of the taps. True when the person must sign in.
export default async () => {
  await ready;
  for (const url of new Set(keys().map((key) => read(key).u))) {
    for (;;) {
      const batch = keys().filter((key) => read(key).u == url && !read(key).e).slice(0, 100);
      if (!batch[0]) break;
      for (const key of batch) write(key, { ...read(key), t: 1 });
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-CSRFToken': document.cookie.match(/csrftoken=(\w+)|$/)[1],
          'X-Person': me,
        },
        body: JSON.stringify({ items: batch.map((key) => read(key).d) }),
      });
      if ([401, 403, 409].includes(answer.status)) return 1;
      if (![200, 404].includes(answer.status)) break; // 404 says why too
      const { items } = await answer.json();
      const kept = batch.filter((key) => read(key) && !items[read(key).d.id].no);
      const left = kept.map((key) => ({ ...read(key).d, ...items[read(key).d.id] }));
      await shelf(url, (cache, known) => cache.put(url, new Response(
        JSON.stringify({ ...known, items: known.items.concat(left) }),
      )));
      if (root?.dataset.roll == url) gone = gone.concat(left);
      for (const key of batch) {
        if (kept.includes(key)) drop(key);
        else if (read(key)) write(key, { ...read(key), e: items[read(key).d.id].no });
      }
      draw();
    }
  }
};

const uid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return [...bytes].map((one) => one.toString(16).padStart(2, 0)).join('')
    .replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

const page = () => {
  const url = root.dataset.roll;
  const words = root.dataset;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const links = document.querySelectorAll('[data-slot]');
  const list = root.querySelector('.roll-call');
  let slot = words.now;
  let said = {};
  let timer;
  let rank = 0;

  ready = shelf(url, async (cache, known) => {
    if (known.made == words.made) gone = known.items;
    else await cache.put(url, new Response(JSON.stringify({ made: words.made, items: [] })));
    await cache.put(location.pathname, new Response('<!DOCTYPE html>' + whole.outerHTML, {
      headers: { 'Content-Type': 'text/html', 'Content-Security-Policy': "default-src 'self'" },
    }));
    await cache.add(import.meta.url);
    write(`${me}/p/${words.title}`, { x: [[words.title, location.pathname]] });
    find('stored').hidden = false;
  }).catch(() => 0).then(() => draw());

  const send = () => dispatchEvent(new Event('online'));
  const put = (item) => {
    write(`${me}/r/${Date.now() * 1000 + rank++ % 1000}/${item.id}`, { u: url, m: import.meta.url, d: item });
    clearTimeout(timer);
    timer = setTimeout(send, 15000);
  };
  const rowOf = (who) => [...list.children].find((row) => row.dataset.who == who);
  const nameOf = (who) => rowOf(who)?.querySelector('strong').textContent || '';
  const answer = (who, half = slot) => {
    const all = new Set(Object.values(said[`${who}/${half}`] || {}));
    return all.size == 2 ? 'both' : [...all][0];
  };
  const own = () => keys().filter((key) => read(key).u == url);

  const addRow = ({ id, family_name, given_name, organization }) => {
    const row = find('blank').content.firstElementChild.cloneNode(true);
    row.dataset.who = id;
    row.querySelector('strong').textContent = `${given_name} ${family_name}`;
    row.querySelector('small').textContent = organization;
    for (const radio of row.querySelectorAll('[type=radio]')) radio.name = 'mark-' + id;
    list.append(row);
  };

  const showRefused = (bad) => {
    find('refused').hidden = !bad[0];
    find('refused').querySelector('ul').replaceChildren(...bad.map((key) => {
      const { d, e } = read(key);
      const line = find('refused-line').content.firstElementChild.cloneNode(true);
      line.dataset.key = key;
      line.querySelector('span').textContent = `${d.family_name || nameOf(d.who)} : ${e}`;
      return line;
    }));
  };

  draw = () => {
    const waiting = own().filter((key) => !read(key).e);
    const items = [...gone, ...waiting.map((key) => read(key).d)];
    const note = {};
    const joined = {};
    said = {};
    for (const one of items) if (one.family_name && !rowOf(one.id)) addRow(one);
    for (const row of list.children) {
      for (const mark of (row.dataset.log || '').split(' ').filter(Boolean)) {
        const [half, id, here] = mark.split(':');
        (said[`${row.dataset.who}/${half}`] ||= {})[id] = here == 1;
      }
    }
    for (const { id, who, slot: half, here, voids, note: text } of items) {
      if (!who) {
        joined[id] = text;
        continue;
      }
      const pair = said[`${who}/${half}`] ||= {};
      for (const one of voids) delete pair[one];
      pair[id] = here;
      note[`${who}/${half}`] = text;
    }
    for (const key of waiting) note[`${read(key).d.who}/${read(key).d.slot}`] = words.wait;
    const count = { true: 0, false: 0, undefined: 0, both: 0 };
    for (const row of list.children) {
      const { who } = row.dataset;
      const now = answer(who);
      count[now]++;
      for (const radio of row.querySelectorAll('[type=radio]')) radio.checked = now === (radio.value == 'present');
      row.querySelector('[data-note]').textContent = now == 'both'
        ? words.clash : note[`${who}/${slot}`] || joined[who] || '';
    }
    for (const name in count) find(`n="${name}"`).textContent = count[name];
    find('n="wait"').textContent = waiting.length;
    find('send').hidden = !waiting[0];
    find('both').hidden = !count.both;
    for (const link of links) {
      const here = [...list.children].filter((row) => answer(row.dataset.who, link.dataset.slot) === true);
      link.toggleAttribute('aria-current', link.dataset.slot == slot);
      if (link.dataset.slot == slot) {
        link.setAttribute('aria-current', 'page');
        find('half').textContent = link.dataset.label;
      }
      if (here[0]) link.querySelector('span').textContent = words.here + here.length;
    }
    showRefused(own().filter((key) => read(key).e));
    find('full').hidden = !Object.keys(extra)[0];
    dispatchEvent(new Event('storage'));
  };

  const ask = (who) => new Promise((done) => {
    const why = find('why');
    why.querySelector('strong').textContent = nameOf(who);
    if (!why.showModal) return done(prompt(why.innerText));
    why.returnValue = '';
    why.onclose = () => done(why.returnValue == 'text' ? why.querySelector('input').value.trim() : why.returnValue);
    why.showModal();
  });
  // Before it leaves, a slip of the finger needs no reason; after, it does.
  const mark = async (who, here, scan) => {
    for (const key of own()) {
      const { t, e, d } = read(key);
      if (!t && !e && d.who == who && d.slot == slot) drop(key);
    }
    draw();
    if (answer(who) === here) return;
    const pair = said[`${who}/${slot}`] || {};
    const voids = Object.keys(pair).filter((id) => pair[id] != here);
    const why = voids[0] ? await ask(who) : '';
    if (!voids[0] || why) {
      put({ id: uid(), who: +who || who, slot: +slot, here, at: Date.now(), voids, why, scan });
    }
    draw();
  };

  const scanner = find('scan');
  let last;
  const found = (text, typed) => {
    const code = text.toUpperCase().replace(/[^A-Z\d]/g, '');
    if (!code || code == last && !typed) return;
    last = typed ? last : code;
    const row = [...list.children].find((one) => one.dataset.code?.replace('-', '') == code);
    scanner.querySelector('[role=status]').textContent = row
      ? `${nameOf(row.dataset.who)} ${words.seen}` : `${words.unknown} ${text}`;
    navigator.vibrate?.(row ? 80 : 400);
    if (row) mark(row.dataset.who, true, true);
  };
  const film = async () => {
    const video = scanner.querySelector('video');
    last = '';
    scanner.showModal();
    if (!window.BarcodeDetector) return;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const detector = new BarcodeDetector({ formats: ['qr_code'] });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      while (scanner.open) {
        for (const { rawValue } of await detector.detect(video)) found(rawValue);
        await new Promise((next) => setTimeout(next, 200));
      }
      for (const track of stream.getTracks()) track.stop();
    } catch {
      video.hidden = true;
    }
  };
  scanner.querySelector('form').onsubmit = (event) => {
    if (event.submitter?.value) return;
    event.preventDefault();
    found(event.target.code.value, true);
    event.target.reset();
  };

  const joins = find('walk-in');
  joins.onsubmit = (event) => {
    event.preventDefault();
    const id = uid();
    const at = Date.now();
    put({ ...Object.fromEntries(new FormData(joins)), id, at });
    put({ id: uid(), who: id, slot: +slot, here: true, at, voids: [], why: '' });
    joins.reset();
    joins.closest('details').open = false;
    draw();
    rowOf(id).scrollIntoView({ block: 'center' });
  };

  root.onchange = ({ target }) => mark(target.closest('li').dataset.who, target.value == 'present');
  root.onsubmit = (event) => event.preventDefault();
  document.addEventListener('click', (event) => {
    const { act } = event.target.dataset;
    const half = event.target.closest('[data-slot]');
    const key = event.target.closest('[data-key]')?.dataset.key;
    if (half) {
      event.preventDefault();
      slot = half.dataset.slot;
      history.replaceState(0, '', half.href);
    } else if (act == 'all') {
      for (const { dataset: { who } } of list.children) {
        if (answer(who) === undefined) {
          put({ id: uid(), who: +who || who, slot: +slot, here: true, at: Date.now(), voids: [], why: '' });
        }
      }
    } else if (act == 'retry') write(key, { ...read(key), e: undefined });
    else if (act == 'drop') drop(key);
    else if (act == 'scan') return film();
    else if (!act) return;
    draw();
    if (act == 'send' || act == 'retry') send();
  });
  addEventListener('storage', (event) => event.key && draw());
  const asked = new URLSearchParams(location.search).get('seance');
  for (const link of links) {
    if (link.dataset.position == asked) slot = link.dataset.slot;
  }
  for (const one of document.querySelectorAll('[data-live]')) one.hidden = false;
  for (const one of document.querySelectorAll('[data-plain]')) one.hidden = true;
  draw();
};

if (root && me) page();
