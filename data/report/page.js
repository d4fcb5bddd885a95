// Fills and filters the table of claims, shows the data behind the charts, and tells what a mark of a chart says.
// Text goes into the page as text, never as markup.
"use strict";
(async function () {
  const byId = (id) => document.getElementById(id);
  const words = JSON.parse(byId("labels").textContent);
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) { made.textContent = text; }
    if (className) { made.className = className; }
    return made;
  };
  const button = (text, onClick) => {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", onClick);
    return made;
  };

  // ---- what a mark says, by pointer and by keyboard
  const tip = byId("tip");
  const showTip = (event) => {
    const mark = event.target.closest && (event.target.closest("figure svg [role=graphics-symbol][aria-roledescription=bar], figure svg [role=graphics-symbol][aria-roledescription=point]")
      || (event.target.matches("figure svg a") && event.target.querySelector("[aria-label]")));
    tip.hidden = !mark;
    if (!mark) { return; }
    tip.textContent = mark.getAttribute("aria-label");
    const place = mark.getBoundingClientRect();
    const left = Math.min(Math.max(place.left, 8), window.innerWidth - tip.offsetWidth - 8);
    const above = place.top - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(left, 8)}px`;
    tip.style.top = `${above > 0 ? above : place.bottom + 8}px`;
  };
  document.addEventListener("pointerover", showTip);
  document.addEventListener("focusin", showTip);
  document.addEventListener("focusout", () => { tip.hidden = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { tip.hidden = true; } });
  for (const link of document.querySelectorAll("figure svg a")) {
    link.setAttribute("aria-label", link.querySelector("[aria-label]").getAttribute("aria-label"));
  }

  // ---- the data
  const count = byId("count");
  if (!("DecompressionStream" in window)) { count.textContent = words.old_browser; return; }
  const bytes = Uint8Array.from(atob(byId("packed").textContent), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const { claims, posts, tables } = await new Response(stream).json();

  // ---- CSV: quoted where needed; an apostrophe before what a spreadsheet would run
  const harmless = (text) => (/^[=+\-@＝＋－＠]/.test(text) && !/^-?[0-9.]+$/.test(text) ? `'${text}` : text);
  const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const save = (name, columns, rows) => {
    const text = [columns, ...rows].map((row) => row.map((cell) => quoted(harmless(cell))).join(",")).join("\n");
    const link = element("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\n"], { type: "text/csv;charset=utf-8" }));
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // ---- the data behind a chart
  const fillData = (details) => {
    const { columns, rows } = tables[details.dataset.table];
    const table = element("table");
    const line = (cells, name) => {
      const row = element("tr");
      row.append(...cells.map((cell) => element(name, cell)));
      return row;
    };
    table.append(line(columns, "th"), ...rows.map((row) => line(row, "td")));
    const box = element("div");
    box.tabIndex = 0;
    box.append(table);
    details.append(button(words.save, () => save(details.dataset.table, columns, rows)), box);
  };
  for (const details of document.querySelectorAll("details.data")) {
    details.addEventListener("toggle", () => fillData(details), { once: true });
  }

  // ---- the table of claims
  const form = byId("filter");
  const body = document.querySelector("#claims tbody");
  const more = byId("more");
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const url = (i) => posts.url[claims.post[i]];
  const where = (i) => `${posts.title[claims.post[i]] || posts.source[claims.post[i]]}, ${posts.day[claims.post[i]] || "—"}`;
  const sentence = (i) => `${claims.before[i]}${claims.quote[i]}${claims.after[i]}`;
  const linkTo = (i) => `${url(i)}${url(i).includes("#") ? "" : "#"}:~:text=${encodeURIComponent(claims.quote[i]).replace(/-/g, "%2D")}`;
  const texts = claims.id.map((_, i) => bare([claims.subject[i], words[claims.metric[i]], claims.shown[i], sentence(i), where(i), posts.source[claims.post[i]]].join(" ")));
  let found = [];

  const quoteOf = (i) => {
    const details = element("details");
    const inside = element("p", `…${claims.before[i]}`);
    inside.append(element("mark", claims.quote[i]), `${claims.after[i]}…`);
    details.append(element("summary", claims.quote[i]), inside);
    return details;
  };
  const sourceOf = (i) => {
    if (!/^https?:\/\//.test(url(i))) { return where(i); }
    const link = element("a", where(i));
    link.href = linkTo(i);
    link.rel = "noopener noreferrer";
    return link;
  };
  const rowOf = (i) => {
    const row = element("tr");
    row.id = claims.id[i];
    const modality = element("span", words[claims.modality[i]], `tag ${claims.modality[i]}`);
    for (const content of [claims.subject[i], words[claims.metric[i]], claims.shown[i], modality, quoteOf(i), sourceOf(i)]) {
      const cell = element("td");
      cell.append(content);
      row.append(cell);
    }
    return row;
  };
  const showMore = (most) => {
    const from = body.children.length;
    body.append(...found.slice(from, from + most).map(rowOf));
    more.hidden = body.children.length >= found.length;
  };
  const filter = () => {
    const wanted = bare(form.elements.words.value).split(/\s+/).filter(Boolean);
    const { metric, modality, sort } = form.elements;
    found = [...claims.id.keys()].filter((i) => wanted.every((word) => texts[i].includes(word))
      && (!metric.value || claims.metric[i] === metric.value) && (!modality.value || claims.modality[i] === modality.value));
    if (sort.value === "largest") { found.sort((a, b) => claims.value[b] - claims.value[a] || a - b); }
    body.replaceChildren();
    showMore(50);
    count.textContent = `${found.length.toLocaleString(document.documentElement.lang, { useGrouping: "always" })} ${words.shown}`;
  };
  const clear = () => {
    form.elements.words.value = "";
    form.querySelectorAll("select").forEach((select) => { select.selectedIndex = 0; });
    filter();
  };
  const open = () => {
    const at = claims.id.indexOf(decodeURIComponent(location.hash.slice(1)));
    if (at < 0) { return; }
    if (!found.includes(at)) { clear(); }
    showMore(Math.max(found.indexOf(at) + 1 - body.children.length, 0));
    const row = byId(claims.id[at]);
    row.querySelector("details").open = true;
    document.querySelectorAll("tr.found").forEach((each) => each.classList.remove("found"));
    row.classList.add("found");
    row.scrollIntoView({ block: "center" });
    row.querySelector("summary").focus({ preventScroll: true });
  };

  form.addEventListener("input", filter);
  byId("clear").addEventListener("click", clear);
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => showMore(200));
  byId("save").addEventListener("click", () => save(
    "claims", ["published_on", "subject", "metric", "value", "shown", "modality", "quote", "sentence", "source", "title", "link"],
    found.map((i) => [posts.day[claims.post[i]], claims.subject[i], claims.metric[i], String(claims.value[i]), claims.shown[i],
      claims.modality[i], claims.quote[i], sentence(i).replace(/\s+/g, " "), posts.source[claims.post[i]], posts.title[claims.post[i]],
      url(i) && linkTo(i)])));
  window.addEventListener("hashchange", open);
  form.hidden = false;
  byId("save").hidden = false;
  filter();
  performance.mark("filled");
  open();
}());
