// Plays scenarios for a test in another process, one line of JSON each way:
//   node test/browser/run.mjs standalone|cluster
//   < {"play":"name"}               > {"scenarios":["name"]}   at the start
//   < {"answer":…}                  > {"ask":"login","with":{}} whenever a scenario needs something of the stage
//                                   > {"done":true} or {"failed":"why"}
// CHROMIUM is the browser, PLAYGROUND_OUT where pictures go, PLAYGROUND_ONLY what the names of the wanted ones match.
// One browser for all, a fresh context for each.
import { mkdirSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { playing, scenarios } from './harness.mjs';

const kind = process.argv[2];
const out = process.env.PLAYGROUND_OUT ?? 'pictures';
mkdirSync(out, { recursive: true });
// What a scenario prints is for people; the other process reads what is left.
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
console.log = console.error;

const folder = new URL(`./${kind}/`, import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort()) {
  await import(new URL(file, folder));
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

let answered;
const ask = (question, given = {}) =>
  new Promise((resolve, reject) => {
    answered = { resolve, reject };
    tell({ ask: question, with: given });
  });

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const said = JSON.parse(line);
  if ('play' in said) {
    const one = scenarios.find(({ name }) => name === said.play);
    playing(one, browser, ask, out).then(
      () => tell({ done: true }),
      (failure) => tell({ failed: String(failure?.stack ?? failure) }),
    );
  } else if ('refused' in said) {
    answered.reject(new Error(said.refused));
  } else {
    answered.resolve(said.answer);
  }
});
lines.on('close', () => browser.close().finally(() => process.exit(0)));

const wanted = new RegExp(process.env.PLAYGROUND_ONLY ?? '');
tell({ scenarios: scenarios.map(({ name }) => name).filter((name) => wanted.test(name)) });
