// What a person does with a page: node page.mjs BROWSER FOLDER, in which `tests/browser.rs` wrote pages.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Browser } from "./browser.mjs";

const [command, folder] = process.argv.slice(2);
const browser = await Browser.start(command);
const shown = "[...document.querySelectorAll('tbody tr')].filter((row) => row.checkVisibility())";
const column = (index) => browser.evaluate(`${shown}.map((row) => row.cells[${index}].textContent)`);
const status = () => browser.evaluate("document.querySelector('output').textContent");
const sorted = () => browser.evaluate("[...document.querySelectorAll('th')].map((head) => head.getAttribute('aria-sort'))");
async function type(text) {
  await browser.evaluate("document.querySelector('input').select()");
  await browser.send("Input.insertText", { text });
}

// Each is told its name and run with the page open.
const tests = {
  async "list.html: a click sorts, missing last both ways"() {
    const before = await column(0);
    assert.equal(before.length, 60);
    assert.deepEqual((await sorted())[2], "descending");
    await browser.click("th:nth-child(5) button");
    assert.deepEqual((await sorted())[4], "descending");
    let numbers = (await browser.evaluate(`${shown}.map((row) => row.cells[4].dataset.v ?? null)`));
    const known = numbers.filter((number) => number != null).map(Number);
    assert.ok(known.length > 10 && known.length < 60);
    assert.deepEqual(numbers.slice(0, known.length).map(Number), known.toSorted((a, b) => b - a));
    await browser.click("th:nth-child(5) button");
    assert.equal((await sorted())[4], "ascending");
    numbers = await browser.evaluate(`${shown}.map((row) => row.cells[4].dataset.v ?? null)`);
    assert.deepEqual(numbers.slice(0, known.length).map(Number), known.toSorted((a, b) => a - b));
    assert.ok(numbers.slice(known.length).every((number) => number == null));
    // Words ascend first, and rows that are equal keep their order.
    await browser.click("th:nth-child(4) button");
    assert.equal((await sorted())[3], "ascending");
    assert.deepEqual((await sorted()).filter(Boolean), ["ascending"]);
    assert.deepEqual((await column(0)).toSorted(), before.toSorted());
  },
  async "list.html: the keyboard sorts"() {
    await browser.evaluate("document.querySelector('th:nth-child(1) button').focus()");
    await browser.press("Tab");
    await browser.press("Enter");
    assert.equal((await sorted())[1], "ascending");
    await browser.press(" ");
    assert.equal((await sorted())[1], "descending");
    assert.equal(await browser.evaluate("document.activeElement.textContent"), "Organization");
  },
  async "list.html: filters by words and by comparisons"() {
    for (const [filter, test] of Object.entries({
      "params>=70B": ({ params }) => params >= 6.995e10,
      "params<70B": ({ params }) => params != null && params < 6.995e10,
      "Params > 1e11 and access = open": ({ params, access }) => params > 1.0005e11 && access == "open",
      "date<2026-07": ({ announced }) => announced < "2026-07",
      "announced>=2026-06": ({ announced }) => announced >= "2026-06",
      "org=nvidia": ({ organizations }) => organizations.split(", ").includes("NVIDIA"),
      "name~QWEN": ({ name }) => name.toLowerCase().includes("qwen"),
      "open vision": (model) => ["open", "vision"].every((word) => Object.values(model).join(" ").toLowerCase().includes(word)),
      "access!=open": ({ access }) => access && access != "open",
      "params >= 70 B": ({ params }) => params >= 6.995e10,
      "PARAMS>=70,000,000,000 AND open": (model) => model.params >= 6.995e10 && Object.values(model).join(" ").toLowerCase().includes("open"),
      "has params": ({ params }) => params != null,
      "missing Params access=closed": ({ params, access }) => params == null && access == "closed",
      "compute (FLOP)>=1e24 FLOP": ({ compute }) => compute && parseFloat(compute) >= 1e24,
      "field=vision": ({ fields }) => fields.split(/, |-/).includes("vision"),
      "\"open\"": (model) => Object.values(model).join(" ").toLowerCase().includes("open"),
    })) {
      await type("");
      const models = await browser.evaluate(`${shown}.map((row) => Object.fromEntries(["name", "organizations", "announced", "access", "params", "tokens", "compute", "fields"].map((key, i) => [key, key == "params" ? row.cells[i].dataset.v && +row.cells[i].dataset.v : row.cells[i].textContent])))`);
      assert.equal(models.length, 60);
      await type(filter);
      const expected = models.filter((model) => test(model)).map(({ name }) => name);
      assert.ok(expected.length > 0 && expected.length < 60, `${filter}: ${expected.length}`);
      assert.deepEqual(await column(0), expected, filter);
      assert.equal(await status(), `${expected.length} of 60 rows`);
    }
  },
  async "list.html: a filter that is wrong says so and hides nothing"() {
    const unknown = (word) => `“${word}” is not known here; in double quotes it is a word`;
    for (const [filter, sentence] of [
      ["parms>5", "No column is called “parms”"],
      ["has parms", "No column is called “parms”"],
      ["params>many", "“many” is not a number"],
      ["params>=70X", "“70x” is not a number"],
      ["params>=1,5", "“1,5” is not a number"],
      ["compute>=10^25", "“10^25” is not a number"],
      ["announced=soon", "“soon” is not a month such as 2025-06"],
      ["announced>=2025/06", "“2025/06” is not a month such as 2025-06"],
      ["announced>=2025-13", "“2025-13” is not a month such as 2025-06"],
      ["=25", unknown("=25")],
      ["params>=>5", unknown(">5")],
      ["name!~x", unknown("name!~x")],
      ["open or closed", unknown("or")],
      ["not open", unknown("not")],
      ["(open)", unknown("(open)")],
      ["a>5", "“a” could be Announced, Access"],
    ]) {
      await type(filter);
      assert.equal(await status(), sentence);
      assert.equal((await column(0)).length, 60);
    }
    // What is not typed to its end is no mistake.
    await type("params>=");
    assert.equal(await status(), "60 rows");
    await type("par>=1e12 open");
    assert.match(await status(), /^\d+ of 60 rows; par: Params$/);
    await type("no such word");
    assert.equal(await status(), "0 of 60 rows");
  },
  async "list.html: columns are chosen"() {
    await browser.click("summary");
    await browser.click("fieldset label:nth-child(2) input");
    const visible = (index) => browser.evaluate(`document.querySelector("tbody tr > :nth-child(${index})").checkVisibility()`);
    assert.deepEqual([await visible(1), await visible(2), await visible(3)], [true, false, true]);
    await browser.click("fieldset label:nth-child(2) input");
    assert.equal(await visible(2), true);
    await browser.evaluate("document.querySelectorAll('fieldset input').forEach((box) => box.click())");
    assert.deepEqual([await visible(1), await visible(2)], [true, false]);
  },
  async "list.html: the address holds the order and the filter"() {
    await browser.click("th:nth-child(5) button");
    await type("open");
    const [names, hash] = [await column(0), await browser.evaluate("location.hash")];
    await browser.open(join(folder, "list.html"), hash);
    assert.deepEqual(await column(0), names);
    assert.deepEqual((await sorted())[4], "descending");
    assert.equal(await browser.evaluate("document.querySelector('input').value"), "open");
    for (const hash of ["#filter=%22%3E%3Cimg&sort=nokey:up", "#filter=%22%3E%3Cimg&sort=params:sideways"]) {
      await browser.open(join(folder, "list.html"), hash);
      assert.equal(await status(), "0 of 60 rows");
      assert.deepEqual((await sorted()).filter(Boolean), ["descending"]);
    }
    await browser.evaluate("location.hash = '#filter=open'");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(await browser.evaluate("document.querySelector('input').value"), "open");
    assert.match(await status(), / of 60 rows$/);
    await browser.evaluate("location.hash = '#after0'");
    assert.equal(await browser.evaluate("document.querySelector('input').value"), "open");
  },
  async "list.html: a sorted table shows its first row"() {
    await browser.evaluate("document.querySelector('.box').scrollTop = 500");
    await browser.evaluate("document.querySelector('th:nth-child(5) button').click()");
    assert.equal(await browser.evaluate("document.querySelector('.box').scrollTop"), 0);
  },
  async "list.html: a table that is printed has whole figures and repeats its head"() {
    await browser.send("Emulation.setEmulatedMedia", { media: "print" });
    assert.equal(await browser.evaluate("getComputedStyle(document.querySelector('th button')).display"), "contents");
    const wraps = await browser.evaluate("[...document.querySelectorAll('td:is(:nth-child(3), [data-v])')].filter((cell) => getComputedStyle(cell).whiteSpace != 'nowrap').length");
    assert.equal(wraps, 0);
    await browser.send("Emulation.setEmulatedMedia", { media: "" });
  },
  async "bare.html: without a header there are filters and no columns to choose"() {
    assert.equal(await browser.evaluate("document.querySelectorAll('.tools details').length"), 0);
    await type("open");
    assert.match(await status(), / of 20 rows$/);
  },
  async "lag.html: negative numbers are numbers"() {
    const index = await browser.evaluate("[...document.querySelectorAll('thead th')].findIndex((head) => head.dataset.keys == 'lag') + 1");
    await browser.click(`th:nth-child(${index}) button`);
    const numbers = (await column(index - 1)).filter((text) => /\d/.test(text)).map(Number);
    assert.ok(numbers.some((number) => number < 0));
    assert.deepEqual(numbers, numbers.toSorted((a, b) => b - a));
    await type("lag<0");
    assert.deepEqual(await column(index - 1), numbers.filter((number) => number < 0).map(String));
    await type("lag>=-8");
    assert.equal((await column(index - 1)).length, numbers.filter((number) => number >= -8).length);
  },
  async "split.html: numbers in words sort as numbers"() {
    const table = async (part, title) => {
      const find = `[...document.querySelectorAll('#part${part} thead th')].find((head) => head.textContent == ${JSON.stringify(title)})`;
      await browser.evaluate(`${find}.querySelector("button").click()`);
      return browser.evaluate(`(({ cellIndex }) => [...document.querySelectorAll('#part${part} tbody tr')].map((row) => row.cells[cellIndex].dataset.v))(${find})`);
    };
    for (const values of [await table(0, "Doubling time"), await table(1, "Residual")]) {
      const known = values.filter(Boolean).map(Number);
      assert.ok(known.length > 1);
      assert.deepEqual(values.slice(0, known.length).map(Number), known.toSorted((a, b) => b - a));
    }
    assert.deepEqual(await browser.evaluate("[...document.querySelectorAll('caption')].map((own) => own.textContent)"), ["Growth", "The most influential models"]);
  },
  async "stats.html: columns that share a key are told apart by their titles"() {
    await type("models>=5");
    assert.equal(await status(), "“models” could be open, closed, not stated");
    await type("not stated>=5");
    const [some, cells] = await browser.evaluate(`(({ cellIndex }) => [${shown}.length, ${shown}.map((row) => parseFloat(row.cells[cellIndex].dataset.v ?? row.cells[cellIndex].textContent))])([...document.querySelectorAll('thead th')].find((head) => head.textContent == "not stated"))`);
    assert.ok(some > 0 && cells.every((cell) => cell >= 5));
    await type("");
    await browser.click("thead th:nth-child(3) button");
    const [order, hash] = [await column(0), await browser.evaluate("location.hash")];
    assert.equal(hash, "#sort=closed%3Adescending");
    await browser.open(join(folder, "stats.html"), hash);
    assert.deepEqual(await column(0), order);
  },
  async "compare.html: rows of unlike figures are not sorted"() {
    assert.equal(await browser.evaluate("document.querySelectorAll('thead th button').length"), 1);
    await type("gpt-3>=5");
    assert.equal(await status(), "GPT-3 has values of different kinds");
    assert.equal(await browser.evaluate("document.querySelector('thead th').textContent"), "Key");
  },
  async "list.html: it fits a phone"() {
    await browser.size(360, 740);
    assert.ok(await browser.evaluate("document.documentElement.scrollWidth <= innerWidth && innerWidth == 360"));
    assert.ok(await browser.evaluate("(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('.box'))"));
    await browser.size(1280, 900);
  },
  async "frontier.html: on a phone the chart keeps its size and scrolls"() {
    await browser.size(360, 740);
    const [page, chart] = await browser.evaluate("[document.documentElement.scrollWidth, document.querySelector('figure svg').clientWidth]");
    assert.ok(page <= 360 && chart >= 640, `${page} ${chart}`);
    await browser.size(1280, 900);
  },
  async "threshold.html: a link skips each table, and the filter stays"() {
    await type("grok");
    for (const link of await browser.evaluate("[...document.querySelectorAll('.skip')].map((link) => link.hash)")) {
      await browser.evaluate(`document.querySelector('.skip[href="${link}"]').click()`);
      assert.equal(await browser.evaluate(`document.querySelector("${link}").closest("section").querySelectorAll("table").length`), 1);
    }
    assert.equal(await browser.evaluate("document.querySelector('input').value"), "grok");
  },
  async "list.html: it has a dark theme, and prints without tools"() {
    const paper = () => browser.evaluate("getComputedStyle(document.body).backgroundColor");
    assert.equal(await paper(), "rgb(255, 255, 255)");
    await browser.size(1280, 900, "dark");
    assert.notEqual(await paper(), "rgb(255, 255, 255)");
    await browser.send("Emulation.setEmulatedMedia", { media: "print" });
    assert.equal(await paper(), "rgb(255, 255, 255)");
    assert.equal(await browser.evaluate("document.querySelector('.tools').checkVisibility()"), false);
    assert.equal(await browser.evaluate("getComputedStyle(document.querySelector('.box')).overflow"), "visible");
    await browser.send("Emulation.setEmulatedMedia", { media: "" });
    await browser.size(1280, 900);
  },
  async "list.html: without a script it is a plain table"() {
    await browser.send("Emulation.setScriptExecutionDisabled", { value: true });
    await browser.open(join(folder, "list.html"));
    assert.equal(await browser.evaluate("document.querySelectorAll('button, input').length"), 0);
    assert.equal(await browser.evaluate("document.querySelectorAll('tbody tr').length"), 60);
    await browser.send("Emulation.setScriptExecutionDisabled", { value: false });
  },
  async "list.html: a link leads away, without saying from where"() {
    const href = await browser.evaluate("(() => { const link = document.querySelector('tbody a'); link.href += '#x'; link.onclick = (event) => { event.preventDefault(); window.followed = link.href; }; return link.href; })()");
    await browser.click("tbody a");
    assert.equal(await browser.evaluate("window.followed"), href);
    assert.match(href, /^https?:/);
    assert.equal(await browser.evaluate("document.querySelector('meta[name=referrer]').content"), "no-referrer");
  },
  async "hostile.html: what a catalog has in it is text"() {
    const name = await browser.evaluate("document.querySelector('tbody th').textContent");
    assert.match(name, /^<\/script><script>window\.hacked = 1<\/script><img src=x onerror=window\.hacked=1>/);
    await browser.evaluate("document.querySelector('th button').click()");
    await type("<img src=x>");
    await type("<img>=5");
    assert.equal(await browser.evaluate("window.hacked"), undefined);
    assert.equal(await browser.evaluate("document.querySelectorAll('img, script').length"), 1);
    const links = await browser.evaluate("[...document.querySelectorAll('a:not(.skip)')].map((link) => link.protocol)");
    assert.ok(links.every((protocol) => ["http:", "https:"].includes(protocol)));
  },
  async "hostile.html: no script runs but that of the page"() {
    await browser.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hacked = 1' }))");
    assert.equal(await browser.evaluate("window.hacked"), undefined);
    assert.match(browser.errors.splice(0).join(), /Content Security Policy/);
  },
  async "many.html: 20,000 rows sort within a second, and the first are shown"() {
    const time = await browser.evaluate("(() => { const start = performance.now(); document.querySelector('th:nth-child(5) button').click(); document.body.offsetHeight; return performance.now() - start; })()");
    // A laptop takes a tenth of this.
    assert.ok(time < 3000, `${time} ms`);
    assert.equal(await status(), "20,000 rows");
    assert.equal((await column(0)).length, 2000);
    assert.equal(await browser.evaluate("document.querySelector('tbody th').textContent"), "Model 19999");
    await type('name~"model 19"');
    assert.equal(await status(), "1,111 of 20,000 rows");
    await type("");
    await browser.click("section > button");
    assert.equal((await column(0)).length, 20000);
  },
};
for (const file of readdirSync(folder).filter((file) => file.endsWith(".html"))) {
  tests[`${file}: its parts have names`] = async () => {
    const { nodes } = await browser.send("Accessibility.getFullAXTree");
    const roles = ["button", "link", "searchbox", "checkbox", "table", "region", "image", "columnheader"];
    const nameless = nodes.filter(({ ignored, role, name }) => !ignored && roles.includes(role?.value) && !name?.value);
    assert.deepEqual(nameless.map(({ role }) => role.value), []);
    const searched = nodes.filter(({ role }) => role?.value == "searchbox").map(({ name }) => name.value);
    assert.equal(new Set(searched).size, searched.length);
    const columns = await browser.evaluate("[...document.querySelectorAll('table')].map((table) => [...table.querySelectorAll('th button')].map((own) => own.textContent))");
    assert.ok(columns.every((own) => own.every(Boolean) && new Set(own).size == own.length), JSON.stringify(columns));
  };
}

let failed = 0;
await browser.size(1280, 900);
for (const [name, test] of Object.entries(tests)) {
  const file = join(folder, name.split(":")[0]);
  try {
    await browser.open(file);
    await test();
    assert.deepEqual(browser.errors, []);
    assert.deepEqual(browser.requests.filter((url) => !url.startsWith("file:") && url != "about:blank" && !url.startsWith("data:")), []);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
await browser.stop();
process.exit(failed ? 1 : 0);
