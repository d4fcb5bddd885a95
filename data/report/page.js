// Filters the table of claims. Works on what is on the page already; without scripts the whole table is there.
"use strict";
(function () {
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const form = document.getElementById("filter");
  const count = document.getElementById("count");
  const rows = Array.from(document.querySelectorAll("#claims tbody tr"));
  if (!form || !count) { return; }
  const texts = rows.map((row) => bare(row.textContent));
  const apply = () => {
    const words = bare(form.elements.words.value).split(/\s+/).filter(Boolean);
    const metric = form.elements.metric.value;
    const modality = form.elements.modality.value;
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = words.every((word) => texts[index].includes(word))
        && (!metric || row.dataset.metric === metric) && (!modality || row.dataset.modality === modality);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    count.textContent = String(shown);
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}());
