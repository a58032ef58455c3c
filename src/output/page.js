"use strict";
// Sorts and filters the tables of a page and chooses their columns. Without it they are plain tables.
const SCALES = { "": 1, "%": 0.01, k: 1e3, m: 1e6, b: 1e9, g: 1e9, t: 1e12, p: 1e15, e: 1e18 };
const SIGN = /^([<>!]=|[<>=~])/;
const QUANTITY = /^[≈$]?\s*(-?(?:\d{1,3}(?:[,_]\d{3})+|\d*)(?:\.\d+)?(?<=\d)(?:e[-+]?\d+)?)\s*([%kmbgtpe]?)\s*(?:flops?|months|[wb×])?(?!\S)/;
const compare = (a, b) => (a < b ? -1 : +(a > b));
const element = (name, properties) => Object.assign(document.createElement(name), properties);
const grouped = ({ length }) => length.toLocaleString("en");

// A text without the marks of figures; then without accents and case.
const unmarked = (text) => text.replace(/[*†‡?≈]/g, "").trim();
const plain = (text) => unmarked(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// The number that is typed as `70B`, `$4.6M`, `564 GB` or `1e25 FLOP`.
function quantity(text) {
  const [all, digits, scale] = QUANTITY.exec(text) ?? [];
  return all == text ? digits.replace(/[,_]/g, "") * SCALES[scale] : NaN;
}

// What a row has in a column, a number or a text; null if it is missing.
function value({ head, isNumber }, row) {
  const { dataset, textContent } = row.cells[head.cellIndex];
  if (dataset.v == "") return null;
  if (!isNumber) return plain(textContent) || null;
  const number = parseFloat(dataset.v ?? unmarked(textContent));
  return isNaN(number) ? null : number;
}

// The test of a comparison, which nothing missing passes; throws a sentence.
function comparison(column, sign, word) {
  const { head, isNumber, kind, keys } = column;
  const bound = quantity(word);
  if (sign == "~") return (row) => value(column, row) != null && plain(row.cells[head.cellIndex].textContent).includes(word);
  if (isNumber && isNaN(bound)) throw `“${word}” is not a number`;
  if (kind == "month" && !/^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/.test(word)) throw `“${word}” is not a month such as 2025-06`;
  if (kind == "mixed" && /[<>]/.test(sign)) throw `${head.textContent} has values of different kinds`;
  // Numbers are compared at the digits typed, and at least at the three that are shown.
  const digits = Math.min(17, Math.max(3, word.replace(/e.*|\D/g, "").length));
  const order = (own) => {
    if (isNumber) return compare(+own.toPrecision(digits), +bound.toPrecision(digits));
    // A year covers its months; a word is one of several, or between the hyphens of a field.
    if (kind == "month") return compare(own.slice(0, word.length), word.slice(0, 7));
    const all = [own, ...own.split(/[,;] /)];
    if (keys.includes("fields")) all.push(...all.flatMap((one) => one.split("-")));
    return all.includes(word) ? 0 : compare(own, word);
  };
  return (row) => {
    const own = value(column, row);
    const is = own != null && order(own);
    return own != null && (sign == "!=") != (is == 0 ? sign.includes("=") : sign[0] == (is < 0 ? "<" : ">"));
  };
}

// The tests of a filter, and how starts of names were read.
function tests(typed, columns) {
  const [all, read] = [[], []];
  let rest = plain(typed.replace(/≠/g, "!="));
  const take = (pattern) => {
    const found = pattern.exec(rest) ?? [""];
    rest = rest.slice(found[0].length).trimStart();
    return found;
  };
  // The column that is named in front of something: by its title, a key or the start of one.
  const named = (after) => {
    const titles = columns.map(({ title }) => title).sort((a, b) => b.length - a.length);
    const name = [...titles, /^"[^"]*"|^[^\s<>=!~"]*/.exec(rest)[0]].find((own) => own && rest.startsWith(own) && after.test(rest.slice(own.length).trimStart()));
    if (!name) return;
    rest = rest.slice(name.length).trimStart();
    const word = name.replaceAll('"', "");
    const fits = [({ title }) => title == word, ({ keys }) => keys.includes(word), ({ title, keys }) => [title, ...keys].some((own) => own.startsWith(word))];
    const found = fits.map((test) => columns.filter(test));
    const some = found.find(({ length }) => length) ?? [];
    const fit = some.map(({ head }) => head.textContent).join(", ");
    if (some.length != 1) throw fit ? `“${word}” could be ${fit}` : `No column is called “${word}”`;
    if (some == found[2]) read.push(`${word}: ${fit}`);
    return some[0];
  };
  while (rest) {
    if (take(/^and(?!\S)/)[0]) continue;
    const [, has] = take(/^(has|missing)\s+(?=[^\s<>=!~])/);
    const column = named(has ? /^/ : SIGN);
    if (has) {
      all.push((row) => (value(column, row) == null) == (has == "missing"));
      continue;
    }
    const [sign] = column ? take(SIGN) : [];
    const [, quoted] = take(/^"([^"]*)"?/);
    const word = quoted ?? ((column?.isNumber && take(QUANTITY)[0].trim()) || take(/^\S*/)[0]);
    if (quoted == null && /^(or|not|in)$|[()≤≥<>=!~]/.test(word)) throw `“${word}” is not known here; in double quotes it is a word`;
    if (!column) all.push((row) => (row.plain ??= plain([...row.cells].map((cell) => cell.textContent).join(" "))).includes(word));
    else if (word) all.push(comparison(column, sign, word));
  }
  return [all, read];
}

// How many rows are shown at first: laying out more takes seconds.
const SHOWN = 2000;

function enhance(section) {
  const body = section.querySelector("tbody");
  const caption = section.querySelector("caption").textContent;
  const columns = [...section.querySelectorAll("thead th")].map((head, i) => {
    const { kind, keys } = head.dataset;
    const isNumber = kind == "number" || !kind && body.querySelector(`:nth-child(${i + 1})[data-v]:not([data-v=""])`);
    return { head, kind, isNumber, title: plain(head.textContent), keys: keys.split(" ").map(plain) };
  });
  // What the address calls a column: several may share a key.
  for (const own of columns) own.name = columns.filter(({ keys }) => keys[0] == own.keys[0]).length > 1 ? own.title : own.keys[0];
  const input = element("input", { type: "search", ariaLabel: `Filter rows of ${caption}`, spellcheck: false });
  const status = element("output", { role: "status" });
  const more = element("button", { onclick: () => draw(Infinity) });
  let rows = [...body.rows];
  let shown = rows;

  function draw(most = SHOWN) {
    const table = body.parentNode;
    // Outside of the page, rows are moved at once.
    body.remove();
    body.replaceChildren(...shown.slice(0, most));
    table.append(body);
    more.textContent = `Show all ${grouped(shown)} rows`;
    more.hidden = shown.length <= most;
  }

  function filter() {
    let [[all, read], wrong] = [[[], []], ""];
    try { [all, read] = tests(input.value, columns); } catch (sentence) { wrong = sentence; }
    shown = rows.filter((row) => all.every((test) => test(row)));
    const count = shown.length == rows.length ? "" : `${grouped(shown)} of `;
    status.className = wrong && "wrong";
    status.textContent = wrong || [`${count}${grouped(rows)} rows`, ...read].join("; ");
    keep(section, "filter", input.value);
  }

  // Stable; what is missing comes last both ways.
  function sort(column, way) {
    const sign = way == "descending" ? -1 : 1;
    const keyed = rows.map((row) => [value(column, row), row]);
    keyed.sort(([a], [b]) => (a == null) - (b == null) || sign * compare(a, b));
    rows = keyed.map(([, row]) => row);
    for (const { head } of columns) head.removeAttribute("aria-sort");
    column.head.ariaSort = way;
    keep(section, "sort", `${column.name}:${way}`);
    filter();
  }
  for (const own of rows.length > 1 ? columns : []) {
    const { head, isNumber, kind } = own;
    if (kind == "mixed") continue;
    const button = element("button");
    button.append(...head.childNodes);
    head.append(button);
    // Numbers and months begin with the largest.
    const [first, then] = isNumber || kind == "month" ? ["descending", "ascending"] : ["ascending", "descending"];
    button.onclick = () => {
      sort(own, head.ariaSort == first ? then : first);
      draw();
      section.querySelector(".box").scrollTop = 0;
    };
  }
  if (rows.length < 8) return;

  const at = columns.findIndex(({ isNumber }) => isNumber);
  const text = ({ cells }) => unmarked(cells[at]?.textContent ?? "");
  const example = rows.find((row) => quantity(plain(text(row))) > 0);
  input.placeholder = `Filter: words${example ? `, ${columns[at].name}>=${text(example)}` : ""}`;
  input.oninput = () => { filter(); draw(); };
  const [choice, fields, style] = [element("details"), element("fieldset"), element("style")];
  choice.append(element("summary", { textContent: "Columns", ariaLabel: `Columns of ${caption}` }), fields);
  for (const { head } of columns) {
    const label = element("label");
    label.append(element("input", { type: "checkbox", checked: true }), " ", head.textContent);
    fields.append(label);
  }
  fields.onchange = () => {
    const boxes = [...fields.querySelectorAll("input")];
    if (!boxes.some(({ checked }) => checked)) boxes[0].checked = true;
    const hidden = boxes.map((own, i) => own.checked ? "" : `#${section.id} tr>:nth-child(${i + 1})`);
    style.textContent = `${hidden.filter(Boolean)}{display:none}`;
  };
  const tools = element("div", { className: "tools" });
  tools.append(input, status, ...(columns.length ? [choice] : []));
  section.prepend(tools, style);
  section.append(more);
  addEventListener("beforeprint", () => draw(Infinity));

  // The address holds the order and the filter of the first such table, so that they can be sent.
  const state = keeper ? new Map() : kept();
  keeper ??= section;
  const [, name, way] = /^(.*):(ascending|descending)$/.exec(state.get("sort")) ?? [];
  const column = columns.find((own) => own.name == name);
  input.value = state.get("filter") ?? "";
  column ? sort(column, way) : filter();
  draw();
}

let keeper;
// An address such as `#after0` is that of a place in the page.
const kept = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
function keep(section, key, text) {
  const state = kept();
  if (section != keeper || (state.get(key) ?? "") == text) return;
  text ? state.set(key, text) : state.delete(key);
  history.replaceState(null, "", `#${state}`);
}
addEventListener("hashchange", () => { if (location.hash.includes("=")) location.reload(); });

// A table that is laid out again and again while it is read takes many times as long.
document.documentElement.className = "growing";
addEventListener("DOMContentLoaded", () => {
  document.documentElement.className = "";
  document.querySelectorAll("main section").forEach(enhance);
});
