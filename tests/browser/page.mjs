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
    for (const [filter, sentence] of [["parms>5", "No column is called “parms”"], ["params>many", "“many” is not a number"]]) {
      await type(filter);
      assert.equal(await status(), sentence);
      assert.equal((await column(0)).length, 60);
    }
    // What is not typed to its end is no mistake.
    await type("params>=");
    assert.equal(await status(), "60 rows");
    await type("no such word");
    assert.equal(await status(), "0 of 60 rows");
  },
  async "list.html: columns are chosen"() {
    await browser.click("summary");
    await browser.click("fieldset label:nth-child(2) input");
    const visible = (index) => browser.evaluate(`document.querySelector("tbody tr td:nth-child(${index})").checkVisibility()`);
    assert.deepEqual([await visible(1), await visible(2), await visible(3)], [true, false, true]);
    await browser.click("fieldset label:nth-child(2) input");
    assert.equal(await visible(2), true);
  },
  async "list.html: the address holds the order and the filter"() {
    await browser.click("th:nth-child(5) button");
    await type("open");
    const [names, hash] = [await column(0), await browser.evaluate("location.hash")];
    await browser.open(join(folder, "list.html"), hash);
    assert.deepEqual(await column(0), names);
    assert.deepEqual((await sorted())[4], "descending");
    assert.equal(await browser.evaluate("document.querySelector('input').value"), "open");
    await browser.open(join(folder, "list.html"), "#filter=%22%3E%3Cimg&sort=nokey:up");
    assert.equal(await status(), "0 of 60 rows");
  },
  async "list.html: it fits a phone"() {
    await browser.size(360, 740);
    assert.ok(await browser.evaluate("document.documentElement.scrollWidth <= innerWidth && innerWidth == 360"));
    assert.ok(await browser.evaluate("(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('.box'))"));
    await browser.size(1280, 900);
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
    const href = await browser.evaluate("(() => { const link = document.querySelector('td a'); link.href += '#x'; link.onclick = (event) => { event.preventDefault(); window.followed = link.href; }; return link.href; })()");
    await browser.click("td a");
    assert.equal(await browser.evaluate("window.followed"), href);
    assert.match(href, /^https?:/);
    assert.equal(await browser.evaluate("document.querySelector('meta[name=referrer]').content"), "no-referrer");
  },
  async "hostile.html: what a catalog has in it is text"() {
    const name = await browser.evaluate("document.querySelector('tbody td').textContent");
    assert.match(name, /^<\/script><script>window\.hacked = 1<\/script><img src=x onerror=window\.hacked=1>/);
    await browser.evaluate("document.querySelector('th button').click()");
    await type("<img src=x>");
    await type("<img>=5");
    assert.equal(await browser.evaluate("window.hacked"), undefined);
    assert.equal(await browser.evaluate("document.querySelectorAll('img, script').length"), 1);
    const links = await browser.evaluate("[...document.links].map((link) => link.protocol)");
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
    assert.equal(await browser.evaluate("document.querySelector('tbody td').textContent"), "Model 19999");
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
