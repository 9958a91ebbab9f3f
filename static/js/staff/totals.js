// Adds up a grid of numbers while they are typed; the server adds them up again.
for (const grid of document.querySelectorAll("[data-totals]")) {
  const total = grid.querySelector("[data-total]");
  const add = () => {
    const fields = [...grid.querySelectorAll("input")];
    total.textContent = fields.reduce((sum, field) => sum + (parseInt(field.value, 10) || 0), 0);
  };
  total.closest("[hidden]").hidden = false;
  grid.addEventListener("input", add);
  add();
}
