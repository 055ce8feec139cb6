/* Moves a choice of a ranking up by one place, with all that was typed about it. Without this, people choose anew. */

const controlsOf = (row) => [...row.querySelectorAll("input, select, textarea")];

/* Of two radio buttons of one name only one can be on: all is read before anything is changed. */
function swapRows(row, above) {
  const sides = [controlsOf(row), controlsOf(above)];
  const said = sides.map((controls) => controls.map(({ value, checked }) => ({ value, checked })));
  sides.forEach((controls, side) =>
    controls.forEach((control, at) => {
      const other = said[1 - side][at];
      if (["radio", "checkbox"].includes(control.type)) control.checked = other.checked;
      else control.value = other.value;
    }),
  );
}

for (const ranking of document.querySelectorAll('[data-module="portal-ranking"]')) {
  const rows = [...ranking.querySelectorAll(".entries__row")];
  const status = ranking.querySelector("[role=status]");
  rows.forEach((row, place) => {
    const button = row.querySelector(".entries__up");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const above = rows[place - 1];
      swapRows(row, above);
      const [choice] = controlsOf(above);
      status.textContent = status.dataset.text.replace("{choice}", choice.selectedOptions[0]?.text ?? "");
      (above.querySelector(".entries__up") ?? choice).focus();
    });
  });
}
