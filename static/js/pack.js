// « Emporter ce cours », and the list of what was taken.
export default (panel, { me, keys, read, write, drop }) => {
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
  const size = (place, files) => {
    part(place).textContent = (add(files) / 1e6).toLocaleString('fr', { maximumFractionDigits: 1 });
  };
  const step = (now) => {
    for (const one of panel.querySelectorAll('[data-when]')) one.hidden = !one.dataset.when.includes(now);
  };
  const rest = () => step(read(key) ? 'taken' : 'new');
  let list;

  panel.onclick = async ({ target }) => {
    const act = target.dataset.act;
    if (act == 'drop') {
      await caches.delete(name);
      drop(key);
      rest();
    }
    try {
      if (act == 'look') {
        list = await (await fetch(url)).json();
        size('size', list.files);
        size('weight', list.big);
        step('ready');
        part('big').hidden = !list.big[0];
      }
      if (act == 'take') {
        const files = part('big').querySelector('input').checked ? [...list.files, ...list.big] : list.files;
        const bar = part('bar');
        bar.max = add(files);
        bar.value = 0;
        step('going');
        const cache = await caches.open(name);
        for (const [address, bytes] of files) {
          const begun = keys('c').map(read).find((copy) => copy.p == address);
          const answer = await fetch(address + (begun ? '?form=' + begun.i.form : ''));
          if (!answer.ok || answer.redirected) throw 0;
          await cache.put(address, answer);
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
