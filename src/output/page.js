"use strict";
// Sorts and filters the tables of a page and chooses their columns. Without it they are plain tables.
const SCALES = { "": 1, "%": 0.01, k: 1e3, m: 1e6, b: 1e9, g: 1e9, t: 1e12, p: 1e15, e: 1e18 };
const SIGNS = { "=": (o) => o == 0, "!=": (o) => o != 0, "<": (o) => o < 0, "<=": (o) => o <= 0, ">": (o) => o > 0, ">=": (o) => o >= 0 };
const compare = (a, b) => (a < b ? -1 : +(a > b));
const element = (name, properties) => Object.assign(document.createElement(name), properties);

// A text without the marks of figures, accents and case.
const plain = (text) => text.replace(/[*†‡?≈]/g, "").normalize("NFKD").replace(/\p{M}/gu, "").trim().toLowerCase();

// The number that a text begins with, such as `70B`, `$4.6M`, `564 GB` or `1e25 FLOP`.
function quantity(text) {
  const [, digits, scale] = /^[≈$<>]*([\d.,_]+(?:e[+-]?\d+)?)\s*([kmbgtpe%]?)/i.exec(text.trim()) ?? [];
  return digits ? digits.replace(/[,_]/g, "") * SCALES[scale.toLowerCase()] : NaN;
}

// What a row has under a title, a number or a text; null if it is missing.
function value(head, row) {
  const { dataset, textContent } = row.cells[head.cellIndex];
  if (dataset.v == "") return null;
  if (head.dataset.kind != "number") return plain(textContent) || null;
  const number = dataset.v ? +dataset.v : quantity(textContent);
  return isNaN(number) ? null : number;
}

// The test of a comparison, which nothing missing passes; throws a sentence.
function comparison(head, sign, typed) {
  const [word, bound, { kind }] = [plain(typed), quantity(typed), head.dataset];
  if (kind == "number" && sign != "~" && isNaN(bound)) throw `“${typed}” is not a number`;
  // Numbers are compared at the digits typed, and at least at the three that are shown.
  const digits = Math.min(17, Math.max(3, typed.replace(/e.*|\D/gi, "").length));
  const order = (own) => {
    if (kind == "number") return compare(+own.toPrecision(digits), +bound.toPrecision(digits));
    // A year covers its months; a word is one of several, or between hyphens.
    if (kind == "month") return compare(own.slice(0, word.length), word.slice(0, 7));
    return own.split(", ").some((one) => one == word || one.split("-").includes(word)) ? 0 : compare(own, word);
  };
  return (row) => {
    const own = value(head, row);
    return own != null && (sign == "~" ? plain(row.cells[head.cellIndex].textContent).includes(word) : SIGNS[sign](order(own)));
  };
}

// The tests of a filter: words, and comparisons with a column, by its title or a key or their start.
function tests(typed, heads) {
  const parts = typed.replace(/\s*(<=|>=|!=|[<>=~])\s*/g, "$1").match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  return parts.filter((part) => part != "and").map((part) => {
    const [, name, sign, right] = /^([^<>=!~]+)(<=|>=|!=|[<>=~])(.*)$/.exec(part.replaceAll('"', "")) ?? [];
    if (!name) {
      const word = plain(part.replaceAll('"', ""));
      return (row) => (row.plain ??= plain([...row.cells].map((cell) => cell.textContent).join(" "))).includes(word);
    }
    const named = (is) => heads.find((head) => [plain(head.textContent), ...head.dataset.keys.split(" ")].some(is));
    const head = named((own) => own == plain(name)) ?? named((own) => own.startsWith(plain(name)));
    if (!head) throw `No column is called “${name}”`;
    return right ? comparison(head, sign, right) : () => true;
  });
}

// How many rows are shown at first: laying out more takes seconds.
const SHOWN = 2000;

function enhance(section) {
  const body = section.querySelector("tbody");
  const heads = [...section.querySelectorAll("th")];
  const input = element("input", { type: "search", ariaLabel: "Filter rows", spellcheck: false });
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
    more.textContent = `Show all ${shown.length.toLocaleString("en")} rows`;
    more.hidden = shown.length <= most;
  }

  function filter() {
    let [all, wrong] = [[], ""];
    try { all = tests(input.value, heads); } catch (sentence) { wrong = sentence; }
    shown = rows.filter((row) => all.every((test) => test(row)));
    const [some, every] = [shown, rows].map(({ length }) => length.toLocaleString("en"));
    status.className = wrong && "wrong";
    status.textContent = wrong || (some == every ? `${every} rows` : `${some} of ${every} rows`);
    keep(section, "filter", input.value);
  }

  // Stable; what is missing comes last both ways.
  function sort(head, way) {
    const sign = way == "descending" ? -1 : 1;
    const keyed = rows.map((row) => [value(head, row), row]);
    keyed.sort(([a], [b]) => (a == null) - (b == null) || sign * compare(a, b));
    rows = keyed.map(([, row]) => row);
    for (const other of heads) other.removeAttribute("aria-sort");
    head.ariaSort = way;
    keep(section, "sort", `${head.dataset.keys.split(" ")[0]}:${way}`);
    filter();
  }
  for (const head of rows.length > 1 ? heads : []) {
    const name = head.textContent || head.dataset.keys;
    const button = element("button", { ariaLabel: name });
    button.append(...head.childNodes);
    head.append(button);
    // Numbers and months begin with the largest.
    const [first, then] = head.dataset.kind ? ["descending", "ascending"] : ["ascending", "descending"];
    button.onclick = () => { sort(head, head.ariaSort == first ? then : first); draw(); };
  }
  if (rows.length < 8) return;

  const number = heads.find((head) => head.dataset.kind == "number");
  const example = number && rows.map((row) => row.cells[number.cellIndex].textContent).find((text) => /^\d/.test(text));
  input.placeholder = `Filter: words${example ? `, ${number.dataset.keys.split(" ")[0]}>=${plain(example)}` : ""}`;
  input.oninput = () => { filter(); draw(); };
  const [columns, fields, style] = [element("details"), element("fieldset"), element("style")];
  columns.append(element("summary", { textContent: "Columns" }), fields);
  for (const head of heads) {
    const label = element("label");
    label.append(element("input", { type: "checkbox", checked: true }), " ", head.textContent || head.dataset.keys);
    fields.append(label);
  }
  fields.onchange = () => {
    const hidden = [...fields.querySelectorAll("input")].map((box, i) => box.checked ? "" : `#${section.id} tr>:nth-child(${i + 1})`);
    style.textContent = `${hidden.filter(Boolean)}{display:none}`;
  };
  const tools = element("div", { className: "tools" });
  tools.append(input, status, columns);
  section.prepend(tools, style);
  section.append(more);
  addEventListener("beforeprint", () => draw(Infinity));

  // The address holds the order and the filter of the first such table, so that they can be sent.
  const state = new URLSearchParams(keeper ? "" : location.hash.slice(1));
  keeper ??= section;
  const [key, way] = (state.get("sort") ?? "").split(":");
  const head = heads.find(({ dataset }) => dataset.keys.split(" ")[0] == key);
  input.value = state.get("filter") ?? "";
  if (head) sort(head, way);
  filter();
  if (shown.length > SHOWN || [...state].length) draw();
  else more.hidden = true;
}

let keeper;
function keep(section, key, text) {
  const state = new URLSearchParams(location.hash.slice(1));
  if (section != keeper || (state.get(key) ?? "") == text) return;
  text ? state.set(key, text) : state.delete(key);
  history.replaceState(null, "", `#${state}`);
}

document.querySelectorAll("main section").forEach(enhance);
