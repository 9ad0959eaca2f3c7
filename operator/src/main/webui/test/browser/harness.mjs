// What every scenario gets, and what every scenario is held against whatever it is about.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guard } from './guard.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Waits end with the state that they wait for; this is for a machine that does ten other things meanwhile.
const PATIENCE = 60_000;

export const scenarios = [];

/**
 * @param {string} name as the test is called
 * @param {object} needs `stage`: what the stage is started with; `expects`: statuses and network errors that belong to
 *   the story, which a browser tells as console errors; `context`: options of the browser's context
 */
export function scenario(name, needs, play) {
  scenarios.push({ name, needs, play });
}

export async function playing({ name, needs, play }, browser, ask, out) {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const har = join(folder, 'har.json');
  const place = await ask('start', needs.stage ?? {});
  const guard = new Guard(new URL(place.base).origin, needs);
  const open = async (options = {}) => {
    const context = await browser.newContext({
      recordHar: { path: har, mode: 'full', content: 'embed' },
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...needs.context,
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    await guard.watch(context);
    return context;
  };
  const context = await open();
  const page = await context.newPage();
  const failures = [];
  try {
    await play({ page, context, browser, ask, out, guard, ...place, ...tools(place, page, ask, guard, out) });
  } catch (failure) {
    failures.push(failure);
    await page.screenshot({ path: join(out, `failed-${slug(name)}.png`) }).catch(() => {});
    const tree = await page.locator('body').ariaSnapshot({ timeout: 2_000 }).catch(() => '');
    failures.push(`Asked last: ${guard.asked.slice(-12).join(', ')}\nAt ${page.url()} there was:\n${tree.slice(0, 4_000)}`);
  }
  await guard.look(context);
  await context.close();
  guard.read(JSON.parse(readFileSync(har, 'utf8')));
  rmSync(folder, { recursive: true });
  failures.push(...guard.faults);
  if (failures.length > 0) {
    throw new Error(failures.map((one) => one?.stack ?? String(one)).join('\n'));
  }
}

export const slug = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 60);

function tools(place, page, ask, guard, out) {
  return {
    /** A key that must never be seen again once it was typed. */
    canary: (prefix = 'sk-proj-') => guard.canary(`${prefix}${randomBytes(18).toString('hex')}`),

    /** Through the page's own door, with a fresh word. */
    async signIn(hash = '') {
      const { login } = await ask('login');
      await page.goto(login);
      await page.getByRole('navigation').first().waitFor();
      if (hash !== '') {
        await page.evaluate((to) => { location.hash = to; }, hash);
      }
    },

    async go(hash) {
      await page.evaluate((to) => { location.hash = to; }, hash);
    },

    /** The REST API with the token for scripts: to prepare, and to look at what has come of it. */
    async api(method, path, body, headers = {}) {
      const answer = await fetch(new URL(`api${path}`, place.base), {
        method,
        headers: {
          authorization: `Bearer ${place.token}`,
          'if-match': '*',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await answer.text();
      const json = (answer.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : undefined;
      return { status: answer.status, headers: answer.headers, text, json };
    },

    /** Fails where axe finds anything. The page's policy stays on: this comes by the debugger, not by the page. */
    async axe(where) {
      await settled(page);
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
        return violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.slice(0, 5).map((node) => `${node.target.join(' ')} | ${node.html.slice(0, 160)} | ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`).join('\n    ')}`);
      });
      if (found.length > 0) {
        throw new Error(`axe, ${where}:\n  ${found.join('\n  ')}`);
      }
    },

    async picture(name) {
      await settled(page);
      await page.screenshot({ path: join(out, `${name}.png`) });
    },
  };
}

/** What is between two states has the colours of neither. */
async function settled(page) {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity).map((one) => one.finished));
  });
}

/** Nothing in this part of the page is on its way any more. */
export const loaded = (page, within = 'body') =>
  page.waitForFunction((root) => document.querySelector(`${root} :is(.skeleton, [aria-busy=true])`) === null, within);

export const row = (page, text) => page.getByRole('row').filter({ hasText: text });

/** A server on a free port of this machine. */
export async function listening(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A promise that becomes true, asked again and again: for what no element of the page tells. */
export async function eventually(what, check, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await check();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`${what}: still not so, but ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function equal(seen, wanted, what = 'the value') {
  const [one, other] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (one !== other) {
    throw new Error(`${what} is ${one}, and should be ${other}`);
  }
}

export function check(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}
