// A test on one page: each tap is kept before anything is sent.
export default (form, { me, read, write, show, send }) => {
  const { module, ...names } = form.dataset;
  const { pathname } = location;
  const key = `${me}/c/${names.participation}/${names.occasion}`;
  const page = 'p' + me;
  const copy = () => read(key) || { s: Date.now(), p: pathname, i: names, a: {}, w: {} };
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
    { headers: { 'Content-Type': 'text/html', 'Content-Security-Policy': "default-src 'self' data:" } },
  )));
  draw();
  addEventListener('storage', draw);
  addEventListener('sent', async ({ detail }) => {
    if (!detail[key]) return draw();
    await (await caches.open(page)).delete(pathname);
    location = detail[key];
  });

  form.onchange = ({ target }) => {
    const { e, ...kept } = copy();
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
    const { e, ...kept } = copy();
    write(key, { ...kept, h: 1 });
    send();
  };
};
