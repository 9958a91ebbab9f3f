// A signed sheet typed with the keyboard alone: a sign goes to the next box, Enter to the next row.
const sheet = document.querySelector('[data-sheet]');
const said = sheet.querySelector('[data-said]');
const rows = [...sheet.querySelectorAll('[data-row]')];
const fields = (row) => [...row.querySelectorAll('input:not([type=hidden]), select')];

const go = (row, place = 0) => {
  const field = row && fields(row)[place];
  if (!field) return;
  field.focus();
  field.select?.();
  field.scrollIntoView({ block: 'nearest' });
};

sheet.addEventListener('input', ({ target }) => {
  if (!target.matches('[data-box]')) return;
  const sign = target.value.trim();
  said.textContent = '';
  if (sign && !/^[10pa]$/i.test(sign)) {
    said.textContent = `${target.getAttribute('aria-label') || ''} : « ${sign} » ${said.dataset.unread}`;
    target.value = '';
    return;
  }
  const row = target.closest('[data-row]');
  const place = fields(row).indexOf(target);
  if (sign && fields(row)[place + 1]) go(row, place + 1);
});

sheet.addEventListener('keydown', (event) => {
  const { key, target } = event;
  const row = target.closest('[data-row]');
  if (key == 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    sheet.requestSubmit();
    return;
  }
  if (!row) return;
  const at = rows.indexOf(row);
  const place = fields(row).indexOf(target);
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (key == 'Enter') {
    event.preventDefault();
    // Where facts are typed, Enter goes from field to field.
    if (row.matches('fieldset') && fields(row)[place + 1]) go(row, place + 1);
    else go(rows[at + 1]);
  } else if (step && target.matches('[data-box]')) {
    event.preventDefault();
    go(rows[at + step], row.matches('fieldset') ? 0 : place);
  }
});

sheet.addEventListener('focusin', ({ target }) => target.matches('[data-box]') && target.select());

const find = document.querySelector('[data-find]');
find.onsubmit = (event) => {
  const plain = (text) => text.toUpperCase().replace(/[^A-Z\d]/g, '');
  const row = rows.find((one) => plain(one.dataset.code || '') == plain(find.code.value));
  event.preventDefault(); // what is typed in the sheet stays
  said.textContent = row ? '' : `${find.dataset.unknown} ${find.code.value}`;
  go(row);
};
