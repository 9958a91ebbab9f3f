// The typing screen of paper copies: counts the letters while one types, says which question is
// wrong, goes to the next line on Enter and to a line by its code. Without it, Enter saves.
const BLANKS = '.-_?0*';
const form = document.querySelector('[data-typed-copies]');
const lines = form ? [...form.querySelectorAll('input[data-letters]')] : [];
let isSaving = false;

const signsOf = (text) => [...text.toUpperCase()].filter((sign) => !/[\s,;/|]/.test(sign));

// « B: » names the other form: its letters are the server's to check.
const split = (text) => {
    const found = /^\s*([a-z])\s*:(.*)$/i.exec(text);
    return found ? [found[1].toUpperCase(), found[2]] : ['', text];
};

const told = (line) => {
    const letters = line.dataset.letters.split(' ');
    const [other, rest] = split(line.value);
    const signs = signsOf(rest);
    const wrong = other ? [] : signs.slice(0, letters.length).flatMap((sign, rank) =>
        letters[rank].includes(sign) || BLANKS.includes(sign) ? [] : [`${rank + 1} (${sign})`]);
    const count = `${other ? `${other} : ` : ''}${signs.length}/${letters.length}`;
    const isWhole = signs.length === letters.length && !wrong.length;
    return { count, wrong, isWhole, isEmpty: !signs.length, isLong: signs.length > letters.length };
};

const show = (line) => {
    const { count, wrong, isWhole, isLong } = told(line);
    const output = line.parentElement.querySelector('output');
    const faults = wrong.length ? ` · à revoir : ${wrong.slice(0, 5).join(', ')}` : '';
    output.textContent = `${count}${isWhole ? ' ✓' : ''}${isLong ? ' · trop de lettres' : ''}${faults}`;
    line.toggleAttribute('aria-invalid', Boolean(wrong.length) || isLong);
};

const save = () => {
    isSaving = true;
    form.requestSubmit();
};

const next = (line) => {
    const state = told(line);
    if (!state.isEmpty && !state.isWhole) {
        show(line);
        line.select();
        return;
    }
    const following = lines[lines.indexOf(line) + 1];
    if (following) following.focus();
    else form.querySelector('button[type=submit]').focus();
};

for (const line of lines) {
    if (line.value) show(line);
    line.addEventListener('input', () => show(line));
    line.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') {
            event.preventDefault();
            if (event.ctrlKey || event.metaKey) save();
            else next(line);
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            const other = lines[lines.indexOf(line) + (event.key === 'ArrowDown' ? 1 : -1)];
            if (other) {
                event.preventDefault();
                other.focus();
            }
        }
    });
}

form?.addEventListener('submit', () => { isSaving = true; });
form?.querySelector('[data-keys]')?.removeAttribute('hidden');
addEventListener('beforeunload', (event) => {
    if (!isSaving && lines.some((line) => line.value !== line.defaultValue)) event.preventDefault();
});

const jump = document.querySelector('[data-jump]');
jump?.addEventListener('submit', (event) => {
    event.preventDefault();
    const sought = jump.elements.code.value.toUpperCase().replace(/[\s.-]/g, '');
    const row = [...form.querySelectorAll('[data-code]')]
        .find((one) => one.dataset.code.replace('-', '') === sought);
    document.querySelector('[data-jump-refused]').hidden = Boolean(row);
    if (!row) {
        jump.elements.code.select();
        return;
    }
    jump.elements.code.value = '';
    row.focus();
});
