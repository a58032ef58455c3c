// A browser without a window, driven over the DevTools protocol on a pipe: no port, no package.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const LIMIT = 30_000;

export class Browser {
  // What the page asked for, and what was logged as an error.
  requests = [];
  errors = [];

  static async start(command) {
    const browser = new Browser();
    browser.profile = mkdtempSync(join(tmpdir(), "ahm-browser-"));
    const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe", `--user-data-dir=${browser.profile}`, "about:blank"];
    browser.process = spawn(command, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    browser.process.on("error", (error) => { throw error; });
    [browser.waiting, browser.count, browser.rest] = [new Map(), 0, ""];
    browser.process.stdio[4].setEncoding("utf8").on("data", (text) => browser.read(text));
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    browser.session = (await browser.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await browser.send(`${domain}.enable`);
    return browser;
  }

  read(text) {
    const messages = (this.rest + text).split("\0");
    this.rest = messages.pop();
    for (const { id, method, params, result, error } of messages.map((message) => JSON.parse(message))) {
      if (id) {
        const [resolve, reject] = this.waiting.get(id);
        this.waiting.delete(id);
        error ? reject(new Error(error.message)) : resolve(result);
      } else if (method == "Network.requestWillBeSent") this.requests.push(params.request.url);
      else if (method == "Runtime.exceptionThrown") this.errors.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      else if (method == "Runtime.consoleAPICalled") this.errors.push(JSON.stringify(params.args));
      else if (method == "Log.entryAdded") this.errors.push(params.entry.text);
    }
  }

  send(method, params = {}) {
    const id = ++this.count;
    this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId: this.session }) + "\0");
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method} took too long`)), LIMIT);
      this.waiting.set(id, [(value) => { clearTimeout(late); resolve(value); }, reject]);
    });
  }

  // Opens a file and waits until it is loaded.
  async open(file, hash = "") {
    [this.requests, this.errors] = [[], []];
    await this.send("Page.navigate", { url: "about:blank" });
    await this.send("Page.navigate", { url: pathToFileURL(file).href + hash });
    const end = Date.now() + LIMIT;
    while (!(await this.evaluate("document.readyState == 'complete' && location.protocol == 'file:'"))) {
      if (Date.now() > end) throw new Error(`${file} is not loaded`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  // The value of an expression in the page.
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async size(width, height, scheme = "light") {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
  }

  // Presses a key: `Tab`, `Enter` or a character.
  async press(key) {
    const codes = { Tab: 9, Enter: 13, " ": 32 };
    const text = { Enter: "\r", Tab: undefined }[key] ?? (key.length == 1 ? key : undefined);
    const event = { key, text, windowsVirtualKeyCode: codes[key] ?? key.toUpperCase().charCodeAt(0) };
    await this.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", ...event });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  async click(selector) {
    const { x, y } = await this.evaluate(`(() => {
      const own = document.querySelector(${JSON.stringify(selector)});
      own.scrollIntoView({ block: "center" });
      const { x, y, width, height } = own.getBoundingClientRect();
      return { x: x + Math.min(width, 40) / 2, y: y + height / 2 };
    })()`);
    for (const type of ["mousePressed", "mouseReleased"]) await this.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
  }

  async stop() {
    await this.send("Browser.close").catch(() => {});
    await new Promise((resolve) => { this.process.exitCode == null ? this.process.on("exit", resolve) : resolve(); });
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
