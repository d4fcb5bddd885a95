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
  const marks = "figure svg [aria-roledescription=bar], figure svg [aria-roledescription=point], figure svg a";
  const showTip = (event) => {
    const mark = event.target.closest && event.target.closest(marks);
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

  // ---- CSV: an apostrophe before text that a spreadsheet would run, or take for a number (the tables have theirs)
  const harmless = (text) => (/^[=+\-@＝＋－＠]|^[^\p{L}\d]*\d[^\p{L}]*$/u.test(text) ? `'${text}` : text);
  const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const save = (name, columns, rows) => {
    const text = [columns, ...rows].map((row) => row.map(quoted).join(",")).join("\n");
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
  const post = (i, column) => posts[column][claims.post[i]];
  const where = (i) => `${post(i, "title") || post(i, "source")}, ${post(i, "day") || "—"}`;
  const sentence = (i) => `${claims.before[i]}${claims.quote[i]}${claims.after[i]}`;
  const linkTo = (i) => { // as text_fragment of the warehouse makes it
    const url = post(i, "url");
    const fragment = `:~:text=${encodeURIComponent(claims.quote[i]).replace(/-/g, "%2D")}`;
    return url && `${url}${url.includes("#") ? "" : "#"}${fragment}`;
  };
  const texts = claims.id.map((_, i) => bare([claims.subject[i], words[claims.metric[i]], claims.shown[i], sentence(i),
    where(i), post(i, "source")].join(" ")));
  let found = [];

  const quoteOf = (i) => {
    const details = element("details");
    const inside = element("p", `…${claims.before[i]}`);
    inside.append(element("mark", claims.quote[i]), `${claims.after[i]}…`);
    details.append(element("summary", claims.quote[i]), inside);
    return details;
  };
  const sourceOf = (i) => {
    const address = linkTo(i);
    if (!/^https?:\/\//.test(address)) { return where(i); }
    const link = element("a", where(i));
    link.href = address;
    link.rel = "noopener noreferrer";
    return link;
  };
  const rowOf = (i) => {
    const row = element("tr");
    row.id = claims.id[i];
    const modality = element("span", words[claims.modality[i]], `tag ${claims.modality[i]}`);
    const cells = [claims.subject[i], words[claims.metric[i]], claims.shown[i], modality, quoteOf(i), sourceOf(i)];
    for (const content of cells) {
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
      && (!metric.value || claims.metric[i] === metric.value)
      && (!modality.value || claims.modality[i] === modality.value));
    if (sort.value === "largest") { found.sort((a, b) => claims.value[b] - claims.value[a] || a - b); }
    body.replaceChildren();
    showMore(50);
    const grouped = found.length.toLocaleString(document.documentElement.lang, { useGrouping: "always" });
    count.textContent = `${grouped} ${words.shown}`;
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
  const COLUMNS = {
    published_on: (i) => post(i, "day"), value: (i) => String(claims.value[i]),
    subject: (i) => harmless(claims.subject[i]), metric: (i) => claims.metric[i],
    shown: (i) => harmless(claims.shown[i]), modality: (i) => claims.modality[i],
    quote: (i) => harmless(claims.quote[i]), sentence: (i) => harmless(sentence(i).replace(/\s+/g, " ").trim()),
    source: (i) => post(i, "source"), title: (i) => harmless(post(i, "title")), link: linkTo,
  };
  const rowFor = (i) => Object.values(COLUMNS).map((value) => value(i));
  byId("save").addEventListener("click", () => save("claims", Object.keys(COLUMNS), found.map(rowFor)));
  window.addEventListener("hashchange", open);
  form.hidden = false;
  byId("save").hidden = false;
  filter();
  performance.mark("filled");
  open();
}());
